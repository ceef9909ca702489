"""The health visitors' own choice of a time for a family: which are free, and moving an appointment to another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, literal, select, union_all, update

from parentsite.foundation.work import Work
from parentsite.people.casework import Family
from parentsite.people.models import StaffMember
from parentsite.people.visibility import sight_of
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE, VisitState
from parentsite.visits.rules.slots import start_of
from parentsite.visits.rules.windows import Window
from parentsite.visits.service.booking import noted
from parentsite.visits.service.errors import NotFound, TooLate
from parentsite.visits.service.gate import district_of_home
from parentsite.visits.service.plans import dated_windows, shifts_of
from parentsite.visits.service.slots import give_back, lock_slots, take
from parentsite.visits.service.times import Room
from parentsite.visits.service.visiting import is_free

MOST = 40
"""Times shown at once, the next first."""
AFTER_WINDOW = timedelta(weeks=8)
"""How far ahead times are shown when a visit has no window, or its window is past."""


@dataclass(frozen=True)
class TeamTime:
    """A free time of a health visitor of the district."""

    slot_id: UUID
    starts_at: datetime
    visitor_name: str


def windows_at_desk(work: Work, family: Family) -> tuple[Window, ...]:
    """The dated windows of a child's visits, as the family sees them."""
    shifts = shifts_of(work, [family.child_id]).get(family.child_id, ())
    return dated_windows(current_town(work.session), family, shifts)


def room_at_desk(work: Work, district: str | None, window: Window | None) -> Room:
    """A visit's window in a district; the next weeks when it is past, or there is none."""
    if window is None or window.last < work.today:
        return Room(district, work.now, work.now + AFTER_WINDOW)
    return Room(district, max(work.now, start_of(window.first)), start_of(window.last + timedelta(days=1)))


def times_for(work: Work, family: Family, visit: str, host: UUID | None) -> Sequence[TeamTime]:
    """Free times for a visit in the home of `host`, the next first."""
    window = next((one for one in windows_at_desk(work, family) if one.visit == visit), None)
    room = room_at_desk(work, district_of_home(work, host, family.child_id), window)
    return times_in(work, [room], MOST)[room]


def times_in(work: Work, rooms: Iterable[Room], most: int) -> Mapping[Room, Sequence[TeamTime]]:
    """So many free times of the district in each of these rooms, the next first. One statement for all."""
    found: dict[Room, list[TeamTime]] = {room: [] for room in rooms}
    each = list(found)
    parts = [_free_in(work, room, number, most) for number, room in enumerate(each)]
    rows = work.session.execute(union_all(*(select(part.subquery()) for part in parts))) if parts else ()
    for row in rows:
        found[each[row.room]].append(TeamTime(row.id, row.starts_at, row.name))
    return {room: sorted(times, key=lambda one: (one.starts_at, one.visitor_name)) for room, times in found.items()}


def _free_in(work: Work, room: Room, number: int, most: int) -> Select[*tuple[Any, ...]]:
    return (
        select(literal(number).label("room"), VisitSlot.id, VisitSlot.starts_at, StaffMember.name)
        .join(StaffMember, StaffMember.id == VisitSlot.visitor_id)
        .where(
            is_free(work),
            VisitSlot.district == room.district,
            VisitSlot.starts_at >= room.first,
            VisitSlot.starts_at < room.end,
        )
        .order_by(VisitSlot.starts_at, StaffMember.name, VisitSlot.id)
        .limit(most)
    )


def propose_anew(work: Work, visit_id: UUID, slot_id: UUID) -> None:
    """Propose another time for an appointment that stands; the old time is free at once, or gone from the plan.

    The same again changes nothing. Raises `SlotGone` also for a time of another district's team, `TooLate`, `NotFound`.
    """
    before = _standing(work, visit_id)
    if before.slot_id == slot_id:
        return
    with work.session.begin_nested():
        lock_slots(work, (before.slot_id, slot_id))
        visit = _standing(work, visit_id)
        if visit.slot_id == slot_id:
            return
        if visit.state not in LIVE or visit.slot_id != before.slot_id:
            raise TooLate(visit_id)
        take(work, slot_id, and_(is_free(work), VisitSlot.district == _district(work, visit)))
        sequence = _stand_on(work, visit_id, slot_id)
        give_back(work, visit.slot_id)
    noted(work, "proposed", visit_id, visit.child_id, visit.host_id, sequence)


@dataclass(frozen=True)
class _Standing:
    child_id: UUID
    host_id: UUID
    slot_id: UUID
    state: str


def _standing(work: Work, visit_id: UUID) -> _Standing:
    """The appointment in the home of an adult who still decides for the child. Raises `NotFound`."""
    row = work.session.execute(
        select(HomeVisit.child_id, HomeVisit.host_id, HomeVisit.slot_id, HomeVisit.state).where(
            HomeVisit.id == visit_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound(visit_id)
    sight = sight_of(work.session, row.host_id, row.child_id, work.today)
    if sight is None or not sight.may_apply:
        raise NotFound(row.host_id)
    return _Standing(*row)


def _district(work: Work, visit: _Standing) -> str | None:
    return district_of_home(work, visit.host_id, visit.child_id)


def _stand_on(work: Work, visit_id: UUID, slot_id: UUID) -> int:
    """Returns the number of the change."""
    return work.session.execute(
        update(HomeVisit)
        .where(HomeVisit.id == visit_id)
        .values(
            state=VisitState.PROPOSED.value,
            slot_id=slot_id,
            sequence=HomeVisit.sequence + 1,
            changed_at=work.now,
        )
        .returning(HomeVisit.sequence)
        .execution_options(synchronize_session=False)
    ).scalar_one()
