"""The pages of those who write about children before school, in every state that they show."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Child
from parentsite.readiness.models import CorrectionRequest
from parentsite.readiness.service import correcting
from tests import builders
from tests.readiness.desk_scene import AREA, ROLE, house_at_work
from tests.readiness.scene import DESCRIPTION, HOUSE, pedagogue, published, scene
from tests.stories.kinds import LONG_NAME, SEND, desk

WHO = "pedagogue"
DRAFT, REQUEST = "skolestart/kladde/{in_draft}", "skolestart/rettelse/{asked_correction}"
READINESS_DESK = (
    desk("readiness-front", "desk.front", "", WHO),
    desk("readiness", "readiness_desk.pupils", "skolestart", WHO),
    desk("readiness-none", "readiness_desk.pupils", "skolestart", "retired"),
    desk("readiness-child", "readiness_desk.pupil", "skolestart/{described}", WHO),
    desk("readiness-child-new", "readiness_desk.pupil", "skolestart/{unwritten}", WHO),
    desk("readiness-draft", "readiness_desk.draft", DRAFT, WHO),
    desk("readiness-area", "readiness_desk.area", f"{DRAFT}/{AREA}", WHO),
    desk("readiness-answer", "readiness_desk.readiness", f"{DRAFT}/skoleparat", WHO),
    desk("readiness-answer-refused", "readiness_desk.readiness", f"{DRAFT}/skoleparat", WHO, press=SEND, status=422),
    desk("readiness-preview", "readiness_desk.preview", "skolestart/kladde/{whole}/vis", WHO),
    desk("readiness-publish", "readiness_desk.publish", "skolestart/kladde/{whole}/udgiv", WHO),
    desk("readiness-unfinished", "readiness_desk.publish", f"{DRAFT}/udgiv", WHO),
    desk("readiness-discard", "readiness_desk.discard", f"{DRAFT}/slet", WHO),
    desk("readiness-version", "readiness_desk.version", "skolestart/udgave/{published_version}", WHO),
    desk("readiness-correction", "readiness_desk.correction", REQUEST, WHO),
    desk(
        "readiness-correction-refused",
        "readiness_desk.correction",
        REQUEST,
        WHO,
        press="main #keep .button",
        status=422,
    ),
    desk("readiness-kept", "readiness_desk.correction", "skolestart/rettelse/{kept_correction}", WHO),
)


def writers(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """A pedagogue, and the children of the house: also one with a long name and a correction that was answered."""
    found = dict(house_at_work(work))
    of = scene(work)
    work.session.execute(update(Child).where(Child.id == of.child).values(given_name=LONG_NAME))
    published(work, of)
    kept = correcting.ask(work, of.holders[0], of.child, DESCRIPTION, 1, "Hun er ikke genert. " * 8, language="da")
    correcting.keep(pedagogue(work, of), kept, "Vi ser det hver dag, når mange er samlet. " * 4)
    ids = {name: each for name, each in found.items() if isinstance(each, UUID)}
    ids["kept_correction"] = kept
    about = select(CorrectionRequest.version_id).where(CorrectionRequest.id == kept)
    ids["published_version"] = work.session.scalars(about).one()
    return Actor(ActorKind.STAFF, builders.clerk(work), frozenset({ROLE}), frozenset({HOUSE})), ids
