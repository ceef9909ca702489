"""A house with children in every state that the pedagogue's desk can show; ids by name."""

from collections.abc import Mapping
from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.readiness.service import asking, correcting, drafting
from tests import builders
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, HOUSE, pedagogue, published, scene, written
from tests.sites import Site
from tests.strict import Client

ROLE = "pedagogue"
AREA = "social-udvikling"
ASKED = "Hun har også en ven, der hedder Bo."
"""What a parent asks to have corrected."""


def house_at_work(work: Work) -> Mapping[str, UUID | int]:
    """One child with two versions, a correction that waits and a parent who asks for the assessment; one with a draft
    in its first words; one with a draft that is whole; one about whom nothing is written.
    """
    of, begun, whole, new = (scene(work) for _ in range(4))
    published(work, of)
    request = correcting.ask(work, of.holders[0], of.child, DESCRIPTION, 1, ASKED, language="da")
    published(work, of)
    asking.ask(work, of.holders[1], of.child)
    mine = pedagogue(work, begun)
    draft = drafting.begin(mine, begun.child, DESCRIPTION)
    drafting.save_area(mine, draft, AREA, "Han har en ven.", 0)
    ready = written(work, whole, ASSESSMENT)
    return {
        "described": of.child,
        "described_by": of.pedagogue,
        "described_holder": of.holders[0],
        "asked_correction": request,
        "drafted": begun.child,
        "in_draft": draft,
        "assessed": whole.child,
        "whole": ready,
        "whole_revision": drafting.read(pedagogue(work, whole), ready).revision,
        "unwritten": new.child,
    }


def at_desk(site: Site, *houses: str, member: UUID | None = None) -> Client:
    """A browser of a pedagogue of these houses, of the scene's own when none is named."""
    client = site.client()
    with site.work() as work:
        who = member or builders.clerk(work, name="Peter Stald")
        actor = Actor(ActorKind.STAFF, who, frozenset({ROLE}), frozenset(houses or (HOUSE,)))
        client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
    return client
