"""Free times for a family, and holding one for a few minutes while a parent confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import UTCDateTime, change, columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.policy import policy_of
from parentsite.visits.rules.appointments import LIVE, SlotState, VisitState, held_until
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.rules.slots import start_of
from parentsite.visits.rules.windows import Window
from parentsite.visits.service.errors import NotOffered, SlotGone
from parentsite.visits.service.gate import child_decided_for, child_written_about, district_of_home
from parentsite.visits.service.plans import Plan, window_of

EXTRA_AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class FreeTime:
    """A time that this family may take; `held_until` when it is held for them already."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    held_until: datetime | None


@dataclass(frozen=True)
class Room:
    """Where and when a family's times for one visit may lie: moments are aware, the end is not included."""

    district: str | None
    first: datetime
    end: datetime


def room_for(work: Work, person: UUID, child: ChildView, visit: str) -> Room:
    """The district's times inside the visit's window. What is too near to be cancelled is too near to be picked.

    A visit outside the plan has no window: one that is agreed can be moved some weeks ahead. Raises `NotOffered`.
    """
    is_outside = visit == EXTRA and _is_agreed(work, child, visit)
    return _room(work, person, child, None if is_outside else window_of(work, child, visit))


def _room(work: Work, person: UUID, child: ChildView, window: Window | None) -> Room:
    district = district_of_home(work, person, child.id)
    soonest = work.now + timedelta(hours=policy_of(current_town(work.session)).cancel_hours)
    if window is None:
        return Room(district, soonest, work.now + EXTRA_AHEAD)
    return Room(district, max(start_of(window.first), soonest), start_of(window.last + timedelta(days=1)))


_LAST_VISITOR = (
    select(VisitSlot.visitor_id)
    .join(HomeVisit, HomeVisit.slot_id == VisitSlot.id)
    .where(HomeVisit.child_id == bindparam("child"), HomeVisit.state != VisitState.CANCELLED.value)
    .order_by(VisitSlot.starts_at.desc())
    .limit(1)
    .scalar_subquery()
)
_IS_MINE = VisitSlot.held_until > bindparam("now")
_RANKED = (
    select(
        VisitSlot.id,
        VisitSlot.starts_at,
        VisitSlot.ends_at,
        case((_IS_MINE, VisitSlot.held_until)).label("held"),
        func.row_number()
        .over(
            partition_by=VisitSlot.starts_at,
            order_by=(
                case((_IS_MINE, 0), else_=1),
                case((VisitSlot.visitor_id == _LAST_VISITOR, 0), else_=1),
                VisitSlot.id,
            ),
        )
        .label("rank"),
    )
    .where(
        VisitSlot.state == SlotState.OPEN.value,
        VisitSlot.district == bindparam("district"),
        VisitSlot.starts_at >= bindparam("first"),
        VisitSlot.starts_at < bindparam("end"),
        or_(
            VisitSlot.held_until.is_(None),
            VisitSlot.held_until <= bindparam("now"),
            and_(VisitSlot.held_by == bindparam("person"), VisitSlot.held_child == bindparam("child")),
        ),
    )
    .subquery()
)
_FREE = (
    select(_RANKED.c.id, _RANKED.c.starts_at, _RANKED.c.ends_at, _RANKED.c.held)
    .where(_RANKED.c.rank == 1)
    .order_by(_RANKED.c.starts_at)
)


def free_times(work: Work, person: UUID, child_id: UUID, visit: str) -> Sequence[FreeTime]:
    """The times to pick from, the next first, each once: with the health visitor who came last, where she is free.

    One statement, however many health visitors and days. Raises `NotFound`, `NotOffered`.
    """
    child = child_decided_for(work, person, child_id)
    return _free(work, person, child_id, room_for(work, person, child, visit))


def free_in(work: Work, person: UUID, plan: Plan, visit: str) -> Sequence[FreeTime]:
    """As `free_times`, where the plan of a child that this adult decides for has been read. Raises `NotOffered`."""
    window = next((one.window for one in plan.visits if one.window.visit == visit), None)
    is_outside = visit == EXTRA and plan.extra is not None and plan.extra.is_live
    if not is_outside and (window is None or window.is_provisional):
        raise NotOffered(visit)
    return _free(work, person, plan.child.id, _room(work, person, plan.child, window))


def _free(work: Work, person: UUID, child_id: UUID, room: Room) -> Sequence[FreeTime]:
    rows = columns(work.session, _FREE, {"person": person, "child": child_id, "now": work.now, **vars(room)})
    return tuple(FreeTime(row.id, row.starts_at, row.ends_at, row.held) for row in rows)


def hold(work: Work, person: UUID, child_id: UUID, visit: str, slot_id: UUID) -> datetime:
    """Keep a time for this parent; until when is returned, and pressing again does not make it longer.

    A parent holds one time for a child: picking another lets the first go, unless the other is gone. Raises `SlotGone`,
    `NotFound`, `NotOffered`.
    """
    child = child_written_about(work, person, child_id)
    room = room_for(work, person, child, visit)
    with work.session.begin_nested():
        _let_go(work, person, child_id, VisitSlot.id != slot_id)
        until = _hold(work, person, child_id, visit, slot_id, room)
        if until is None:
            raise SlotGone(slot_id)
    audit.record(work, "visit.time_held", [child_id], about=("visit_slot", slot_id))
    return until


def let_go(work: Work, person: UUID, child_id: UUID) -> None:
    """Let go what this parent holds for the child; nothing held is no error."""
    if _let_go(work, person, child_id):
        audit.record(work, "visit.time_let_go", [child_id], about=("child", child_id))


FREE_TO = and_(
    VisitSlot.state == SlotState.OPEN.value,
    VisitSlot.district == bindparam("at"),
    VisitSlot.starts_at >= bindparam("first"),
    VisitSlot.starts_at < bindparam("end"),
    or_(
        VisitSlot.held_until.is_(None),
        VisitSlot.held_until <= bindparam("now"),
        and_(VisitSlot.held_by == bindparam("person"), VisitSlot.held_child == bindparam("child")),
    ),
)
"""The condition, for an update, that a slot is there for a family to take; `family_at` says which."""


def family_at(work: Work, person: UUID, child_id: UUID, room: Room) -> dict[str, Any]:
    """The values that `FREE_TO` asks for."""
    where = {"at": room.district, "first": room.first, "end": room.end}
    return {**where, "now": work.now, "person": person, "child": child_id}


_IS_GONE = select(
    exists().where(
        VisitSlot.id == bindparam("slot"),
        or_(
            VisitSlot.state != SlotState.OPEN.value,
            and_(
                VisitSlot.held_until > bindparam("now"),
                or_(VisitSlot.held_by != bindparam("person"), VisitSlot.held_child != bindparam("child")),
            ),
        ),
    )
)


def is_gone(work: Work, person: UUID, child_id: UUID, slot_id: UUID) -> bool:
    """Whether a time is plainly no longer there for this family; that it is there, only taking it tells.

    Who is too late learns it by reading, and does not stand in the way of those who write.
    """
    asked = {"slot": slot_id, "now": work.now, "person": person, "child": child_id}
    return bool(columns(work.session, _IS_GONE, asked).scalar_one())


def _is_agreed(work: Work, child: ChildView, visit: str) -> bool:
    live = exists().where(HomeVisit.child_id == child.id, HomeVisit.visit == visit, HomeVisit.state.in_(LIVE))
    return bool(work.session.scalar(select(live)))


NOT_HELD: dict[str, Any] = {"held_by": None, "held_child": None, "held_visit": None, "held_until": None}


_HOLD = (
    update(VisitSlot)
    .where(VisitSlot.id == bindparam("slot"), FREE_TO)
    .values(
        held_by=bindparam("person"),
        held_child=bindparam("child"),
        held_visit=bindparam("visit"),
        held_until=case(
            (
                and_(
                    VisitSlot.held_by == bindparam("person"),
                    VisitSlot.held_child == bindparam("child"),
                    VisitSlot.held_until > bindparam("now"),
                ),
                VisitSlot.held_until,
            ),
            else_=bindparam("until", type_=UTCDateTime()),
        ),
    )
    .returning(VisitSlot.held_until)
)


def _hold(work: Work, person: UUID, child_id: UUID, visit: str, slot_id: UUID, room: Room) -> datetime | None:
    until = held_until(work.now, policy_of(current_town(work.session)).hold_minutes)
    asked = {**family_at(work, person, child_id, room), "slot": slot_id, "visit": visit, "until": until}
    kept: datetime | None = columns(work.session, _HOLD, asked).scalar_one_or_none()
    return kept


def _let_go(work: Work, person: UUID, child_id: UUID, *others: ColumnElement[bool]) -> int:
    """Only what is still held. A hold that has run out is left to whoever comes: so no two families, each after the
    other's old time, ever wait for one another.
    """
    return change(
        work.session,
        update(VisitSlot)
        .where(VisitSlot.held_by == person, VisitSlot.held_child == child_id, VisitSlot.held_until > work.now, *others)
        .values(NOT_HELD),
    )
