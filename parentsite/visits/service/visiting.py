"""What the health visitors do with a family's visits: propose a time, say what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Child, Person
from parentsite.people.visibility import sight_of
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.policy import plan_of
from parentsite.visits.rules.appointments import LIVE, VISIT, SlotState, VisitState
from parentsite.visits.rules.requests import EXTRA, RequestKind, RequestState
from parentsite.visits.service import asking
from parentsite.visits.service.booking import insert_visit, is_done, noted
from parentsite.visits.service.errors import AlreadyBooked, NotFound, NotOffered, SlotGone, TooLate, TooSoon
from parentsite.visits.service.gate import HOME_DISTRICT, child_at_desk, district_of_home
from parentsite.visits.service.slots import take


@dataclass(frozen=True)
class ToMove:
    """An appointment that the health visitor cannot keep: the family is to be found another time, of the team of
    `district`.
    """

    id: UUID
    child_id: UUID
    host_id: UUID
    visit: str
    starts_at: datetime
    visitor_id: UUID
    district: str | None


def propose(work: Work, child_id: UUID, host: UUID, visit: str, slot_id: UUID) -> UUID:
    """Propose a time to a family, in the home of one of its adults; the same again is the same proposal.

    What the family has asked for is answered by it. Raises `SlotGone` also for a time of another district's team,
    `AlreadyBooked` also when it was held, `NotOffered`, `NotFound`.
    """
    child = child_at_desk(work, child_id)
    sight = sight_of(work.session, host, child_id, work.today)
    if sight is None or not sight.may_apply:
        raise NotFound(host)
    planned = {one.code for one in plan_of(current_town(work.session), child.counts_from)}
    if child.birth_date is None or visit not in planned | {EXTRA}:
        raise NotOffered(visit)
    if visit != EXTRA and is_done(work, child_id, visit):
        raise AlreadyBooked(visit)
    made, district = new_id(), district_of_home(work, host, child_id)
    try:
        with work.session.begin_nested():
            take(work, slot_id, and_(is_free(work), VisitSlot.district == district))
            insert_visit(work, made, child_id, host, visit, slot_id, VisitState.PROPOSED)
            _answer_requests(work, child_id, visit)
    except SlotGone:
        before = _proposed(work, child_id, visit, slot_id)
        if before is None:
            raise
        return before
    noted(work, "proposed", made, child_id, host, 0)
    return made


def say_outcome(work: Work, visit_id: UUID, outcome: VisitState) -> None:
    """Say that the visit was held, or that nobody was at home; a slip can be put right, the same again is nothing.

    Raises `TooSoon` before it begins, `TooLate` when it was cancelled, `NotFound`.
    """
    row = work.session.execute(
        select(HomeVisit.child_id, HomeVisit.state, VisitSlot.starts_at)
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .where(HomeVisit.id == visit_id)
    ).one_or_none()
    if row is None:
        raise NotFound(visit_id)
    if row.state == outcome:
        return
    if work.now < row.starts_at:
        raise TooSoon(local_date(row.starts_at))
    said = change(
        work.session,
        update(HomeVisit)
        .where(HomeVisit.id == visit_id, HomeVisit.state.in_(VISIT.origins(outcome)))
        .values(state=outcome.value, changed_at=work.now),
    )
    if not said:
        if work.session.scalar(select(HomeVisit.state).where(HomeVisit.id == visit_id)) == outcome:
            return
        raise TooLate(visit_id)
    audit.record(work, f"visit.{outcome.value}", [row.child_id], about=("home_visit", visit_id))


def to_move(work: Work) -> Sequence[ToMove]:
    """The families whose health visitor cannot come after all, the next first."""
    rows = work.session.execute(
        select(
            HomeVisit.id,
            HomeVisit.child_id,
            HomeVisit.host_id,
            HomeVisit.visit,
            VisitSlot.starts_at,
            VisitSlot.visitor_id,
            HOME_DISTRICT.label("district"),
        )
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .join(Child, Child.id == HomeVisit.child_id)
        .join(Person, Person.id == HomeVisit.host_id)
        .where(
            VisitSlot.state == SlotState.TAKEN.value,
            VisitSlot.starts_at > work.now,
            VisitSlot.is_closing,
            HomeVisit.state.in_(LIVE),
        )
        .order_by(VisitSlot.starts_at, HomeVisit.id)
    )
    return tuple(ToMove(**row._mapping) for row in rows)


def is_free(work: Work) -> ColumnElement[bool]:
    """The condition that a time may be given to any family: nobody has it, and nobody holds it."""
    held = or_(VisitSlot.held_until.is_(None), VisitSlot.held_until <= work.now)
    return and_(VisitSlot.state == SlotState.OPEN.value, VisitSlot.starts_at > work.now, held)


def _answer_requests(work: Work, child_id: UUID, visit: str) -> None:
    waiting = work.session.scalars(
        select(VisitRequest.id)
        .where(
            VisitRequest.child_id == child_id,
            VisitRequest.state == RequestState.OPEN,
            or_(VisitRequest.visit == visit, VisitRequest.kind == RequestKind.NOT_CONTACTED),
        )
        .order_by(VisitRequest.id)
    ).all()
    for request in waiting:
        asking.answer(work, request)


def _proposed(work: Work, child_id: UUID, visit: str, slot_id: UUID) -> UUID | None:
    return work.session.scalars(
        select(HomeVisit.id).where(
            HomeVisit.child_id == child_id,
            HomeVisit.visit == visit,
            HomeVisit.slot_id == slot_id,
            HomeVisit.state.in_(LIVE),
        )
    ).one_or_none()
