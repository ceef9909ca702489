"""Every page that links lead to, in every language, keeps the laws; no link leads nowhere, and no page lacks a link.

The strict client reads each page on the way.
"""

from collections.abc import Iterable
from urllib.parse import urldefrag, urlsplit
from uuid import UUID

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from parentsite.consent.rules import Answer
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.zones import Zone, zone_of
from parentsite.people import calendars
from parentsite.visits.service import passing_on
from tests import builders
from tests.counselling.desks import UNLOCK, counsellor, holding
from tests.counselling.pages import beginner
from tests.groups import desks as groups_desks
from tests.groups.scene import places_of
from tests.house_rules.contact_forms import letter_to_the_office
from tests.house_rules.readiness_forms_consent import asked_for_consent
from tests.house_rules.readiness_forms_parents import on_the_way
from tests.house_rules.routes import routes_of
from tests.house_rules.visited import groups_to_run, home_visits
from tests.people.reads import read_all
from tests.readiness import desk_scene as house_desk
from tests.readiness import desks as readiness_desks
from tests.readiness.scene import published, scene
from tests.readiness.test_service_receiving import say
from tests.sites import Site
from tests.strict import Client
from tests.visits.desks import at_desk
from tests.visits.scene import LATER, visits_of

LEAD_AWAY = {"/mit/log-ind", "/desk/log-ind"}
"""To the sign-in provider, which has tests of its own."""

WITHOUT_A_LINK = {
    "home.root",
    "home.was",
    "home.healthz",
    "home.readyz",
    "mine.root",
    "mine.news",
    "calendar.feed",
    "counselling.root",
    "counselling.leave",
    "signin.begin",
    "signin.finish",
    "signin.again",
    "signin.goodbye",
    "outbox.letters",
    "way.day",
}
"""Redirects, signs of life, sign-in, what letters lead to, what calendars ask for, the demo's own pages, and what a
typed date leads to.
"""


class Town:
    """A parent with a case, an offer and a draft, another with visits and groups, and the office at work with them."""

    def __init__(self, site: Site) -> None:
        with site.work() as work:
            pair = builders.family(work, district=None)
            case = builders.sent(work, pair, confirmed=True)
            builders.draft(
                work, pair, care=builders.Care.KINDERGARTEN, wanted=work.today.replace(year=work.today.year + 3)
            )
            house = builders.houses(work)[0]
            builders.offer(work, case, facility=house)
            builders.vacancy(work, house)
            other = builders.family(work)
            builders.sent(work, other)
            baby = visits_of(work, other.parent).child
            passing_on.answer(builders.as_parent(work, other.parent), other.parent, baby, "globen", Answer.NO, "da")
            places_of(work, other.parent, baby)
            read_all(work, baby, other.parent)
            on_the_way(work, other.parent)
            calendars.make(work, other.parent, shows_place=False)
            calendar = calendars.own_address(work, other.parent)
            taken = builders.sent(work, builders.family(work), confirmed=True)
            builders.offer(work, taken, facility=builders.houses(work)[1])
            visitor = home_visits(work)["visitor"]
            groups_to_run(work)
            described = scene(work)
            published(work, described)
            say(work, described, *described.holders)
            written = house_desk.house_at_work(work)
            asked_for_consent(work, other.parent)
            letter_to_the_office(work, other.parent, baby)
        self.parent, self.clerk, self.stranger = site.parent(pair.parent), site.clerk(), site.client()
        self.waiting = site.parent(other.parent)
        self.held = f"/mit/da/besog/{baby}/{LATER}"
        assert calendar
        self.feed = f"/mit/kalender/{calendar.token}.ics"
        self.visitor = at_desk(site, UUID(str(visitor)))
        self.organiser = groups_desks.at_desk(site)
        self.school = readiness_desks.at_desk(site)
        self.pedagogue = house_desk.at_desk(site)
        self.writing = f"/desk/skolestart/kladde/{written['in_draft']}"
        self.correcting = f"/desk/skolestart/rettelse/{written['asked_correction']}"
        self.officer = site.clerk("dpo")
        self.log = f"/desk/log?formaal=question&barn={baby}"
        self.opened = readiness_desks.opening(described.child)


@pytest.fixture
def town_at_work(site: Site) -> Town:
    return Town(site)


def walk(client: Client, starts: Iterable[str], zones: set[Zone]) -> set[str]:
    """Every path that links lead to within the zones, each asked for once."""
    ahead, seen = list(starts), set[str]()
    while ahead:
        path = ahead.pop()
        seen.add(path)
        page = client.get(path, status=302 if path == "/was" else 200)
        found = page.links() if page.status == 200 else [page.location]
        for link in (urldefrag(link).url for link in found):
            own = link.startswith("/") and zone_of(link) in zones and urlsplit(link).path not in LEAD_AWAY
            if own and link not in seen and link not in ahead:
                ahead.append(link)
    return seen


def test_every_link_leads_to_a_page_and_every_page_has_a_link(site: Site, town_at_work: Town) -> None:
    seen = walk(town_at_work.stranger, [f"/{code}/" for code in LANGUAGES], {Zone.PUBLIC, Zone.SAMTALE})
    seen |= walk(beginner(site), [f"/samtale/{code}/samtale" for code in LANGUAGES], {Zone.SAMTALE})
    for parent in (town_at_work.parent, town_at_work.waiting):
        seen |= walk(parent, [f"/mit/{code}/" for code in LANGUAGES], {Zone.MIT})
    staff = (town_at_work.clerk, town_at_work.visitor, town_at_work.organiser)
    for member in (*staff, town_at_work.school, town_at_work.pedagogue, town_at_work.officer):
        seen |= walk(member, ["/desk/"], {Zone.DESK})
    # Before the counsellors hold the key, and after.
    seen |= walk(counsellor(site).browser, ["/desk/"], {Zone.DESK})
    (one, _, _), _ = holding(site, 3)
    # To a mailbox that is locked every link leads by its lock.
    seen |= walk(one.browser, ["/desk/", UNLOCK], {Zone.DESK})
    # What a document, or the log, is needed for is chosen by a button: no link leads past it.
    seen |= walk(town_at_work.school, [town_at_work.opened], {Zone.DESK})
    seen |= walk(town_at_work.officer, [town_at_work.log], {Zone.DESK})
    routes = routes_of(site)
    bound = [app.url_map.bind("") for app in {route.app for route in routes}]
    reached = {endpoint for path in seen for urls in bound if (endpoint := endpoint_of(urls, path))}
    pages = {route.rule.endpoint for route in routes if "GET" in route.methods}
    assert pages - reached == WITHOUT_A_LINK


def endpoint_of(urls: object, path: str) -> str | None:
    try:
        return str(urls.match(urlsplit(path).path, "GET")[0])  # type: ignore[attr-defined]
    except (NotFound, RequestRedirect):
        return None
