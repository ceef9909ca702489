"""The desk's list of groups: those with places, those that are full, those that are closed to newcomers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from parentsite.foundation.database import columns, one_of_these
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.fitting import Births
from parentsite.groups.rules.membership import GroupState, MeetingState, MemberState

PAGE_SIZE = 30


class Shelf(StrEnum):
    """Which groups are listed."""

    OPEN = "open"
    """Newcomers may join, and there are places."""
    FULL = "full"
    """Newcomers stand in line."""
    CLOSED = "closed"
    """Nobody new joins."""


@dataclass(frozen=True)
class Wanted:
    """What the desk looks for: groups on a shelf, of a kind, in a part of town, for a child born, or due, that day."""

    shelf: Shelf = Shelf.OPEN
    kind: str | None = None
    district: str | None = None
    born: date | None = None


@dataclass(frozen=True)
class DeskGroup:
    """A group in the desk's list; `waiting` is how many stand in line."""

    id: UUID
    kind: str
    district: str | None
    births: Births | None
    capacity: int | None
    taken: int
    waiting: int
    next_meeting: datetime | None


@dataclass(frozen=True)
class DeskSheet:
    """One page of the list, and whether there is another."""

    rows: Sequence[DeskGroup]
    number: int
    has_more: bool


_MADE = ParentGroup.made_at <= bindparam("now")
"""With a state beside it: in the index's own order a page is read, and no more."""
_IS_OPEN = one_of_these(ParentGroup.state, [GroupState.OPEN.value])
_IS_FULL = and_(ParentGroup.capacity.is_not(None), ParentGroup.taken >= ParentGroup.capacity)
_SHELVES: dict[Shelf, ColumnElement[bool]] = {
    Shelf.OPEN: and_(_IS_OPEN, or_(ParentGroup.capacity.is_(None), ParentGroup.taken < ParentGroup.capacity)),
    Shelf.FULL: and_(_IS_OPEN, _IS_FULL),
    Shelf.CLOSED: one_of_these(ParentGroup.state, [GroupState.CLOSED.value]),
}
_AHEAD = (
    (GroupMeeting.group_id == ParentGroup.id)
    & (GroupMeeting.state == MeetingState.PLANNED.value)
    & (GroupMeeting.starts_at > bindparam("now"))
)
_GROUPS = select(
    ParentGroup.id,
    ParentGroup.kind,
    ParentGroup.district,
    ParentGroup.born_from,
    ParentGroup.born_until,
    ParentGroup.capacity,
    ParentGroup.taken,
    select(func.min(GroupMeeting.starts_at)).where(_AHEAD).scalar_subquery().label("next_meeting"),
    select(func.count())
    .where(GroupMember.group_id == ParentGroup.id, GroupMember.state == MemberState.WAITING.value)
    .scalar_subquery()
    .label("waiting"),
).order_by(ParentGroup.made_at.desc(), ParentGroup.id)


def desk_groups(work: Work, wanted: Wanted, number: int = 1) -> DeskSheet:
    """A page of the groups on a shelf, the newest first; one statement. A group that is cancelled is on none."""
    some = _GROUPS.where(*_which(wanted)).limit(PAGE_SIZE + 1).offset(PAGE_SIZE * (number - 1))
    rows = columns(work.session, some, {"now": work.now}).all()
    return DeskSheet([_group(row) for row in rows[:PAGE_SIZE]], number, has_more=len(rows) > PAGE_SIZE)


_WITHOUT_MEETING = select(func.count()).select_from(ParentGroup).where(_IS_OPEN, _MADE, ~exists().where(_AHEAD))


def without_meeting(work: Work) -> int:
    """How many groups newcomers may join that have no meeting ahead: parents see no day to come to."""
    found: int = columns(work.session, _WITHOUT_MEETING, {"now": work.now}).scalar_one()
    return found


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [_SHELVES[wanted.shelf], _MADE]
    if wanted.kind:
        found.append(ParentGroup.kind == wanted.kind)
    if wanted.district:
        found.append(or_(ParentGroup.district == wanted.district, ParentGroup.district.is_(None)))
    if wanted.born:
        is_held = and_(ParentGroup.born_from <= wanted.born, ParentGroup.born_until >= wanted.born)
        found.append(or_(ParentGroup.born_from.is_(None), is_held))
    return found


def births_of(row: Any) -> Births | None:
    """For which children the group of a row is; none when it is for all."""
    return None if row.born_from is None else Births(row.born_from, row.born_until)


def _group(row: Any) -> DeskGroup:
    return DeskGroup(
        id=row.id,
        kind=row.kind,
        district=row.district,
        births=births_of(row),
        capacity=row.capacity,
        taken=row.taken,
        waiting=row.waiting,
        next_meeting=row.next_meeting,
    )
