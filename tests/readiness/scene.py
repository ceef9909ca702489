"""A child of five who goes to a house, those who hold custody of it, a pedagogue there, and people at the schools."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import RelationKind
from parentsite.readiness.rules.vocabulary import DocumentKind, Readiness
from parentsite.readiness.service import drafting, publishing
from tests import builders

BORN = date(2020, 5, 4)
HOUSE, OTHER_HOUSE = "regnbuen", "globen"
SCHOOL, OTHER_SCHOOL = "hedegaardsskolen", "maaloevhoej-skole"
DISTRICT = "hedegaarden"
WORDS = "Asta klatrer gerne."
"""What stands in every area, and before the number of the area."""
DESCRIPTION, ASSESSMENT = DocumentKind.DESCRIPTION, DocumentKind.ASSESSMENT


@dataclass(frozen=True)
class Scene:
    """The child lives with the first of those who hold custody."""

    child: UUID
    holders: tuple[UUID, ...]
    pedagogue: UUID


def scene(work: Work, holders: int = 2, *, house: str = HOUSE, district: str | None = DISTRICT) -> Scene:
    """A family, and the house that the child goes to."""
    child = builders.child(work, born=BORN, district=district)
    adults = tuple(builders.person(work, given_name=f"Parent {number}") for number in range(holders))
    builders.lives_with(work, adults[0], child)
    for other in adults[1:]:
        builders.relate(work, other, child, RelationKind.CUSTODY)
    builders.attends(work, child, house)
    return Scene(child, adults, builders.clerk(work, name="Peter Stald"))


def staff(work: Work, role: str, *institutions: str, member: UUID | None = None) -> Work:
    """The same work, done by somebody with a role at some institutions."""
    actor = Actor(ActorKind.STAFF, member or new_id(), frozenset({role}), frozenset(institutions))
    return replace(work, actor=actor)


def pedagogue(work: Work, of: Scene, house: str = HOUSE) -> Work:
    """The same work, done by the pedagogue."""
    return staff(work, "pedagogue", house, member=of.pedagogue)


def written(work: Work, of: Scene, kind: DocumentKind = DESCRIPTION, words: str = WORDS) -> UUID:
    """A draft with every area written."""
    now = pedagogue(work, of)
    draft = drafting.begin(now, of.child, kind)
    for number, (area, before) in enumerate(drafting.read(now, draft).areas.items()):
        drafting.save_area(now, draft, area, f"{words} {number}", before.revision)
    drafting.save_readiness(now, draft, Readiness.READY)
    return draft


def published(work: Work, of: Scene, kind: DocumentKind = DESCRIPTION, words: str = WORDS) -> int:
    """The next version."""
    now = pedagogue(work, of)
    draft = written(work, of, kind, words)
    return publishing.publish(now, draft, drafting.read(now, draft).revision)
