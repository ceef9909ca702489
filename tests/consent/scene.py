"""A child, those who hold custody, and what is asked of them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from parentsite.consent.models import ConsentReceipt
from parentsite.consent.rules import Answer, Matter, Shown, Subject
from parentsite.consent.service import saying
from parentsite.consent.service.effect import in_force
from parentsite.foundation.database import Database
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from tests import builders

READ = Shown("Stjernehøj", "test.passing_on", 1, "da")
READ_ANEW = Shown("Stjernehøj", "test.passing_on", 2, "ar")


def matter(child: UUID, receiver: str = "stjernehoej", purpose: str = "test.passing_on") -> Matter:
    """Passing something on about the child to one house."""
    return Matter(Subject.CHILD, child, purpose, "facility", receiver)


def family(work: Work, holders: int = 2) -> tuple[UUID, Sequence[UUID]]:
    """A child, and so many adults who hold custody; the child lives with the first."""
    child = builders.child(work)
    adults = [builders.person(work, given_name=f"Parent {number}") for number in range(holders)]
    builders.lives_with(work, adults[0], child)
    for other in adults[1:]:
        builders.relate(work, other, child, RelationKind.CUSTODY)
    return child, adults


def say(work: Work, person: UUID, of: Matter, answer: Answer = Answer.YES, *, days: int | None = 365) -> None:
    """The adult answers on a page; a yes holds for so many days."""
    until = None if days is None else work.today + timedelta(days=days)
    saying.say(builders.as_parent(work, person), person, of, answer, READ, until)


def is_allowed(work: Work, of: Matter) -> bool:
    """Whether the matter is in force."""
    return in_force(work, [of]) == {of}


def how_many(session: Session) -> int:
    """How many receipts there are in all."""
    return session.execute(select(func.count()).select_from(ConsentReceipt)).scalar_one()


def tamper(database: Database, statement: str, about: UUID) -> None:
    """Change something as one could who owns the database: without its guards."""
    guards = [("consent_receipt", "kept"), ("consent_receipt", "stays"), ("consent_chain", "grows")]
    with database.engine.begin() as connection:
        for table, guard in guards:
            on = "" if database.is_sqlite else f' ON "{table}"'
            connection.execute(text(f'DROP TRIGGER "{table}_{guard}"{on}'))
        connection.execute(text(statement), {"about": about.hex if database.is_sqlite else about})
