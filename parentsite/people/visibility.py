"""The one gate: which facets of a child's life an adult may see. Every page, letter, feed and export asks here.

The line drawn (domain.md 3.5): each custody holder has equal access to the child's data; a custody holder whom the
child does not live with sees neither the other adult's contact details nor what that adult wrote; where the child's
address is protected such a custody holder learns that there is a case, and nothing of where and when; a blocked adult,
and one whose relation has ended, sees nothing at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from parentsite.foundation.database import columns
from parentsite.people.models import Block, Child, Relation, RelationKind


class Facet(StrEnum):
    """A side of a child's life: that it is there; where; when; whom to reach; what was written."""

    EXISTENCE = "existence"
    PLACE = "place"
    TIME = "time"
    CONTACT = "contact"
    TEXT = "text"


ALL_FACETS = frozenset(Facet)
NOTHING: frozenset[Facet] = frozenset()
_APART = frozenset({Facet.EXISTENCE, Facet.PLACE, Facet.TIME})
_PROTECTED_FROM = frozenset({Facet.EXISTENCE})


def facets_for(relations: Iterable[RelationKind], *, is_blocked: bool, address_protected: bool) -> frozenset[Facet]:
    """What an adult with these relations (those in force today) may see of the child."""
    held = frozenset(relations)
    if is_blocked or not held:
        return NOTHING
    if RelationKind.RESIDENCE in held or RelationKind.DECLARER in held:
        return ALL_FACETS
    if RelationKind.FOSTER in held:
        return _APART
    if RelationKind.CUSTODY in held:
        return _PROTECTED_FROM if address_protected else _APART
    return NOTHING


@dataclass(frozen=True)
class Sight:
    """One child as one adult may see it; `relations` are those in force today.

    `shares_residence`: the child lives with this adult and with another elsewhere (delt bopæl), who must agree.
    """

    child_id: UUID
    relations: frozenset[RelationKind]
    facets: frozenset[Facet]
    shares_residence: bool = False

    def sees(self, *facets: Facet) -> bool:
        """Whether all of the facets may be seen."""
        return self.facets.issuperset(facets)

    @property
    def may_apply(self) -> bool:
        """Whether this adult decides about daycare: the custody holder the child lives with, or who declared it.

        Under joint custody the residence parent chooses alone (domain.md 3.5, Ankestyrelsen).
        """
        lives_with = {RelationKind.RESIDENCE, RelationKind.CUSTODY} <= self.relations
        return Facet.TEXT in self.facets and (lives_with or RelationKind.DECLARER in self.relations)


_IS_BLOCKED = (
    select(Block.id)
    .where(
        Block.person_id == Relation.person_id,
        Block.child_id == Relation.child_id,
        Block.since <= bindparam("today"),
        or_(Block.until.is_(None), Block.until > bindparam("today")),
    )
    .exists()
)
RELATIONS = (
    select(Relation.child_id, Relation.kind, Relation.shared, Child.address_protected, _IS_BLOCKED.label("is_blocked"))
    .join(Child, Child.id == Relation.child_id)
    .where(
        Relation.person_id == bindparam("person"),
        Relation.since <= bindparam("today"),
        or_(Relation.until.is_(None), Relation.until > bindparam("today")),
        Child.merged_into.is_(None),
    )
)
"""The relations in force of the adult `person` on the day `today`, to every child: what sights are made of."""


def sights(session: Session, person: UUID, today: date) -> Mapping[UUID, Sight]:
    """Every child of whose life the adult may see anything at all, by the child's id. One statement."""
    return sights_in(columns(session, RELATIONS, {"person": person, "today": today}))


def sights_in(relations: Iterable[Any]) -> Mapping[UUID, Sight]:
    """The same, from rows of `RELATIONS` (whatever else they hold)."""
    held: dict[UUID, list[Any]] = {}
    for row in relations:
        held.setdefault(row.child_id, []).append(row)
    found = (_sight(child_id, rows) for child_id, rows in held.items())
    return {sight.child_id: sight for sight in found if sight.facets}


def _sight(child_id: UUID, relations: Sequence[Any]) -> Sight:
    kinds = frozenset(RelationKind(row.kind) for row in relations)
    is_blocked = any(row.is_blocked for row in relations)
    return Sight(
        child_id,
        kinds,
        facets_for(kinds, is_blocked=is_blocked, address_protected=relations[0].address_protected),
        shares_residence=any(row.shared and row.kind == RelationKind.RESIDENCE for row in relations),
    )


def sight_of(session: Session, person: UUID, child: UUID, today: date) -> Sight | None:
    """What the adult may see of one child; `None` means that for this adult there is no such child (404)."""
    return sights(session, person, today).get(child)


def also_at_home(session: Session, person: UUID, child: UUID, today: date) -> frozenset[UUID]:
    """The other adults whom the child lives with under shared residence, as far as they may see the child's life."""
    adults = adults_who_see(session, child, today, Facet.PLACE, Facet.TIME, Facet.TEXT) - {person}
    sights_of = ((adult, sight_of(session, adult, child, today)) for adult in adults)
    return frozenset(adult for adult, sight in sights_of if sight is not None and sight.shares_residence)


def adults_who_decide(session: Session, child: UUID, today: date) -> frozenset[UUID]:
    """The adults who decide about the child's daycare today."""
    adults = adults_who_see(session, child, today, Facet.EXISTENCE)
    sights_of = ((adult, sight_of(session, adult, child, today)) for adult in adults)
    return frozenset(adult for adult, sight in sights_of if sight is not None and sight.may_apply)


def adults_who_see(session: Session, child: UUID, today: date, *facets: Facet) -> frozenset[UUID]:
    """The adults who may see all the facets of a child: whom a letter may tell."""
    related = session.scalars(select(Relation.person_id).where(Relation.child_id == child).distinct())
    found = ((person, sight_of(session, person, child, today)) for person in related)
    return frozenset(person for person, sight in found if sight is not None and sight.sees(*facets))
