"""A health visitor with a browser."""

from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

ROLE = frozenset({"health_visitor"})


def at_desk(site: Site, visitor: UUID | None = None) -> Client:
    """Signed in as this health visitor, or a new one."""
    client = site.client()
    with site.work() as work:
        actor = Actor(ActorKind.STAFF, visitor or builders.clerk(work, name="Lone Ny"), ROLE)
        client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    return client


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": page.all("//form//input[@name='csrf_token']/@value")[0]}
