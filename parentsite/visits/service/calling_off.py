"""Cancelling for a family that has called, has moved away, or has lost its child."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation import audit
from parentsite.foundation.work import Work
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.rules.appointments import LIVE, CalledOff, VisitState
from parentsite.visits.service.booking import Standing, change_standing, standing_at_desk
from parentsite.visits.service.errors import TooLate
from parentsite.visits.service.slots import give_back, lock_slots
from parentsite.visits.service.telling import tell_of_visit


def call_off(work: Work, visit_id: UUID, why: CalledOff) -> None:
    """Give the time back; again changes nothing. When the child has died all its visits that lie ahead are cancelled,
    and nobody is written to.

    Raises `TooLate` when the visit was held, or nobody was at home, `NotFound`.
    """
    visits = _meant(work, standing_at_desk(work, visit_id), why)
    with work.session.begin_nested():
        lock_slots(work, [one.slot_id for one in visits])
        for one in visits:
            if standing_at_desk(work, one.id).state != VisitState.CANCELLED:
                _call_off(work, one, why)


def _meant(work: Work, visit: Standing, why: CalledOff) -> Sequence[Standing]:
    if visit.state == VisitState.CANCELLED:
        return ()
    if not visit.is_live:
        raise TooLate(visit.id)
    if why is not CalledOff.CHILD_DIED:
        return (visit,)
    ahead = select(HomeVisit.id).where(HomeVisit.child_id == visit.child_id, HomeVisit.state.in_(LIVE))
    return [standing_at_desk(work, one) for one in work.session.scalars(ahead.order_by(HomeVisit.id)).all()]


def _call_off(work: Work, visit: Standing, why: CalledOff) -> None:
    sequence = change_standing(work, visit, VisitState.CANCELLED, *LIVE)
    give_back(work, visit.slot_id)
    audit.record(work, "visit.cancelled", [visit.child_id], about=("home_visit", visit.id), purpose=why)
    if why is not CalledOff.CHILD_DIED:
        key = f"home_visit:{visit.id}:{sequence}:cancelled"
        tell_of_visit(work, "cancelled", host=visit.host_id, child=visit.child_id, key=key, visit=visit.id)
