"""A form sent from a page opened before signing in again, or after signing out: never carried out, never lost, and
shown to nobody but the one it was made for.
"""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.web import sessions
from parentsite.foundation.web.rescue import RescuedText
from parentsite.foundation.web.sessions import WebSession
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.people.models import Child
from parentsite.places.models import Application
from tests import builders
from tests.sites import Site, sign_in
from tests.strict import Client, Page

FORM = "/mit/da/barn"
NAME = "Alma-Ærø Sørensen"
TYPED = {"kind": "born", "day": "2026-01-20", "name": NAME}
NOTHING_SENT = "Der er ikke sendt noget."


def count(site: Site, table: type) -> int:
    with site.look() as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0


def press(browser: Client, tab: Page, *, status: int = 303, htmx: bool = False, **headers: str) -> Page:
    """Press the button of a form that has stood open in a tab."""
    token = tab.all("//main//input[@name='csrf_token']/@value")[0]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.post(tab.path, {**TYPED, "csrf_token": token}, status=status, htmx=htmx, headers=named)


def name_in(page: Page) -> str:
    return str(page.all("//main//input[@name='name']/@value")[0])


@pytest.mark.parametrize("htmx", [False, True])
def test_who_has_signed_in_again_gets_the_form_as_it_was_filled_in(
    site: Site, browser: Client, mother: UUID, htmx: bool
) -> None:
    tab = browser.get(FORM)
    sign_in(site, browser, mother)
    answer = press(browser, tab, status=200 if htmx else 303, htmx=htmx)
    assert (answer.location, count(site, Child)) == (FORM, 0)
    form = browser.get(FORM)
    assert name_in(form) == NAME
    assert NOTHING_SENT in form.texts("//*[@role='status']")[0]
    browser.submit(form)
    assert (count(site, Child), count(site, RescuedText)) == (1, 0)


def test_who_has_signed_out_gets_it_after_signing_in(site: Site, browser: Client, mother: UUID) -> None:
    tab = browser.get(FORM)
    with site.work() as work:
        work.session.execute(WebSession.__table__.delete())
    assert press(browser, tab).location == f"/mit/igen?til={FORM}"
    sign_in(site, browser, mother)
    assert (name_in(browser.get(FORM)), count(site, Child)) == (NAME, 0)


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_on_a_shared_phone_it_waits_for_the_one_who_typed_it(
    site: Site, browser: Client, mother: UUID, is_signed_in: bool
) -> None:
    tab = browser.get(FORM)
    with site.work() as work:
        other = builders.person(work, given_name="Jonas")
    if is_signed_in:
        sign_in(site, browser, other)
        refused = press(browser, tab, status=400)
        assert NAME not in refused.text
    else:
        browser.set_cookie(Zone.MIT, "ended")
        press(browser, tab)
        sign_in(site, browser, other)
    assert name_in(browser.get(FORM)) == ""
    sign_in(site, browser, mother)
    assert (name_in(browser.get(FORM)), count(site, Child)) == (NAME, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
    ],
)
def test_another_site_gets_nothing_kept_and_nothing_shown(
    site: Site, browser: Client, mother: UUID, headers: dict[str, str]
) -> None:
    tab = browser.get(FORM)
    sign_in(site, browser, mother)
    press(browser, tab, status=400, **headers)
    browser.set_cookie(Zone.MIT, "ended")
    press(browser, tab, **headers)
    assert (count(site, RescuedText), count(site, Child)) == (0, 0)


def test_a_form_with_nothing_to_type_is_shown_again_and_says_why(site: Site) -> None:
    with site.work() as work:
        pair = builders.family(work)
        draft = builders.draft(work, pair)
    browser = site.parent(pair.parent)
    tab = browser.get(f"/mit/da/plads/{draft}/slet")
    sign_in(site, browser, pair.parent)
    answer = press(browser, tab)
    assert (answer.location, count(site, Application), count(site, RescuedText)) == (tab.path, 1, 0)
    again = browser.follow(answer)
    assert NOTHING_SENT in again.texts("//*[@role='status']")[0]
    browser.submit(again)
    assert count(site, Application) == 0


def test_after_a_weekend_it_is_still_kept(site: Site, browser: Client, clock: FixedClock, mother: UUID) -> None:
    tab = browser.get(FORM)
    clock.move(days=3)
    with site.work() as work:
        work.session.execute(WebSession.__table__.delete())
    press(browser, tab)
    sign_in(site, browser, mother)
    assert name_in(browser.get(FORM)) == NAME


@pytest.mark.parametrize("code", ["%0A", "%00", "%D8%B9", "x" * 5000])
@pytest.mark.parametrize("htmx", [False, True])
def test_an_address_with_odd_signs_leads_back_to_itself(site: Site, code: str, htmx: bool) -> None:
    clerk = site.clerk()
    path = f"/desk/plads/huse/{code}/0-2"
    token = clerk.get("/desk/").all("//input[@name='csrf_token']/@value")[0]
    with site.look() as work:
        (person,) = work.session.scalars(select(WebSession.subject_id))
    with site.work() as work:
        actor = Actor(ActorKind.STAFF, person, frozenset({"placement"}))
        clerk.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    answer = clerk.post(path, {"starts_on": "i dag", "csrf_token": token}, status=200 if htmx else 303, htmx=htmx)
    assert answer.location == path
    clerk.get(answer.location, status=404)
