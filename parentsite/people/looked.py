"""Who has looked: the reads of a child's record by staff, as far as one adult may be told of them.

An entry is as visible as what was read. The adult must see every facet of the child's life that the read is declared
with, today; and where the thing belongs to an adult's home, or to one adult alone, must live there with the child, or
be that adult. A read that is no longer declared is told only to whom nothing of the child is kept from.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from parentsite.foundation.audit import AuditEntry, AuditLook
from parentsite.foundation.database import columns
from parentsite.foundation.reading import Reading, Whose
from parentsite.foundation.work import ActorKind, Work
from parentsite.people.models import Child, RelationKind
from parentsite.people.visibility import ALL_FACETS, Facet, Sight, sights_of

PAGE_SIZE = 25


@dataclass(frozen=True)
class Look:
    """One read: when, by which roles, where they work, and why; `reading` is none for one that is not declared.

    `by` is who read, of whom nothing else is told than that two reads were the same person's.
    """

    at: datetime
    by: UUID | None
    reading: Reading | None
    roles: frozenset[str]
    institution: str | None
    purpose: str | None


@dataclass(frozen=True)
class Looks:
    """One page of them, the newest first, and whether there is another."""

    rows: Sequence[Look]
    number: int
    has_more: bool


def _among(column: Any, name: str) -> Any:
    return column.in_(bindparam(name, expanding=True))


_TOLD = or_(
    _among(AuditEntry.action, "childs"),
    and_(_among(AuditEntry.action, "homes"), _among(AuditLook.of_id, "home")),
    and_(_among(AuditEntry.action, "owns"), AuditLook.of_id == bindparam("person")),
    and_(~_among(AuditEntry.action, "declared"), _among(AuditLook.of_id, "whole")),
)
_LOOKS = (
    select(
        AuditLook.entry_id,
        AuditLook.institution,
        AuditEntry.actor_id,
        func.min(AuditEntry.at).label("read_at"),
        func.min(AuditEntry.role).label("role"),
        func.min(AuditEntry.action).label("action"),
        func.min(AuditEntry.purpose).label("purpose"),
    )
    .join(AuditEntry, AuditEntry.id == AuditLook.entry_id)
    .where(_among(AuditLook.child_id, "children"), AuditEntry.actor_kind == ActorKind.STAFF.value, _TOLD)
    .group_by(AuditLook.entry_id, AuditLook.at, AuditLook.institution, AuditEntry.actor_id)
    .order_by(AuditLook.at.desc(), AuditLook.entry_id)
)
"""Once each, whosever the things were that one read showed: grouped by what `audit_look` holds, so that a child's own
rows are the first that are looked for.
"""
_A_PAGE = _LOOKS.limit(bindparam("limit")).offset(bindparam("skip"))
_BEFORE = select(Child.id).where(Child.merged_into == bindparam("child"))


def looks(work: Work, person: UUID, child: UUID, readings: Iterable[Reading], number: int = 1) -> Looks:
    """A page of what this adult may be told; nothing for one who may not know of the child. Three statements."""
    page = {"limit": PAGE_SIZE + 1, "skip": PAGE_SIZE * (number - 1)}
    found = _found(work, person, child, readings, _A_PAGE, page)
    return Looks(found[:PAGE_SIZE], number, has_more=len(found) > PAGE_SIZE)


def all_looks(work: Work, person: UUID, child: UUID, readings: Iterable[Reading]) -> Sequence[Look]:
    """All of them, for the adult's own file."""
    return _found(work, person, child, readings, _LOOKS, {})


def _found(
    work: Work, person: UUID, child: UUID, readings: Iterable[Reading], statement: Any, page: Mapping[str, int]
) -> list[Look]:
    seen_by = sights_of(work.session, child, work.today)
    sight = seen_by.get(person)
    if sight is None:
        return []
    ids = [child, *columns(work.session, _BEFORE, {"child": child}).scalars()]
    declared = {one.action: one for one in readings}
    asked = _asked(person, sight, [*ids, *_at_home(person, seen_by)], declared.values())
    rows = columns(work.session, statement, {"children": ids, **asked, **page})
    shows_place = sight.sees(Facet.PLACE)
    return [_look(row, declared.get(row.action), shows_place=shows_place) for row in rows]


def _at_home(person: UUID, seen_by: Mapping[UUID, Sight]) -> set[UUID]:
    """The adults who act for one another in this adult's home: where the child has two homes, each alone."""
    own = seen_by[person]
    if not own.may_apply or own.shares_residence:
        return {person}
    return {person} | {one for one, sight in seen_by.items() if sight.may_apply}


def _asked(person: UUID, sight: Sight, home: Sequence[UUID], declared: Collection[Reading]) -> dict[str, object]:
    told = [one for one in declared if sight.facets.issuperset(one.facets)]
    has_say = sight.may_apply or RelationKind.CUSTODY in sight.relations
    childs = {Whose.CHILD, Whose.DECIDED} if has_say else {Whose.CHILD}
    return {
        "person": person,
        "childs": [one.action for one in told if one.whose in childs],
        "homes": [one.action for one in told if one.whose is Whose.HOME],
        "owns": [one.action for one in told if one.whose is Whose.OWN],
        "declared": [one.action for one in declared],
        "home": home,
        "whole": home if sight.facets == ALL_FACETS else [],
    }


def _look(row: Any, reading: Reading | None, *, shows_place: bool) -> Look:
    roles = frozenset(row.role.split("+"))
    return Look(row.read_at, row.actor_id, reading, roles, row.institution if shows_place else None, row.purpose)
