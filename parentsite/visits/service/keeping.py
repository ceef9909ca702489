"""What the worker does for home visits: reminds of tomorrow's, and forgets what is past its time."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.outbox import posted
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit, VisitShift
from parentsite.visits.models.families import StartTalk, VisitContact, VisitHome, VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE, SlotState, VisitState
from parentsite.visits.rules.requests import LOOKED_FOR, RequestState
from parentsite.visits.rules.slots import start_of
from parentsite.visits.rules.start import TalkState
from parentsite.visits.service.telling import tell_of_visit

AT_ONCE = 200


def remind(work: Work) -> int:
    """A letter the day before, one for each time that an appointment has had. Returns how many were due just now.

    A visit that must be moved, or that was agreed or moved today, is not reminded of: that family has another letter.
    """
    tomorrow = work.today + timedelta(days=1)
    rows = work.session.execute(
        select(HomeVisit.id, HomeVisit.host_id, HomeVisit.child_id, HomeVisit.sequence)
        .select_from(VisitSlot)
        .join(HomeVisit, HomeVisit.slot_id == VisitSlot.id)
        .where(
            VisitSlot.state == SlotState.TAKEN.value,
            VisitSlot.starts_at >= start_of(tomorrow),
            VisitSlot.starts_at < start_of(tomorrow + timedelta(days=1)),
            VisitSlot.is_closing.is_(False),
            HomeVisit.state.in_(LIVE),
            HomeVisit.changed_at < start_of(work.today),
        )
        .order_by(VisitSlot.starts_at, HomeVisit.id)
    ).all()
    due = {f"home_visit:{row.id}:{row.sequence}:reminder": row for row in rows}
    fresh = due.keys() - posted(work.session, due)
    for key in sorted(fresh):
        row = due[key]
        tell_of_visit(work, "reminder", host=row.host_id, child=row.child_id, key=key, visit=row.id)
    return len(fresh)


def forget_old(work: Work) -> int:
    """Times that nobody kept, with the visits that were cancelled on them, and what families asked and were answered,
    when they are past their time; that a family was contacted, when its child is no longer looked for; visits, and
    what was moved for a child, so long after that.

    Returns how many rows are gone.
    """
    days = current_town(work.session).settings.visits.visit_keep_days.value
    past = work.today - timedelta(days=days)
    free = (SlotState.OPEN.value, SlotState.WITHDRAWN.value)
    slots = work.session.scalars(
        select(VisitSlot.id).where(VisitSlot.state.in_(free), VisitSlot.starts_at < start_of(past)).limit(AT_ONCE)
    ).all()
    closed = (RequestState.ANSWERED.value, RequestState.TAKEN_BACK.value)
    requests = select(VisitRequest.id).where(VisitRequest.state.in_(closed), VisitRequest.reply_by < past)
    gone = _drop_slots(work, slots)
    old = work.session.scalars(requests.limit(AT_ONCE)).all()
    gone += change(work.session, delete(VisitRequest).where(VisitRequest.id.in_(old)))
    gone += change(work.session, delete(VisitContact).where(VisitContact.made_at < start_of(work.today - LOOKED_FOR)))
    gone += _forget_homes(work, past) + _forget_talks(work, past)
    return gone + _forget_visits(work, past - LOOKED_FOR) + _forget_shifts(work, past - LOOKED_FOR)


def _drop_slots(work: Work, slots: Sequence[UUID]) -> int:
    """With all visits that ever stood on them. Returns how many times are gone."""
    change(work.session, delete(HomeVisit).where(HomeVisit.slot_id.in_(slots)))
    return change(work.session, delete(VisitSlot).where(VisitSlot.id.in_(slots)))


def _forget_visits(work: Work, past: date) -> int:
    """Visits before that day, whatever came of them. A child visited then has outgrown the plan: nobody needs to know
    any more which of its visits were held, and nobody looks for its family again.
    """
    rows = work.session.execute(
        select(HomeVisit.id, HomeVisit.child_id, HomeVisit.slot_id)
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .where(
            VisitSlot.state == SlotState.TAKEN.value,
            VisitSlot.starts_at < start_of(past),
            HomeVisit.state != VisitState.CANCELLED.value,
        )
        .limit(AT_ONCE)
    ).all()
    for row in rows:
        audit.record(work, "visit.forgotten", [row.child_id], about=("home_visit", row.id))
    return _drop_slots(work, [row.slot_id for row in rows])


def _forget_shifts(work: Work, past: date) -> int:
    """Why the days of a child's visits were moved, when the child has outgrown the plan."""
    rows = work.session.execute(
        select(VisitShift.id, VisitShift.child_id)
        .join(Child, Child.id == VisitShift.child_id)
        .where(VisitShift.made_at < start_of(past), func.coalesce(Child.birth_date, Child.due_date) < past)
        .limit(AT_ONCE)
    ).all()
    for row in rows:
        audit.record(work, "visit.shift_forgotten", [row.child_id], about=("visit_shift", row.id))
    return change(work.session, delete(VisitShift).where(VisitShift.id.in_([row.id for row in rows])))


def _forget_talks(work: Work, past: date) -> int:
    """Start talks that are long over, or not wanted any more. The receipts of consents stay."""
    ended = (TalkState.ARRANGED.value, TalkState.TAKEN_BACK.value)
    over = (StartTalk.state.in_(ended), StartTalk.changed_at < start_of(past))
    found = work.session.scalars(select(StartTalk.id).where(*over).limit(AT_ONCE)).all()
    return change(work.session, delete(StartTalk).where(StartTalk.id.in_(found)))


def _forget_homes(work: Work, past: date) -> int:
    """What helps a visit in a home, when it was told long ago and no visit there is less old."""
    told = set(work.session.scalars(select(VisitHome.person_id).where(VisitHome.told_on < past)))
    visited = (
        select(HomeVisit.host_id)
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .where(HomeVisit.host_id.in_(told), VisitSlot.starts_at >= start_of(past))
    )
    gone = told.difference(work.session.scalars(visited))
    return change(work.session, delete(VisitHome).where(VisitHome.person_id.in_(gone), VisitHome.told_on < past))
