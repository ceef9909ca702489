"""A health visitor's plan: working hours and days off become slots; what families have taken is never dropped."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import StaffMember
from parentsite.town.closed import closed_days
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitAbsence, VisitHours, VisitLaid, VisitSlot
from parentsite.visits.policy import policy_of
from parentsite.visits.rules.appointments import LIVE, SlotState
from parentsite.visits.rules.slots import Absence, Shift, Slot, keeps, slots
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.telling import tell_of_visit
from parentsite.visits.service.times import NOT_HELD

AHEAD = timedelta(days=365)
"""How far ahead there are times to pick; the last visit of the plan is offered at nine months."""


def save_hours(work: Work, visitor: UUID, shifts: Sequence[Shift]) -> None:
    """Put the weekly pattern in place of the one before. Raises `NotFound`."""
    _lock(work, visitor)
    work.session.execute(delete(VisitHours).where(VisitHours.visitor_id == visitor))
    for shift in shifts:
        work.session.execute(insert(VisitHours).values(id=new_id(), visitor_id=visitor, **_row(shift)))
    audit.record(work, "visit.hours_saved", [], about=("staff_member", visitor))
    lay(work, visitor)


def add_hours(work: Work, visitor: UUID, shift: Shift) -> None:
    """Add weekly hours to the pattern; the same hours again are the same. Raises `NotFound`."""
    _lock(work, visitor)
    if shift not in _shifts(work, visitor):
        work.session.execute(insert(VisitHours).values(id=new_id(), visitor_id=visitor, **_row(shift)))
        audit.record(work, "visit.hours_saved", [], about=("staff_member", visitor))
    lay(work, visitor)


def change_hours(work: Work, visitor: UUID, hours: UUID, to: Shift) -> None:
    """From its first day on, `to` is worked in place of these weekly hours; again changes nothing.

    Raises `NotFound`.
    """
    _lock(work, visitor)
    these = (VisitHours.id == hours, VisitHours.visitor_id == visitor)
    since = work.session.scalars(select(VisitHours.since).where(*these)).one_or_none()
    if since is None:
        raise NotFound(hours)
    if to.since <= since:
        change(work.session, update(VisitHours).where(*these).values(_row(to)))
    else:
        _end(work, these, to.since)
        if to not in _shifts(work, visitor):
            work.session.execute(insert(VisitHours).values(id=new_id(), visitor_id=visitor, **_row(to)))
    audit.record(work, "visit.hours_saved", [], about=("staff_member", visitor))
    lay(work, visitor)


def end_hours(work: Work, visitor: UUID, hours: UUID, day: date) -> None:
    """These weekly hours are no longer worked from `day` on, today at the earliest; again changes nothing.

    Raises `NotFound`.
    """
    _lock(work, visitor)
    these = (VisitHours.id == hours, VisitHours.visitor_id == visitor)
    over = these if day <= work.today else (*these, VisitHours.since >= day)
    if change(work.session, delete(VisitHours).where(*over)) or _end(work, these, day):
        audit.record(work, "visit.hours_saved", [], about=("staff_member", visitor))
    lay(work, visitor)


def be_away(work: Work, visitor: UUID, first: date, last: date) -> None:
    """No visits from `first` to `last`, both included; families who have a time then are to be moved."""
    _lock(work, visitor)
    before = select(VisitAbsence.id).where(
        VisitAbsence.visitor_id == visitor, VisitAbsence.first == first, VisitAbsence.last == last
    )
    if work.session.scalars(before).first() is None:
        row = {"id": new_id(), "visitor_id": visitor, "first": first, "last": last}
        work.session.execute(insert(VisitAbsence).values(row))
        audit.record(work, "visit.absence_saved", [], about=("staff_member", visitor))
    lay(work, visitor)


def be_back(work: Work, visitor: UUID, absence: UUID) -> None:
    """These days off were a mistake, or end before their time; other days off stay, also where they overlap."""
    _lock(work, visitor)
    gone = delete(VisitAbsence).where(VisitAbsence.id == absence, VisitAbsence.visitor_id == visitor)
    if change(work.session, gone):
        audit.record(work, "visit.absence_removed", [], about=("staff_member", visitor))
    lay(work, visitor)


def has_displaced(work: Work, visitor: UUID) -> bool:
    """Whether a family has a time ahead that this health visitor cannot keep."""
    found = exists().where(
        VisitSlot.visitor_id == visitor,
        VisitSlot.free_at > work.now,
        VisitSlot.state == SlotState.TAKEN.value,
        VisitSlot.is_closing,
    )
    return bool(work.session.scalar(select(found)))


def lay_all(work: Work) -> int:
    """Give every health visitor times for the year ahead, once a day; the worker calls it. Returns how many times are
    new.
    """
    laid = exists().where(VisitLaid.visitor_id == VisitHours.visitor_id, VisitLaid.until >= work.today + AHEAD)
    waiting = select(VisitHours.visitor_id).where(~laid).distinct().order_by(VisitHours.visitor_id)
    return sum(lay(work, visitor) for visitor in work.session.scalars(waiting).all())


def lay(work: Work, visitor: UUID) -> int:
    """Make the slots what the plan says: free ones come and go, taken ones outside of it are marked for moving, and
    their families are told.

    Returns how many are new.
    """
    _lock(work, visitor)
    town, last = current_town(work.session), work.today + AHEAD
    shifts, absences = _shifts(work, visitor), _absences(work, visitor)
    closed = closed_days(town, work.today, last)
    planned = slots(
        shifts, first=work.today, last=last, lengths=policy_of(town).lengths, absences=absences, closed=closed
    )
    wanted = {slot for slot in planned if slot.starts_at > work.now}
    there = _slots_ahead(work, visitor)
    is_free = {slot: row.state == SlotState.OPEN for slot, row in there.items()}
    if unwanted := [row.id for slot, row in there.items() if is_free[slot] and slot not in wanted]:
        _withdraw(work, unwanted)
    kept = [slot for slot in there if not is_free[slot]]
    for slot in kept:
        closing = not keeps(slot, shifts, absences, closed)
        if there[slot].is_closing is not closing:
            change(work.session, update(VisitSlot).where(VisitSlot.id == there[slot].id).values(is_closing=closing))
            _tell(work, "must_move" if closing else "stands", there[slot].id)
    fresh = sorted(slot for slot in wanted - there.keys() if not any(slot.meets(other) for other in kept))
    _insert(work, visitor, fresh)
    _note_laid(work, visitor, last)
    return len(fresh)


def _lock(work: Work, visitor: UUID) -> None:
    """One change of a health visitor's plan at a time. Raises `NotFound`."""
    alone = select(StaffMember.id).where(StaffMember.id == visitor).with_for_update(key_share=True)
    if work.session.scalars(alone).one_or_none() is None:
        raise NotFound(visitor)


def _note_laid(work: Work, visitor: UUID, until: date) -> None:
    if not change(work.session, update(VisitLaid).where(VisitLaid.visitor_id == visitor).values(until=until)):
        work.session.execute(insert(VisitLaid).values(visitor_id=visitor, until=until))


def _tell(work: Work, letter: str, slot: UUID) -> None:
    """The family hears at once that the health visitor cannot come, or can after all: each time that it changes."""
    live = select(HomeVisit.id, HomeVisit.host_id, HomeVisit.child_id, HomeVisit.sequence)
    for row in work.session.execute(live.where(HomeVisit.slot_id == slot, HomeVisit.state.in_(LIVE))):
        key = f"home_visit:{row.id}:{row.sequence}:{letter}:{work.now.timestamp()}"
        tell_of_visit(work, letter, host=row.host_id, child=row.child_id, key=key, visit=row.id)


def _end(work: Work, these: Iterable[ColumnElement[bool]], day: date) -> int:
    goes_on = or_(VisitHours.until.is_(None), VisitHours.until > day)
    return change(work.session, update(VisitHours).where(*these, goes_on).values(until=day))


def _row(shift: Shift) -> dict[str, object]:
    return {field: getattr(shift, field) for field in ("district", "weekday", "opens", "closes", "since", "until")}


def _shifts(work: Work, visitor: UUID) -> list[Shift]:
    rows = work.session.execute(
        select(
            VisitHours.district,
            VisitHours.weekday,
            VisitHours.opens,
            VisitHours.closes,
            VisitHours.since,
            VisitHours.until,
        ).where(VisitHours.visitor_id == visitor)
    )
    return [Shift(*row) for row in rows]


def _absences(work: Work, visitor: UUID) -> list[Absence]:
    rows = work.session.execute(select(VisitAbsence.first, VisitAbsence.last).where(VisitAbsence.visitor_id == visitor))
    return [Absence(*row) for row in rows]


def _slots_ahead(work: Work, visitor: UUID) -> dict[Slot, VisitSlot]:
    """The slots that still count, locked in the order of their ids: nobody takes one meanwhile."""
    ahead = (
        select(VisitSlot)
        .where(
            VisitSlot.visitor_id == visitor,
            VisitSlot.free_at > work.now,
            VisitSlot.state != SlotState.WITHDRAWN,
        )
        .order_by(VisitSlot.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {Slot(row.starts_at, row.ends_at, row.free_at, row.district): row for row in work.session.scalars(ahead)}


def _withdraw(work: Work, ids: Sequence[UUID]) -> None:
    change(
        work.session,
        update(VisitSlot)
        .where(VisitSlot.id.in_(ids), VisitSlot.state == SlotState.OPEN)
        .values(state=SlotState.WITHDRAWN.value, **NOT_HELD),
    )


def _insert(work: Work, visitor: UUID, fresh: Sequence[Slot]) -> None:
    rows = [
        {
            "id": new_id(),
            "visitor_id": visitor,
            "district": slot.district,
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "free_at": slot.free_at,
            "state": SlotState.OPEN.value,
            "is_closing": False,
        }
        for slot in fresh
    ]
    if rows:
        work.session.execute(insert(VisitSlot), rows)
