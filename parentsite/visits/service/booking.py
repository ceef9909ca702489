"""Booking, confirming, moving and cancelling: each wholly or not at all, and the same press again changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.policy import policy_of
from parentsite.visits.rules.appointments import LIVE, VisitState, may_cancel
from parentsite.visits.service import asking
from parentsite.visits.service.errors import AlreadyBooked, NotFound, SlotGone, TooLate
from parentsite.visits.service.gate import child_decided_for, child_written_about, may_change
from parentsite.visits.service.slots import give_back, lock_slots, take_for_family
from parentsite.visits.service.telling import tell, tell_of_visit
from parentsite.visits.service.times import family_at, room_for


@dataclass(frozen=True)
class Standing:
    """An appointment as it stands, for somebody who may change it."""

    id: UUID
    child_id: UUID
    host_id: UUID
    slot_id: UUID
    visit: str
    state: str
    starts_at: datetime
    is_closing: bool

    @property
    def is_live(self) -> bool:
        """Whether it still lies ahead, as far as anybody has said."""
        return self.state in LIVE


def book(work: Work, person: UUID, child_id: UUID, visit: str, slot_id: UUID) -> UUID:
    """Take a time that is free, or held for this parent, and return the appointment.

    A hold that has run out does not matter while nobody else has the time. Raises `SlotGone`, `AlreadyBooked`,
    `NotOffered`, `NotFound`.
    """
    child = child_written_about(work, person, child_id)
    room = room_for(work, person, child, visit)
    if is_done(work, child_id, visit):
        raise AlreadyBooked(visit)
    made = new_id()
    try:
        with work.session.begin_nested():
            take_for_family(work, slot_id, family_at(work, person, child_id, room))
            insert_visit(work, made, child_id, person, visit, slot_id, VisitState.BOOKED)
            asking.answer_full(work, child_id, visit)
    except SlotGone:
        if before := _booked(work, child_id, visit, slot_id):
            return before
        raise
    noted(work, "booked", made, child_id, person, 0)
    return made


def confirm(work: Work, person: UUID, visit_id: UUID, slot_id: UUID | None) -> None:
    """Say yes to the time that was shown; again changes nothing.

    Raises `SlotGone` when the health visitor has proposed another since, or cannot come after all, `TooLate`,
    `NotFound`.
    """
    visit = standing(work, person, visit_id)
    if visit.slot_id == slot_id and visit.state == VisitState.BOOKED:
        return
    if visit.slot_id != slot_id or visit.is_closing:
        raise SlotGone(visit.slot_id)
    if work.now >= visit.starts_at:
        raise TooLate(visit_id)
    try:
        changed = change_standing(work, visit, VisitState.BOOKED, VisitState.PROPOSED)
    except TooLate:
        if standing(work, person, visit_id).state == VisitState.BOOKED:
            return
        raise
    noted(work, "confirmed", visit_id, visit.child_id, visit.host_id, changed)


def move(work: Work, person: UUID, visit_id: UUID, slot_id: UUID, *, is_ill: bool = False) -> None:
    """Take another time for the same visit; the old one is free for others at once.

    When the health visitor cannot come after all, there is no deadline. The visit is in the home of who moves it; who
    had it before hears of it too.
    Raises `SlotGone`, `TooLate`, `NotOffered`, `NotFound`.
    """
    visit = standing(work, person, visit_id)
    if visit.slot_id == slot_id and visit.state == VisitState.BOOKED:
        return
    child = child_written_about(work, person, visit.child_id)
    room = room_for(work, person, child, visit.visit)
    with work.session.begin_nested():
        lock_slots(work, (visit.slot_id, slot_id))
        visit = standing(work, person, visit_id)
        _check_in_time(work, visit, is_ill=is_ill)
        take_for_family(work, slot_id, family_at(work, person, visit.child_id, room))
        sequence = change_standing(work, visit, VisitState.BOOKED, *LIVE, slot_id=slot_id, host_id=person)
        give_back(work, visit.slot_id)
    noted(work, "moved", visit_id, visit.child_id, person, sequence)
    if visit.host_id != person:
        key = f"home_visit:{visit_id}:{sequence}:moved:{visit.host_id}"
        tell(work, "moved", host=visit.host_id, child=visit.child_id, key=key, visit=visit_id)


def cancel(work: Work, person: UUID, visit_id: UUID, *, is_ill: bool = False) -> None:
    """Give the time back; illness, which is not written down, asks nobody beforehand. Raises `TooLate`, `NotFound`."""
    visit = standing(work, person, visit_id)
    if visit.state == VisitState.CANCELLED:
        return
    with work.session.begin_nested():
        lock_slots(work, (visit.slot_id,))
        visit = standing(work, person, visit_id)
        if visit.state == VisitState.CANCELLED:
            return
        _check_in_time(work, visit, is_ill=is_ill)
        sequence = change_standing(work, visit, VisitState.CANCELLED, *LIVE)
        give_back(work, visit.slot_id)
    noted(work, "cancelled", visit_id, visit.child_id, visit.host_id, sequence)


_STANDING = (
    select(
        HomeVisit.id,
        HomeVisit.child_id,
        HomeVisit.host_id,
        HomeVisit.slot_id,
        HomeVisit.visit,
        HomeVisit.state,
        VisitSlot.starts_at,
        VisitSlot.is_closing,
    )
    .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
    .where(HomeVisit.id == bindparam("visit"))
)


def standing(work: Work, person: UUID, visit_id: UUID) -> Standing:
    """The appointment, for an adult who may change it; `NotFound` for all others."""
    found = standing_at_desk(work, visit_id)
    child = child_decided_for(work, person, found.child_id)
    if not (child.sight.sees(Facet.TIME) and may_change(child.sight, person, found.host_id)):
        raise NotFound(visit_id)
    return found


def standing_at_desk(work: Work, visit_id: UUID) -> Standing:
    """The appointment, for the health visitors. Raises `NotFound`."""
    row = columns(work.session, _STANDING, {"visit": visit_id}).one_or_none()
    if row is None:
        raise NotFound(visit_id)
    return Standing(**row._mapping)


def _check_in_time(work: Work, visit: Standing, *, is_ill: bool) -> None:
    hours = policy_of(current_town(work.session)).cancel_hours
    if not visit.is_live or not may_cancel(visit.starts_at, work.now, hours, is_ill=is_ill or visit.is_closing):
        raise TooLate(visit.id)


def insert_visit(work: Work, made: UUID, child: UUID, host: UUID, visit: str, slot: UUID, state: VisitState) -> None:
    """Raises `AlreadyBooked` when the child has an appointment for this visit."""
    row = {"id": made, "child_id": child, "host_id": host, "slot_id": slot, "visit": visit, "state": state.value}
    try:
        change(work.session, _INSERT, {**row, "sequence": 0, "made_at": work.now, "changed_at": work.now})
    except IntegrityError as error:
        raise AlreadyBooked(visit) from error


_INSERT = insert(HomeVisit)


def change_standing(work: Work, visit: Standing, to: VisitState, *origins: str, **values: object) -> int:
    """Returns the number of the change. Raises `TooLate` when another was quicker."""
    sequence = work.session.execute(
        update(HomeVisit)
        .where(HomeVisit.id == visit.id, HomeVisit.slot_id == visit.slot_id, HomeVisit.state.in_(origins))
        .values(state=to.value, sequence=HomeVisit.sequence + 1, changed_at=work.now, **values)
        .returning(HomeVisit.sequence)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if sequence is None:
        raise TooLate(visit.id)
    return sequence


def is_done(work: Work, child_id: UUID, visit: str) -> bool:
    """Whether the child has had this visit."""
    return bool(columns(work.session, _IS_DONE, {"child": child_id, "visit": visit}).scalar_one())


_IS_DONE = select(
    exists().where(
        HomeVisit.child_id == bindparam("child"),
        HomeVisit.visit == bindparam("visit"),
        HomeVisit.state == VisitState.DONE.value,
    )
)


def _booked(work: Work, child_id: UUID, visit: str, slot_id: UUID) -> UUID | None:
    """The appointment that an earlier press has made of the same time."""
    asked = {"child": child_id, "visit": visit, "slot": slot_id}
    made: UUID | None = columns(work.session, _BOOKED, asked).scalar_one_or_none()
    return made


_BOOKED = select(HomeVisit.id).where(
    HomeVisit.child_id == bindparam("child"),
    HomeVisit.visit == bindparam("visit"),
    HomeVisit.slot_id == bindparam("slot"),
    HomeVisit.state == VisitState.BOOKED.value,
)


def noted(work: Work, what: str, visit: UUID, child: UUID, host: UUID, sequence: int) -> None:
    """Audit and letter of one change."""
    audit.record(work, f"visit.{what}", [child], about=("home_visit", visit))
    tell_of_visit(work, what, host=host, child=child, key=f"home_visit:{visit}:{sequence}:{what}", visit=visit)
