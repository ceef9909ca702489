"""What a form came to is said on the page one lands on: to the eye and to a screen reader, once, without script."""

from uuid import UUID

import pytest

from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

SAVED = "Dine kontaktoplysninger er gemt."


@pytest.fixture
def mother(site: Site) -> UUID:
    with site.work() as work:
        return builders.family(work).parent


def told(page: Page) -> list[str]:
    """What is announced as soon as the page is there: it has the role, and the focus."""
    return page.texts("//main//*[@role='status' and @tabindex='-1' and @autofocus]")


def save(browser: Client) -> Page:
    return browser.follow(browser.submit(browser.get("/mit/da/kontakt"), email="mor@example.dk"))


def test_contact_details_are_said_to_be_saved_once(site: Site, mother: UUID) -> None:
    browser = site.parent(mother)
    assert told(save(browser)) == [SAVED]
    assert told(browser.get("/mit/da/")) == []


def test_it_is_said_in_the_language_of_the_page(site: Site, mother: UUID) -> None:
    browser = site.parent(mother)
    answer = browser.submit(browser.get("/mit/en/kontakt"), email="mor@example.dk")
    assert told(browser.follow(answer)) == ["Your contact details are saved."]


def test_it_is_said_in_the_browser_that_saved_them_and_in_no_other(site: Site, mother: UUID) -> None:
    here, there = site.parent(mother), site.parent(mother)
    answer = here.submit(here.get("/mit/da/kontakt"), email="mor@example.dk")
    assert told(there.get("/mit/da/")) == []
    assert told(here.follow(answer)) == [SAVED]


def test_nothing_is_said_to_be_saved_when_it_was_refused(site: Site, mother: UUID) -> None:
    browser = site.parent(mother)
    refused = browser.submit(browser.get("/mit/da/kontakt"), email="no address", status=422)
    assert told(refused) == told(browser.get("/mit/da/")) == []


def test_a_deleted_draft_is_said_to_be_deleted(site: Site) -> None:
    with site.work() as work:
        pair = builders.family(work)
        draft = builders.draft(work, pair)
    browser = site.parent(pair.parent)
    landed = browser.follow(browser.submit(browser.get(f"/mit/da/plads/{draft}/slet")))
    assert told(landed) == ["Den ansøgning, du var begyndt på, er slettet."]
