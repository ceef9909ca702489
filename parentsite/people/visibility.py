"""The one gate: which facets of a child's life an adult may see. Every page, letter, feed and export asks here.

The line drawn (domain.md 3.5): each custody holder has equal access to the child's data; a custody holder whom the
child does not live with sees neither the other adult's contact details nor what that adult wrote; where the child's
address is protected such a custody holder learns that there is a case, and nothing of where and when; a blocked adult,
and one whose relation has ended, sees nothing at all.
"""

import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, false, null, or_, select, union, union_all
from sqlalchemy.orm import Session

from parentsite.foundation.database import READS_ONLY, columns
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


def _relations(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    facts = (Relation.child_id, Relation.person_id, Relation.kind, Relation.shared, Child.address_protected)
    return (
        select(*facts, _IS_BLOCKED.label("is_blocked"))
        .join(Child, Child.id == Relation.child_id)
        .where(
            which,
            Relation.since <= bindparam("today"),
            or_(Relation.until.is_(None), Relation.until > bindparam("today")),
            Child.merged_into.is_(None),
        )
    )


_LIVES = Child.died_on.is_(None)
"""Nobody is offered, reminded of or asked anything about a child who has died; adults are kept apart as before."""
_RELATIONS_TO = _relations(and_(Relation.child_id == bindparam("child"), _LIVES))
RELATIONS = _relations(and_(Relation.person_id == bindparam("person"), _LIVES))
"""The relations in force of the adult `person` on the day `today`, to every child: what sights are made of."""


_SIGHTS = "sights"


def sights(session: Session, person: UUID, today: date) -> Mapping[UUID, Sight]:
    """Every child of whose life the adult may see anything at all, by the child's id. One statement, and none where the
    same page has asked before: only what cannot write is believed twice.
    """
    known: Mapping[UUID, Sight] | None = session.info.get(_SIGHTS, {}).get((person, today))
    if known is not None:
        return known
    rows = columns(session, RELATIONS, {"person": person, "today": today})
    return keep_sights(session, person, today, sights_in(rows))


def keep_sights(session: Session, person: UUID, today: date, seen: Mapping[UUID, Sight]) -> Mapping[UUID, Sight]:
    """Let the rest of a page know what has been read; where something may be written, nothing is kept."""
    if session.info.get(READS_ONLY):
        session.info.setdefault(_SIGHTS, {})[person, today] = seen
    return seen


def sights_in(relations: Iterable[Any]) -> Mapping[UUID, Sight]:
    """The same, from rows of `RELATIONS` (whatever else they hold)."""
    return _sights_by(operator.attrgetter("child_id"), relations)


def _sights_by(whose: Callable[[Any], UUID], relations: Iterable[Any]) -> Mapping[UUID, Sight]:
    held: dict[UUID, list[Any]] = {}
    for row in relations:
        held.setdefault(whose(row), []).append(row)
    found = ((one, _sight(rows[0].child_id, rows)) for one, rows in held.items())
    return {one: sight for one, sight in found if sight.facets}


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


def sights_of(session: Session, child: UUID, today: date) -> Mapping[UUID, Sight]:
    """What each adult may see of one child's life, by the adult's id; who may see nothing is not among them. One
    statement.
    """
    rows = columns(session, _RELATIONS_TO, {"child": child, "today": today})
    return _sights_by(operator.attrgetter("person_id"), rows)


_RELATIONS_TO_ALL = _relations(and_(Relation.child_id.in_(bindparam("children", expanding=True)), _LIVES))


def sights_of_all(session: Session, children: Collection[UUID], today: date) -> Mapping[UUID, Mapping[UUID, Sight]]:
    """The same for many children at once, by the child's id; of a child who has died nothing. One statement."""
    held: dict[UUID, list[Any]] = {}
    for row in columns(session, _RELATIONS_TO_ALL, {"children": list(children), "today": today}):
        held.setdefault(row.child_id, []).append(row)
    return {child: _sights_by(operator.attrgetter("person_id"), rows) for child, rows in held.items()}


_AROUND = union(
    select(Relation.child_id).where(Relation.person_id.in_(bindparam("persons", expanding=True))),
    select(Block.child_id).where(Block.person_id.in_(bindparam("persons", expanding=True))),
)
_AROUND_THEM = union_all(
    _relations(Relation.child_id.in_(_AROUND)),
    select(Block.child_id, Block.person_id, cast(null(), String), false(), false(), false()).where(
        Block.child_id.in_(_AROUND),
        Block.since <= bindparam("today"),
        or_(Block.until.is_(None), Block.until > bindparam("today")),
    ),
)
"""Relations, and blocks as rows without a kind."""


def kept_apart(session: Session, persons: Collection[UUID], today: date) -> frozenset[tuple[UUID, UUID]]:
    """Pairs (adult, other) of adults around the children of `persons`: the adult is blocked from a child, or its
    address is protected from that adult, with which the other lives or whose times the other may know.

    The adult must never come upon the other through the site. One statement, however many persons there are.
    """
    if not persons:
        return frozenset()
    asked = {"persons": list(persons), "today": today}
    knowing: dict[UUID, set[UUID]] = {}
    shut_out: dict[UUID, set[UUID]] = {}
    held: dict[tuple[UUID, UUID], list[Any]] = {}
    for row in columns(session, _AROUND_THEM, asked):
        if row.kind is None:
            shut_out.setdefault(row.child_id, set()).add(row.person_id)
        else:
            held.setdefault((row.child_id, row.person_id), []).append(row)
    for (child, adult), relations in held.items():
        side = knowing if _sight(child, relations).sees(Facet.PLACE, Facet.TIME) else shut_out
        side.setdefault(child, set()).add(adult)
    return frozenset(
        (one, other) for child, adults in shut_out.items() for one in adults for other in knowing.get(child, ())
    )
