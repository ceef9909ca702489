"""Two parents of one child who live apart, and the teams that they write to."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.contact.models import Letter
from parentsite.contact.service import writing
from parentsite.contact.service.words import Words
from parentsite.contact.service.writing import Written
from parentsite.foundation.database import new_id
from parentsite.foundation.files import CleanFile
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import RelationKind
from tests import builders

OFFICE, NURSES, SOCIAL, FAMILY, HOUSE = "pladsanvisning", "sundhedspleje", "socialraadgiver", "familieteam", "boernehus"
HERE, ELSEWHERE = "baltorp", "skovlunde"
MARKER = "Jeg er bange for, at hun ikke sover."


@dataclass(frozen=True)
class Home:
    """A child who lives with `mother`; `father` holds custody too and lives elsewhere; `stranger` is neither."""

    child: UUID
    mother: UUID
    father: UUID
    stranger: UUID


def home(work: Work, language: str = "da", mail: str = "parent@example.org") -> Home:
    """Such a family, in a district of the town; letters of the outbox go to 1-mail and 2-mail."""
    mother = builders.person(work, given_name="Mette", district=HERE, email=f"1-{mail}", language=language)
    father = builders.person(work, given_name="Jonas", district=ELSEWHERE, email=f"2-{mail}", language=language)
    child = builders.child(work, district=HERE)
    builders.lives_with(work, mother, child)
    builders.relate(work, father, child, RelationKind.CUSTODY)
    return Home(child, mother, father, builders.family(work).parent)


def as_parent(work: Work, person: UUID) -> Work:
    return builders.as_parent(work, person)


def as_staff(work: Work, role: str, *institutions: str, member: UUID | None = None) -> Work:
    """The same work, done by somebody of a team."""
    known = member or builders.clerk(work)
    return replace(work, actor=Actor(ActorKind.STAFF, known, frozenset({role}), frozenset(institutions)))


def said(text: str = MARKER, *files: CleanFile, language: str = "da", danish: str | None = None) -> Written:
    """A form with these words, come for the first time."""
    return Written(new_id(), Words(text, language, danish), files)


def begun(
    work: Work,
    person: UUID,
    child: UUID | None = None,
    *,
    team: str = OFFICE,
    shared: bool = False,
    written: Written | None = None,
) -> UUID:
    """A letter that this parent has begun."""
    form = written or said()
    return writing.begin(as_parent(work, person), person, form, team=team, child_id=child, shared=shared)


def state(session: Session, letter: UUID) -> str:
    return session.scalars(select(Letter.state).where(Letter.id == letter)).one()


def told(session: Session, person: UUID) -> list[str]:
    """The letters of the outbox to a person, in the order of their names."""
    return sorted(session.scalars(select(OutboxLetter.name).where(OutboxLetter.receiver_id == person)))
