"""The session ends while a form is being filled in: nothing is sent, and the text is given back to its writer alone."""

from uuid import UUID

import pytest

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.places.models import Application, Offer
from parentsite.places.service import drafts
from tests import builders
from tests.places.seen import entries, row
from tests.sites import Site, sign_in
from tests.strict import Client, Page

BASE = "/mit/da/plads"
STEPS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "barn": ({"care": "childminding"}, {"care": "childminding"}),
    "dato": ({"wanted": "2026-09-15"}, {"wanted": "2026-09-15"}),
    "familien": (
        {"hours": "33", "home_languages": "Somali", "special_need": "yes", "sibling": "globen"},
        {"hours": "33", "home_languages": "Somali", "special_need": "yes", "sibling": "globen"},
    ),
}


def kept(page: Page, name: str) -> list[str]:
    inputs = page.all(f"//input[@name='{name}'][not(@type='radio' or @type='checkbox') or @checked]/@value")
    return [*inputs, *page.all(f"//select[@name='{name}']/option[@selected]/@value")]


@pytest.mark.parametrize("step", STEPS)
def test_what_was_typed_comes_back_after_signing_in_again(site: Site, step: str) -> None:
    typed, expected = STEPS[step]
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        before = drafts.read(now, family.parent, draft)
    browser = site.parent(family.parent)
    page = browser.get(f"{BASE}/{draft}/{step}")
    site.clock.move(minutes=31)
    away = browser.submit(page, **typed)
    assert away.location.startswith("/mit/igen?til=")
    with site.look() as now:
        assert drafts.read(now, family.parent, draft) == before
    sign_in(site, browser, family.parent)
    back = browser.get(page.path)
    assert {name: kept(back, name) for name in expected} == {name: [value] for name, value in expected.items()}
    browser.submit(back)
    assert kept(browser.get(page.path), next(iter(expected))) == [next(iter(expected.values()))]


def test_the_first_step_comes_back_too(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
    browser = site.parent(family.parent)
    page = browser.get(f"{BASE}/ny")
    site.clock.move(minutes=31)
    browser.submit(page, care="nursery")
    sign_in(site, browser, family.parent)
    assert kept(browser.get(f"{BASE}/ny"), "care") == ["nursery"]


def test_somebody_else_on_the_same_phone_sees_nothing_of_it(site: Site) -> None:
    with site.work() as now:
        family, other = builders.family(now), builders.family(now)
    browser = site.parent(family.parent)
    page = browser.get(f"{BASE}/ny")
    site.clock.move(minutes=31)
    browser.submit(page, care="childminding")
    sign_in(site, browser, other.parent)
    assert kept(browser.get(f"{BASE}/ny"), "care") == []


@pytest.mark.parametrize("path", ["{draft}/tjek", "{draft}/slet", "{sent}/traek-tilbage", "tilbud/{offer}"])
def test_no_button_pressed_too_late_does_anything_by_itself(site: Site, path: str) -> None:
    with site.work() as now:
        parent, child, sibling = builders.person(now), builders.child(now), builders.child(now, name="Bo")
        builders.lives_with(now, parent, child, sibling)
        draft = builders.draft(now, builders.Pair(parent, child))
        sent = builders.sent(now, builders.Pair(parent, sibling), wishes=["globen"])
        offer = builders.offer(now, sent, facility="globen")
    browser = site.parent(parent)
    page = browser.get(f"{BASE}/{path.format(draft=draft, sent=sent, offer=offer)}")
    button = {"press": "answer", "value": "yes"} if "tilbud" in path else {}
    site.clock.move(minutes=31)
    browser.submit(page, **button)
    sign_in(site, browser, parent)
    again = browser.get(page.path)
    with site.look() as now:
        assert row(now.session, Application, draft).state == "draft"
        assert row(now.session, Application, sent).state == "waiting"
        assert row(now.session, Offer, offer).state == "open"
    browser.submit(again, **button)
    with site.look() as now:
        ended = now.session.get(Application, draft)
        done = {
            "{draft}/tjek": lambda: ended is not None and ended.state == "sent",
            "{draft}/slet": lambda: ended is None,
            "{sent}/traek-tilbage": lambda: row(now.session, Application, sent).state == "withdrawn",
            "tilbud/{offer}": lambda: row(now.session, Offer, offer).state == "accepted",
        }
        assert done[path]()


def test_wishes_pressed_too_late_lead_back_to_the_wishes(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["globen"])
    browser = site.parent(family.parent)
    page = browser.get(f"{BASE}/{draft}/onsker")
    site.clock.move(minutes=31)
    away = browser.post(page.path, dict(_fields(page, "add")) | {"facility": "regnbuen"}, htmx=True, status=401)
    assert away.location.startswith("/mit/igen?til=")
    sign_in(site, browser, family.parent)
    back = browser.get(page.path)
    assert len(back.all("//ol[@class='wishes']/li")) == 1


def test_the_reason_of_a_clerk_comes_back_too(site: Site) -> None:
    with site.work() as now:
        for _ in range(2):
            builders.sent(now, builders.family(now), wishes=["globen"])
        vacancy, clerk = builders.vacancy(now, "globen"), builders.clerk(now)
    browser = site.client()
    _sign_in_clerk(site, browser, clerk)
    page = browser.get(f"/desk/plads/ledig/{vacancy}")
    (wish,) = page.all("//details//input[@name='wish']/@value")
    site.clock.move(minutes=31)
    typed = dict(_fields(page, "wish")) | {"wish": wish, "reason": "Familien flytter."}
    assert browser.post(page.path, typed).location.startswith("/desk/igen?til=")
    _sign_in_clerk(site, browser, clerk)
    back = browser.get(page.path)
    assert [area for area in back.texts("//textarea") if area] == ["Familien flytter."]
    assert back.all("//details[@open]//input[@name='wish']/@value") == [wish]
    with site.look() as now:
        assert entries(now.session, "offer.made") == []


def _sign_in_clerk(site: Site, browser: Client, clerk: UUID) -> None:
    with site.work() as now:
        actor = Actor(ActorKind.STAFF, clerk, frozenset({"placement"}))
        browser.set_cookie(Zone.DESK, sessions.begin(now, Zone.DESK, actor))


def _fields(page: Page, button: str) -> list[tuple[str, str]]:
    return [("csrf_token", page.all("//main//input[@name='csrf_token']/@value")[0]), (button, "")]
