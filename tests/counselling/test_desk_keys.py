"""Who holds the key, as counsellors meet it at the desk: letting in, taking out, lost words and the paper."""

from collections.abc import Iterator

import pytest

from parentsite.app import office_of
from parentsite.counselling.office import Office
from parentsite.counselling.rules.vocabulary import HouseMode
from tests.counselling.desks import (
    BOX,
    ENROL,
    FOUND,
    KEYS,
    LOST,
    PAPER,
    REPHRASE,
    TAKE_OVER,
    UNLOCK,
    Counsellor,
    counsellor,
    designations,
    holding,
    is_locked,
    words_on,
)
from tests.counselling.pages import TEXT, writer
from tests.sites import Site
from tests.strict import Page

OUT = "/desk/log-ud"


@pytest.fixture
def office(site: Site) -> Iterator[Office]:
    """The same office as the site's, beside it."""
    opened = office_of(site.settings, site.clock)
    yield opened
    opened.database.dispose()


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

    def test_whoever_should_not_hold_it_is_taken_out_before(self, site: Site, office: Office) -> None:
        anne, wrong = counsellor(site, "Anne").enrols(), counsellor(site, "Fremmed").enrols()
        at = f"{KEYS}/{wrong.id}/fjern"
        assert at in anne.browser.get(KEYS).links()
        _take_out(anne, wrong)
        assert "Fremmed" not in anne.browser.get(KEYS).text
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
