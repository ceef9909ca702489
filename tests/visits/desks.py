"""A health visitor with a browser, and families she goes to."""

from datetime import date
from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.visits.service import booking
from tests import builders
from tests.builders import Pair
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import DISTRICT, WEEKS, times

ROLE = frozenset({"health_visitor"})
STREET = "Eksempelvænget 12"


def at_desk(site: Site, visitor: UUID | None = None) -> Client:
    """Signed in as this health visitor, or a new one."""
    client = site.client()
    with site.work() as work:
        actor = Actor(ActorKind.STAFF, visitor or builders.clerk(work, name="Lone Ny"), ROLE)
        client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    return client


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": page.all("//form//input[@name='csrf_token']/@value")[0]}


def booked(now: Work, of: Pair, number: int = 0) -> UUID:
    """A visit three weeks after the birth, at one of the free times."""
    return booking.book(now, of.parent, of.child, WEEKS, times(now, of)[number].slot_id)


def living(now: Work, *, is_protected: bool = False) -> Pair:
    """A family of the district that lives in a street."""
    parent = builders.person(now, address=STREET, district=DISTRICT, address_protected=is_protected)
    child = builders.child(now, born=date(2026, 1, 20), district=DISTRICT)
    builders.lives_with(now, parent, child)
    return Pair(parent, child)


def path_to(page: Page, part: str, *, first: bool = True) -> str:
    """A link of the page; the last way is the shorter one."""
    found = [link for link in page.links() if part in link]
    return found[0] if first else min(found, key=len)


def slot_at(page: Page, number: int) -> str:
    return str(page.all("//main//input[@name='slot']/@value")[number])
