"""The lock of the mailbox and those who hold the key, as counsellors meet them: what opens, what no longer does, and
that nothing typed is lost when it locks.
"""

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from parentsite.app import office_of
from parentsite.counselling.keys.sealing import DoesNotOpen, bound, derive, unseal
from parentsite.counselling.models import KeptAnswer, MailboxSession
from parentsite.counselling.office import Office
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.web.sessions import WebSession
from parentsite.foundation.web.zones import Zone
from tests.counselling.desks import (
    ANSWER,
    BOX,
    ENROL,
    FOUND,
    KEYS,
    LOCK,
    LOST,
    PAPER,
    REPHRASE,
    TAKE_OVER,
    UNLOCK,
    Counsellor,
    counsellor,
    designations,
    holding,
    thread,
    words_on,
)
from tests.counselling.pages import DELETE, TEXT, writer
from tests.counselling.people import crowded
from tests.sites import Site
from tests.strict import Page

OUT = "/desk/log-ud"


@pytest.fixture
def office(site: Site) -> Iterator[Office]:
    """The same office as the site's, beside it."""
    opened = office_of(site.settings, site.clock)
    yield opened
    opened.database.dispose()


def is_locked(one: Counsellor) -> bool:
    """Whether the mailbox leads to its lock."""
    page = one.browser.get(BOX, status={200, 303})
    return page.status == 303 and page.location == UNLOCK


class TestTheLock:
    def test_one_reads_with_ones_own_words_and_with_no_others(self, site: Site) -> None:
        (anne, bo), _ = holding(site)
        writer(site)
        anne.browser.submit(anne.browser.get(BOX), action=LOCK)
        assert is_locked(anne)
        page = anne.browser.get(UNLOCK)
        for wrong, told in ((bo.words, "ikke dine ord"), ("kanel", "Du skrev 1 ord"), ("", "Skriv dine hemmelige ord")):
            refused = anne.browser.submit(page, action=UNLOCK, status=422, phrase=wrong)
            assert told in refused.errors[0]
            assert "no-transform" in refused.headers["Cache-Control"]
        assert is_locked(anne)
        assert designations(anne.browser.follow(anne.unlocks()))

    def test_nothing_of_it_stands_in_an_address_or_the_cookie(self, site: Site) -> None:
        anne = holding(site)[0][0]
        before = anne.browser.cookie(Zone.DESK)
        answer = anne.unlocks()
        assert answer.location == BOX
        assert "Set-Cookie" not in answer.headers
        assert anne.browser.cookie(Zone.DESK) == before

    def test_both_databases_together_open_no_mailbox(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        cookie = str(anne.browser.cookie(Zone.DESK))
        with site.look() as work:
            hashes = [bytes.fromhex(one) for one in work.session.scalars(select(WebSession.token_hash))]
        assert hashlib.sha256(cookie.encode()).digest() in hashes
        with office.database.read() as session:
            rows = session.scalars(select(MailboxSession)).all()
            assert rows
            for row in rows:
                for known in (*hashes, *(derive(one, "token key") for one in hashes)):
                    with pytest.raises(DoesNotOpen):
                        unseal(known, row.sealed, bound("mailbox", row.token_hash))
            own = next(row for row in rows if row.token_hash == Token.beside(cookie).hash)
            assert unseal(Token.beside(cookie).key, own.sealed, bound("mailbox", own.token_hash))

    def test_it_locks_by_itself_and_the_cookie_of_another_does_not_open_it(self, site: Site) -> None:
        anne, bo = holding(site)[0]
        bo.browser.set_cookie(Zone.DESK, str(counsellor(site).browser.cookie(Zone.DESK)))
        assert is_locked(bo)
        site.clock.move(minutes=15)
        assert not is_locked(anne)
        site.clock.move(minutes=15)
        assert not is_locked(anne)
        site.clock.move(minutes=26)
        assert is_locked(anne)

    def test_after_an_hour_it_locks_also_in_use(self, site: Site) -> None:
        anne = holding(site)[0][0]
        for _ in range(5):
            site.clock.move(minutes=12)
            assert not is_locked(anne)
        site.clock.move(minutes=6)
        assert is_locked(anne)

    def test_signing_out_locks_it_also_for_a_copy_of_the_cookie(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        anne.browser.submit(anne.browser.get(BOX), action=OUT)
        with office.database.read() as session:
            assert len(session.scalars(select(MailboxSession)).all()) == 1
        anne.signs_in()
        assert is_locked(anne)

    def test_whoever_is_no_counsellor_any_more_reads_nothing(self, site: Site) -> None:
        anne = holding(site)[0][0]
        writer(site)
        page = anne.browser.get(BOX)
        (name,) = designations(page)
        for role in ("placement", "health_visitor", "group_organiser"):
            for path in (BOX, UNLOCK, KEYS, thread(name)):
                site.clerk(role).get(path, status=403)

    def test_when_the_slot_is_taken_it_says_so_and_the_words_stay(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        page = anne.browser.get(UNLOCK)
        with crowded(office.derivation.slot):
            later = anne.browser.submit(page, action=UNLOCK, status=503, phrase=anne.words)
        assert later.headers["Retry-After"] == "5"
        assert "no-transform" in later.headers["Cache-Control"]
        anne.browser.submit(later, action=UNLOCK)
        assert not is_locked(anne)


class TestNothingTypedIsLost:
    def test_an_answer_sent_when_the_mailbox_had_locked_is_given_back_once(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        writer(site)
        (name,) = designations(anne.browser.get(BOX))
        page = anne.opens(name)
        site.clock.move(minutes=26)
        late = anne.browser.submit(page, action=thread(name), text=ANSWER)
        lock = anne.browser.follow(late)
        assert "Intet blev sendt" in lock.text
        back = anne.browser.follow(anne.browser.submit(lock, action=UNLOCK, phrase=anne.words))
        assert back.texts("//textarea[@name='text']") == [ANSWER]
        assert "Vi har gemt" in back.text
        anne.browser.submit(back, action=thread(name))
        assert anne.opens(name).texts("//textarea[@name='text']") == [""]
        with office.database.read() as session:
            assert not session.scalars(select(KeptAnswer)).all()

    def test_one_sent_when_the_desks_session_had_ended_too(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        writer(site)
        (name,) = designations(anne.browser.get(BOX))
        page = anne.opens(name)
        site.clock.move(minutes=31)
        assert anne.browser.submit(page, action=thread(name), text=ANSWER).location.startswith("/desk/igen")
        with office.database.read() as session:
            (row,) = session.scalars(select(KeptAnswer)).all()
        assert ANSWER.encode() not in row.sealed
        anne.signs_in().unlocks()
        assert anne.opens(name).texts("//textarea[@name='text']") == [ANSWER]

    def test_nobody_elses_is_shown_and_none_is_kept_in_the_sites_own_database(self, site: Site) -> None:
        anne, bo = holding(site)[0]
        writer(site)
        (name,) = designations(anne.browser.get(BOX))
        page = anne.opens(name)
        site.clock.move(minutes=31)
        anne.browser.submit(page, action=thread(name), text=ANSWER)
        with site.look() as work:
            assert not work.session.connection().exec_driver_sql("SELECT 1 FROM rescued_text").all()
        bo.signs_in().unlocks()
        assert bo.opens(name).texts("//textarea[@name='text']") == [""]

    def test_it_goes_with_the_conversation(self, site: Site, office: Office) -> None:
        anne, somebody = holding(site)[0][0], writer(site)
        (name,) = designations(anne.browser.get(BOX))
        page = anne.opens(name)
        site.clock.move(minutes=18)
        somebody.read()
        site.clock.move(minutes=8)
        anne.browser.submit(page, action=thread(name), text=ANSWER)
        with office.database.read() as session:
            assert session.scalars(select(KeptAnswer)).all()
        somebody.browser.submit(somebody.browser.get(DELETE), action=DELETE, status=200)
        with office.database.read() as session:
            assert not session.scalars(select(KeptAnswer)).all()


class TestTheRoster:
    def test_two_found_it_and_read_what_was_written_before(self, site: Site, office: Office) -> None:
        writer(site)
        (anne, bo), paper = holding(site)
        assert len(paper.split()) == 24
        assert office.house_mode() is HouseMode.COUNSELLORS
        assert office.embedded_secret() is None
        for one in (anne, bo):
            (name,) = designations(one.browser.get(BOX))
            assert one.opens(name).texts("//blockquote") == [TEXT]

    def test_one_alone_cannot_and_a_list_that_changed_is_looked_at_again(self, site: Site, office: Office) -> None:
        anne = counsellor(site, "Anne").enrols()
        assert "Mindst to" in anne.browser.get(FOUND).text
        counsellor(site, "Bo").enrols()
        page = anne.browser.get(FOUND)
        counsellor(site, "Carl").enrols()
        told = anne.browser.follow(anne.browser.submit(page, action=FOUND))
        assert "Listen er blevet en anden" in told.text
        assert office.house_mode() is HouseMode.EMBEDDED

    def test_words_shown_once_are_not_compressed_and_not_shown_again(self, site: Site) -> None:
        anne = counsellor(site, "Anne")
        page = anne.browser.submit(anne.browser.get(ENROL), action=ENROL, status=200, name="Anne")
        assert "no-transform" in page.headers["Cache-Control"]
        assert len(words_on(page).split()) == 7
        again = anne.browser.submit(anne.browser.get(ENROL), action=ENROL, name="Anne")
        assert again.location == KEYS

    def test_a_new_colleague_is_let_in_by_the_five_words(self, site: Site) -> None:
        writer(site)
        (anne, _), _ = holding(site)
        carl = counsellor(site, "Carl").enrols()
        five = carl.browser.get(UNLOCK).texts("//p[@class='secret']")[0]
        page = anne.browser.get(KEYS)
        assert five.replace("-", " ") in page.text
        carl.browser.submit(carl.browser.get(LOST), action=LOST, status=200)
        (admit,) = page.all("//form[contains(@action, '/luk-ind')]/@action")
        told = anne.browser.follow(anne.browser.submit(page, action=admit))
        assert "blevet andre" in told.text
        assert is_locked(carl)

        carl = counsellor(site, "Dora").enrols()
        page = anne.browser.get(KEYS)
        admit = next(one for one in page.all("//form[contains(@action, '/luk-ind')]/@action") if str(carl.id) in one)
        anne.browser.submit(page, action=admit)
        carl.unlocks()
        (name,) = designations(carl.browser.get(BOX))
        assert carl.opens(name).texts("//blockquote") == [TEXT]

    def test_whoever_is_taken_out_reads_nothing_and_the_others_go_on(self, site: Site) -> None:
        writer(site)
        (anne, bo, carl), _ = holding(site, 3)
        _take_out(anne, carl)
        assert all(is_locked(one) for one in (anne, bo, carl))
        assert "ingen nøgle endnu" in carl.browser.get(UNLOCK).text
        bo.unlocks()
        (name,) = designations(bo.browser.get(BOX))
        assert bo.opens(name).texts("//blockquote") == [TEXT]
        assert "Mindst to" in bo.browser.get(f"{KEYS}/{anne.id}/fjern").text
        bo.browser.get(f"{KEYS}/{carl.id}/fjern", status=404)

    def test_new_words_replace_the_old(self, site: Site) -> None:
        anne = holding(site)[0][0]
        refused = anne.browser.submit(anne.browser.get(REPHRASE), action=REPHRASE, status=422, phrase="kanel")
        assert refused.errors
        page = anne.browser.submit(anne.browser.get(REPHRASE), action=REPHRASE, status=200, phrase=anne.words)
        anne.browser.submit(anne.browser.get(UNLOCK), action=UNLOCK, status=422, phrase=anne.words)
        anne.words = words_on(page)
        anne.unlocks()
        assert not is_locked(anne)

    def test_lost_words_are_replaced_and_a_colleague_lets_in(self, site: Site) -> None:
        (anne, bo), _ = holding(site)
        bo.words = words_on(bo.browser.submit(bo.browser.get(LOST), action=LOST, status=200))
        assert is_locked(bo)
        alone = anne.browser.follow(anne.browser.submit(anne.browser.get(LOST), action=LOST))
        assert "Brug papirkopien" in alone.text
        page = anne.browser.get(KEYS)
        assert "Kun én af jer kan læse" in page.text
        anne.browser.submit(page, action=page.all("//form[contains(@action, '/luk-ind')]/@action")[0])
        bo.unlocks()
        assert not is_locked(bo)

    def test_the_paper_opens_when_all_words_are_lost_and_an_older_paper_does_not(self, site: Site) -> None:
        writer(site)
        (anne, _), old = holding(site)
        paper = words_on(anne.browser.submit(anne.browser.get(PAPER), action=PAPER, status=200))
        assert is_locked(anne)
        dora = counsellor(site, "Dora")
        page = dora.browser.get(TAKE_OVER)
        wrongs = {old: "åbner ikke noget", "kanel": "Der er 24", "x " * 600: "mere end 24", "qqq": "qqq"}
        for wrong, told in wrongs.items():
            refused = dora.browser.submit(page, action=TAKE_OVER, status=422, phrase=wrong, name="Dora")
            assert told in refused.errors[0]
        dora.words = words_on(dora.browser.submit(page, action=TAKE_OVER, status=200, phrase=paper, name="Dora"))
        dora.unlocks()
        (name,) = designations(dora.browser.get(BOX))
        assert dora.opens(name).texts("//blockquote") == [TEXT]


def _take_out(by: Counsellor, who: Counsellor) -> Page:
    at = f"{KEYS}/{who.id}/fjern"
    return by.browser.submit(by.browser.get(at), action=at)
