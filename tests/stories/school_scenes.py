"""What a school may read, in every state that its pages can show."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import update

from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Child
from parentsite.readiness.service import commenting
from tests import builders
from tests.readiness.scene import DESCRIPTION, OTHER_SCHOOL, SCHOOL, Scene, published, scene
from tests.readiness.test_service_receiving import say
from tests.stories.kinds import LONG_NAME, desk

RECEIVED, SCHOOL_ROLE = "skolestart/modtaget", "school"
PAGE = RECEIVED + "/{described}/beskrivelse"
SCHOOL_DESK = (
    desk("school-front", "desk.front", "", SCHOOL_ROLE),
    desk("school-received", "readiness_desk.received", RECEIVED, SCHOOL_ROLE),
    desk("school-received-none", "readiness_desk.received", RECEIVED, "other_school"),
    desk("school-received-no-page", "readiness_desk.received", f"{RECEIVED}?page=9", SCHOOL_ROLE),
    desk("school-reason", "readiness_desk.received_document", PAGE, SCHOOL_ROLE),
    desk("school-document", "readiness_desk.received_document", f"{PAGE}?formaal=support", SCHOOL_ROLE),
    desk("school-gone", "readiness_desk.received_document", PAGE, "other_school", status=404),
)
WORDS = "Barnet leger gerne med de andre.\n\nDet øver sig i at vente på tur, og det lykkes oftere og oftere. " * 2


def schools(work: Work) -> tuple[Mapping[str, Actor], Mapping[str, UUID]]:
    """Somebody at a school that may read of two children, one with a long name; and at one that may read nothing."""
    described, _ = readable(work), readable(work)
    work.session.execute(update(Child).where(Child.id == described.child).values(given_name=LONG_NAME))
    said = (("en", "She likes to be asked before she is picked up."), ("ar", "تحب أن تُسأل قبل أن نحملها."))
    for person, (language, words) in zip(described.holders, said, strict=True):
        commenting.comment(work, person, described.child, DESCRIPTION, words, language=language)
    people = {SCHOOL_ROLE: at_school(work, SCHOOL), "other_school": at_school(work, OTHER_SCHOOL)}
    return people, {"described": described.child}


def at_school(work: Work, school: str) -> Actor:
    """Somebody who works there."""
    return Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"school"}), frozenset({school}))


def readable(work: Work) -> Scene:
    """A description that the school may read."""
    of = scene(work)
    published(work, of, words=WORDS)
    say(work, of, *of.holders)
    return of
