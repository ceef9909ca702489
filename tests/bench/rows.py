"""Rows gathered by table and inserted in bulk, and the households they begin with."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from parentsite.foundation.database import Base
from parentsite.foundation.work import Work
from parentsite.people.models import Child, ChildOrigin, Person, Relation, RelationKind
from parentsite.town.service import current_town

GIVEN = "Asta Bilal Clara Dicte Elias Freja Gustav Hana Ida Jonas Karla Liam Maja Noor Oskar Pil Ronja Sami Tilde Viggo"
FAMILY = "Ahmed Bruun Christensen Dam Eriksen Friis Grøn Hansen Iversen Jensen Khan Lund Møller Nguyen Olsen Skov"


@dataclass(frozen=True)
class SomeChild:
    """What the cases need to know of a child."""

    id: UUID
    counts_from: date
    district: str


class Rows:
    """Rows waiting to be inserted, and the chance they are drawn by (the same for the same seed)."""

    def __init__(self, work: Work, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.today = work.today
        self._session = work.session
        self._districts = [district.code for district in current_town(work.session).districts]
        self._given, self._family = GIVEN.split(), FAMILY.split()
        self._rows: dict[tuple[type[Base], frozenset[str]], list[dict[str, Any]]] = {}

    def random_id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def add(self, table: type[Base], **values: Any) -> None:
        """One statement inserts all rows of a table that name the same columns."""
        self._rows.setdefault((table, frozenset(values)), []).append(values)

    def insert(self) -> None:
        """Insert what has been added; the tables in the order in which they refer to one another."""
        order = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
        for table, columns in sorted(self._rows, key=lambda key: order[key[0].__tablename__]):
            self._session.execute(insert(table.__table__), self._rows[table, columns])  # type: ignore[arg-type]
        self._rows.clear()

    def household(self, adults: int | None = None, district: str | None = None) -> "Household":
        """One or two adults who live together in a district."""
        family, district = self.chance.choice(self._family), district or self.chance.choice(self._districts)
        found = tuple(self.random_id() for _ in range(adults or self.chance.choice((1, 2, 2, 2))))
        for adult in found:
            self.add(
                Person,
                id=adult,
                given_name=self.chance.choice(self._given),
                family_name=family,
                email=f"{adult.hex[:12]}@example.org",
                language="da",
                district=district,
            )
        return Household(self, found, family, district)

    def given_name(self) -> str:
        return self.chance.choice(self._given)


@dataclass(frozen=True)
class Household:
    """Adults who live together."""

    rows: Rows
    adults: tuple[UUID, ...]
    family_name: str
    district: str

    def child(self, age: int) -> SomeChild:
        """A child of theirs, so many days old; below zero it is expected."""
        rows = self.rows
        child, day = rows.random_id(), rows.today - timedelta(days=age)
        rows.add(
            Child,
            id=child,
            origin=(ChildOrigin.REGISTERED if age >= 0 else ChildOrigin.DECLARED).value,
            given_name=rows.given_name() if age >= 0 else None,
            family_name=self.family_name,
            birth_date=day if age >= 0 else None,
            due_date=None if age >= 0 else day,
            district=self.district,
        )
        kinds = (RelationKind.CUSTODY, RelationKind.RESIDENCE) if age >= 0 else (RelationKind.DECLARER,)
        for adult in self.adults if age >= 0 else self.adults[:1]:
            for kind in kinds:
                since = min(day, rows.today)
                rows.add(Relation, id=rows.random_id(), child_id=child, person_id=adult, kind=kind.value, since=since)
        return SomeChild(child, day, self.district)
