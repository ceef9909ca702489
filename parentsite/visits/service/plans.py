"""Reading a child's plan: which visits are offered when, and what has come of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.people.visibility import Facet
from parentsite.town.facts import Text
from parentsite.town.service import current_town
from parentsite.visits.models import HomeVisit, VisitShift, VisitSlot
from parentsite.visits.policy import plan_of, policy_of
from parentsite.visits.rules.appointments import VisitState, change_by
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.rules.windows import Window, windows
from parentsite.visits.service.errors import NotOffered
from parentsite.visits.service.gate import child_seen, may_change


@dataclass(frozen=True)
class Appointment:
    """A visit with its time; `change_by` is the moment before which it may be moved or cancelled here.

    `must_move` when the health visitor cannot come after all; `may_act` whether this adult may change it.
    """

    id: UUID
    child_id: UUID
    visit: str
    state: VisitState
    starts_at: datetime
    ends_at: datetime
    sequence: int
    change_by: datetime
    must_move: bool
    may_act: bool


@dataclass(frozen=True)
class OfferedVisit:
    """A visit of the plan; `appointment` is the newest one that was not cancelled."""

    window: Window
    name: Text
    text: Text
    appointment: Appointment | None


@dataclass(frozen=True)
class Plan:
    """All visits of one child, in the plan's order; `extra` is a visit outside it, `on_need` says when there is one.

    `shows_time` when this adult may know of appointments at all.
    """

    child: ChildView
    version: int
    visits: tuple[OfferedVisit, ...]
    extra: Appointment | None
    on_need: Text
    shows_time: bool


def plan_for(work: Work, person: UUID, child_id: UUID) -> Plan:
    """The plan as this adult may see it: times only with the facet of time. Raises `NotFound`."""
    child = child_seen(work, person, child_id)
    town_plan = current_town(work.session).visit_plan(child.counts_from)
    shows_time = child.sight.sees(Facet.TIME)
    found = appointments_of(work, person, child) if shows_time else ()
    newest: Mapping[str, Appointment] = {one.visit: one for one in found if one.state is not VisitState.CANCELLED}
    visits = tuple(
        OfferedVisit(window, planned.name, planned.text, newest.get(window.visit))
        for window, planned in zip(windows_of(work, child), town_plan.visits, strict=True)
    )
    return Plan(child, town_plan.version, visits, newest.get(EXTRA), town_plan.on_need, shows_time)


_SHIFTS = select(VisitShift.visit, VisitShift.days).where(VisitShift.child_id == bindparam("child"))


def windows_of(work: Work, child: ChildView) -> tuple[Window, ...]:
    """The dated windows of a child: provisional until it is born, moved by the staff's shifts."""
    town = current_town(work.session)
    shifts = columns(work.session, _SHIFTS, {"child": child.id}).all()
    return windows(
        plan_of(town, child.counts_from),
        birth=child.counts_from,
        is_born=child.birth_date is not None,
        margin_days=policy_of(town).margin_days,
        shifts=[(row.visit, row.days) for row in shifts],
    )


def window_of(work: Work, child: ChildView, visit: str) -> Window:
    """The window in which a time for this visit can be picked. Raises `NotOffered`."""
    found = next((window for window in windows_of(work, child) if window.visit == visit), None)
    if found is None or found.is_provisional:
        raise NotOffered(visit)
    return found


_APPOINTMENTS = (
    select(
        HomeVisit.id,
        HomeVisit.child_id,
        HomeVisit.host_id,
        HomeVisit.visit,
        HomeVisit.state,
        HomeVisit.sequence,
        VisitSlot.starts_at,
        VisitSlot.ends_at,
        VisitSlot.is_closing,
    )
    .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
    .where(HomeVisit.child_id == bindparam("child"))
    .order_by(HomeVisit.made_at, HomeVisit.id)
)


def appointments_of(work: Work, person: UUID, child: ChildView) -> Sequence[Appointment]:
    """Every appointment of a child whose times this adult may see, oldest first."""
    hours = policy_of(current_town(work.session)).cancel_hours
    return tuple(
        Appointment(
            id=row.id,
            child_id=row.child_id,
            visit=row.visit,
            state=VisitState(row.state),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            sequence=row.sequence,
            change_by=change_by(row.starts_at, hours),
            must_move=row.is_closing and row.state != VisitState.CANCELLED,
            may_act=may_change(child, person, row.host_id),
        )
        for row in columns(work.session, _APPOINTMENTS, {"child": child.id})
    )
