"""Those who run groups, with a browser."""

from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.groups.models import GroupMeeting
from tests import builders
from tests.sites import Site
from tests.strict import Client

ROLE = frozenset({"group_organiser"})


def at_desk(site: Site, organiser: UUID | None = None) -> Client:
    """Signed in as this organiser, or a new one."""
    client = site.client()
    with site.work() as work:
        actor = Actor(ActorKind.STAFF, organiser or builders.clerk(work, name="Hanne Sund"), ROLE)
        client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    return client


def days(site: Site, of: UUID) -> list[str]:
    """When the group meets, in Denmark."""
    with site.look() as now:
        found = now.session.scalars(
            select(GroupMeeting.starts_at).where(GroupMeeting.group_id == of).order_by(GroupMeeting.starts_at)
        )
        return [f"{one.astimezone(COPENHAGEN):%d-%m %H.%M}" for one in found]
