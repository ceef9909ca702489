"""The lock of the mailbox: whose words open it and where, when it locks, and that nothing typed is lost by it."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from parentsite.app import office_of
from parentsite.counselling.keys.sealing import DoesNotOpen, bound, derive, unseal
from parentsite.counselling.models import KeptAnswer, MailboxSession
from parentsite.counselling.office import Office
from parentsite.counselling.service import retention
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.store import open_store
from parentsite.foundation.web.sessions import WebSession
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Work
from tests.counselling.desks import (
    ANSWER,
    BOX,
    KEYS,
    LOCK,
    UNLOCK,
    counsellor,
    designations,
    holding,
    is_locked,
    thread,
)
from tests.counselling.pages import DELETE, writer
from tests.counselling.people import crowded
from tests.sites import Site

OUT = "/desk/log-ud"


@pytest.fixture
def office(site: Site) -> Iterator[Office]:
    """The same office as the site's, beside it."""
    opened = office_of(site.settings, site.clock)
    yield opened
    opened.database.dispose()


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

    def test_after_a_day_nobody_has_it_any_more(self, site: Site, office: Office) -> None:
        anne = holding(site)[0][0]
        writer(site)
        (name,) = designations(anne.browser.get(BOX))
        page = anne.opens(name)
        site.clock.move(minutes=31)
        anne.browser.submit(page, action=thread(name), text=ANSWER)
        for days, left in ((1, 1), (1, 0)):
            site.clock.move(days=days)
            with office.database.write() as session:
                retention.forget(Work(session, site.clock.now(), SYSTEM))
                assert len(session.scalars(select(KeptAnswer)).all()) == left

    def test_a_file_of_the_version_before_gets_the_place_for_it(self, tmp_path: Path) -> None:
        open_store(tmp_path / "s.db").dispose()
        with sqlite3.connect(tmp_path / "s.db") as connection:
            connection.execute("DROP TABLE kept_answer")
        store = open_store(tmp_path / "s.db")
        with store.read() as session:
            assert session.scalars(select(KeptAnswer)).all() == []
        store.dispose()
