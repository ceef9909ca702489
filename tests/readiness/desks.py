"""Those who receive, and those who write, each with a browser."""

from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.readiness.scene import SCHOOL
from tests.sites import Site
from tests.strict import Client

LIST = "/desk/skolestart/modtaget"


def at_desk(site: Site, role: str = "school", *institutions: str, member: UUID | None = None) -> Client:
    """Signed in with a role at some institutions; at the school of the scenes when none is named."""
    client = site.client()
    with site.work() as work:
        who = member or builders.clerk(work, name="Ulla Steensen")
        actor = Actor(ActorKind.STAFF, who, frozenset({role}), frozenset(institutions or {SCHOOL}))
        client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    return client


def document_path(child: UUID, slug: str = "beskrivelse") -> str:
    """Where somebody is asked what it is needed for."""
    return f"{LIST}/{child}/{slug}"


def opening(child: UUID, slug: str = "beskrivelse", reason: str = "support") -> str:
    """Where the document is opened."""
    return f"{document_path(child, slug)}?formaal={reason}"
