"""What staff whose work it is may see of a family: who the child is, which adults to turn to, and where they live.

Lists show names and dates alone; how to reach an adult stands on the family's own page, and where they live is asked
for the homes that somebody goes to. Whoever asks leaves an entry in the audit: that is the caller's to write.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from parentsite.foundation.database import columns
from parentsite.foundation.sealed import unseal
from parentsite.people.models import ADDRESS, Child, Person
from parentsite.people.visibility import sights_of


@dataclass(frozen=True)
class Adult:
    """An adult with whom the child lives and who decides for it; `language` is a language code of the site."""

    id: UUID
    name: str
    phone: str | None
    language: str
    district: str | None


@dataclass(frozen=True)
class Family:
    """A child and those who decide for it; `is_protected` when an address in the family is protected."""

    child_id: UUID
    child_name: str | None
    birth_date: date | None
    due_date: date | None
    district: str | None
    is_protected: bool
    adults: tuple[Adult, ...]

    @property
    def counts_from(self) -> date:
        """The birth date, or the due date until it is known."""
        day = self.birth_date or self.due_date
        assert day is not None
        return day


_CHILD = select(Child).where(Child.id == bindparam("child"), Child.merged_into.is_(None))


def family_of(session: Session, child: UUID, today: date) -> Family | None:
    """The family of a child; none when there is no such child. A blocked adult is not among those who decide."""
    found = session.scalars(_CHILD.execution_options(populate_existing=True), {"child": child}).one_or_none()
    if found is None:
        return None
    deciding = [person for person, sight in sights_of(session, child, today).items() if sight.may_apply]
    people = session.execute(
        select(Person).where(Person.id.in_(deciding)).order_by(Person.given_name, Person.id)
    ).scalars()
    adults = list(people)
    return Family(
        child_id=found.id,
        child_name=found.given_name,
        birth_date=found.birth_date,
        due_date=found.due_date,
        district=found.district,
        is_protected=found.address_protected or any(adult.address_protected for adult in adults),
        adults=tuple(
            Adult(one.id, f"{one.given_name} {one.family_name}", one.phone, one.language, one.district)
            for one in adults
        ),
    )


@dataclass(frozen=True)
class Named:
    """A child as a list names it."""

    name: str | None
    born: date


_NAMED = select(Child.id, Child.given_name, Child.birth_date, Child.due_date).where(
    Child.id.in_(bindparam("children", expanding=True))
)


def named(session: Session, children: Iterable[UUID]) -> Mapping[UUID, Named]:
    """Given name and day of birth (or the day it is expected) of each child. One statement."""
    rows: Any = columns(session, _NAMED, {"children": list(children)})
    return {row.id: Named(row.given_name, row.birth_date or row.due_date) for row in rows}


_ADULTS = select(Person.id, Person.given_name, Person.family_name).where(
    Person.id.in_(bindparam("persons", expanding=True))
)


def names_of(session: Session, persons: Collection[UUID]) -> Mapping[UUID, str]:
    """What adults are called. One statement."""
    rows: Any = columns(session, _ADULTS, {"persons": list(persons)}) if persons else ()
    return {row.id: f"{row.given_name} {row.family_name}" for row in rows}


_ADDRESSES = select(Person.id, Person.address).where(
    Person.id.in_(bindparam("persons", expanding=True)), Person.address.is_not(None)
)


def addresses_of(session: Session, persons: Collection[UUID]) -> Mapping[UUID, str]:
    """Where adults live, also when the address is protected: who may see it is decided before this is asked. One
    statement.
    """
    rows: Any = columns(session, _ADDRESSES, {"persons": list(persons)}) if persons else ()
    return {row.id: unseal(session, row.address, ADDRESS) for row in rows}
