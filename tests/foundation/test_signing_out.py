"""Whoever presses "sign out" is signed out, however old the tab is; no other site can press it."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.web.sessions import WebSession
from parentsite.foundation.web.zones import Zone
from tests import builders
from tests.sites import Site, sign_in
from tests.strict import Client

FORM = "/mit/da/barn"
OUT = "/mit/log-ud"


def test_it_ends_the_session_of_now(site: Site, browser: Client, mother: UUID) -> None:
    tab = browser.get(FORM)
    sign_in(site, browser, mother)
    browser.submit(tab, action=OUT)
    assert browser.cookie(Zone.MIT) is None
    with site.look() as work:
        left = work.session.scalar(select(func.count()).select_from(WebSession))
    assert left == 1, "the one whose cookie was replaced"


def test_on_a_shared_phone_it_ends_the_session_of_whoever_is_in(site: Site, browser: Client) -> None:
    tab = browser.get(FORM)
    with site.work() as work:
        jonas = builders.person(work, given_name="Jonas")
    sign_in(site, browser, jonas)
    browser.submit(tab, action=OUT)
    browser.get(FORM, status=303)


def test_everywhere_means_everywhere_of_the_one_whose_page_it_is(site: Site, browser: Client, mother: UUID) -> None:
    elsewhere, tab = site.parent(mother), browser.get("/mit/da/")
    with site.work() as work:
        jonas = builders.person(work, given_name="Jonas")
    at_work = site.parent(jonas)
    sign_in(site, browser, jonas)
    browser.submit(tab, press="everywhere")
    for signed_out in (browser, elsewhere):
        signed_out.get(FORM, status=303)
    at_work.get(FORM)


def test_everywhere_works_when_this_session_has_ended(
    site: Site, browser: Client, mother: UUID, clock: FixedClock
) -> None:
    tab = browser.get("/mit/da/")
    clock.move(minutes=20)
    elsewhere = site.parent(mother)
    clock.move(minutes=15)
    browser.submit(tab, press="everywhere")
    elsewhere.get(FORM, status=303)


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_site_signs_nobody_out(site: Site, browser: Client, mother: UUID, origin: str) -> None:
    token = browser.get(FORM).all("//main//input[@name='csrf_token']/@value")[0]
    sign_in(site, browser, mother)
    browser.post(OUT, {"csrf_token": token}, status=400, headers={"Origin": origin})
    browser.get(FORM)
