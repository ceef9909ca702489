"""Reading a child's plan: which visits are offered when, and what has come of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.people.visibility import Facet
from parentsite.town.facts import Text
from parentsite.town.service import current_town
from parentsite.town.town import Town
from parentsite.visits.models.appointments import HomeVisit, VisitShift
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.policy import plan_of, policy_of
from parentsite.visits.rules.appointments import LIVE, VisitState, change_by
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.rules.windows import Window, windows
from parentsite.visits.service.errors import NotFound, NotOffered
from parentsite.visits.service.gate import child_seen, may_change

Shift = tuple[str, int]
"""A visit, and the days its window was moved by."""


class Dated(Protocol):
    """A child as far as its plan goes."""

    @property
    def counts_from(self) -> date:
        """The birth date, or the due date until it is known."""

    @property
    def birth_date(self) -> date | None:
        """None before the birth."""


@dataclass(frozen=True)
class Appointment:
    """A visit with its time; `change_by` is the moment before which it may be moved or cancelled here.

    `must_move` when the health visitor cannot come after all; `may_act` whether this adult may change it.
    """

    id: UUID
    child_id: UUID
    slot_id: UUID
    visit: str
    state: VisitState
    starts_at: datetime
    ends_at: datetime
    sequence: int
    change_by: datetime
    must_move: bool
    may_act: bool

    @property
    def is_live(self) -> bool:
        """Whether it still lies ahead, as far as anybody has said."""
        return self.state in LIVE

    def may_be_changed(self, now: datetime) -> bool:
        """Whether it can be moved or cancelled here, nobody being ill."""
        return self.is_live and now < (self.starts_at if self.must_move else self.change_by)


@dataclass(frozen=True)
class OfferedVisit:
    """A visit of the plan; `appointment` is the newest one that was not cancelled."""

    window: Window
    name: Text
    text: Text
    appointment: Appointment | None

    def may_be_chosen(self, today: date) -> bool:
        """Whether a time can still be picked for it: its days are sure and not past, and no time is agreed."""
        is_open = not self.window.is_provisional and self.window.last >= today
        return is_open and (self.appointment is None or self.appointment.state is VisitState.NOT_AT_HOME)


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

    def is_past(self, today: date) -> bool:
        """Whether the days of all its visits are past."""
        return all(one.window.last < today for one in self.visits)


def plan_for(work: Work, person: UUID, child_id: UUID) -> Plan:
    """The plan as this adult may see it: times only with the facet of time. Raises `NotFound`."""
    return plans_of(work, person, [child_seen(work, person, child_id)])[0]


def plans_of(work: Work, person: UUID, children: Sequence[ChildView]) -> Sequence[Plan]:
    """The plans of children whom the adult may see, in their order; two statements however many there are."""
    town = current_town(work.session)
    shifts = shifts_of(work, [child.id for child in children])
    found = appointments_of(work, person, children)
    return tuple(_plan(town, child, shifts.get(child.id, ()), found.get(child.id, ())) for child in children)


def _plan(town: Town, child: ChildView, shifts: Sequence[Shift], found: Sequence[Appointment]) -> Plan:
    town_plan = town.visit_plan(child.counts_from)
    newest: Mapping[str, Appointment] = {one.visit: one for one in found if one.state is not VisitState.CANCELLED}
    visits = tuple(
        OfferedVisit(window, planned.name, planned.text, newest.get(window.visit))
        for window, planned in zip(dated_windows(town, child, shifts), town_plan.visits, strict=True)
    )
    shows_time = child.sight.sees(Facet.TIME)
    return Plan(child, town_plan.version, visits, newest.get(EXTRA), town_plan.on_need, shows_time)


_SHIFTS = select(VisitShift.child_id, VisitShift.visit, VisitShift.days).where(
    VisitShift.child_id.in_(bindparam("children", expanding=True))
)


def shifts_of(work: Work, children: Collection[UUID]) -> Mapping[UUID, Sequence[Shift]]:
    """What the health visitors have moved for each of these children. One statement."""
    found: dict[UUID, list[Shift]] = {}
    for row in columns(work.session, _SHIFTS, {"children": list(children)}):
        found.setdefault(row.child_id, []).append((row.visit, row.days))
    return found


def dated_windows(town: Town, child: Dated, shifts: Sequence[Shift]) -> tuple[Window, ...]:
    """The plan of a child as days."""
    return windows(
        plan_of(town, child.counts_from),
        birth=child.counts_from,
        is_born=child.birth_date is not None,
        margin_days=policy_of(town).margin_days,
        shifts=shifts,
    )


def window_of(work: Work, child: ChildView, visit: str) -> Window:
    """The window in which a time for this visit can be picked. Raises `NotOffered`."""
    dated = dated_windows(current_town(work.session), child, shifts_of(work, [child.id]).get(child.id, ()))
    found = next((window for window in dated if window.visit == visit), None)
    if found is None or found.is_provisional:
        raise NotOffered(visit)
    return found


_APPOINTMENTS = (
    select(
        HomeVisit.id,
        HomeVisit.child_id,
        HomeVisit.host_id,
        HomeVisit.slot_id,
        HomeVisit.visit,
        HomeVisit.state,
        HomeVisit.sequence,
        VisitSlot.starts_at,
        VisitSlot.ends_at,
        VisitSlot.is_closing,
    )
    .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
    .where(HomeVisit.child_id.in_(bindparam("children", expanding=True)))
    .order_by(HomeVisit.made_at, HomeVisit.id)
)


def appointment_of(work: Work, person: UUID, child_id: UUID, appointment: UUID) -> Appointment:
    """One appointment of a child, whatever became of it. Raises `NotFound`."""
    child = child_seen(work, person, child_id)
    found = appointments_of(work, person, [child]).get(child_id, ())
    wanted = next((one for one in found if one.id == appointment), None)
    if wanted is None:
        raise NotFound(appointment)
    return wanted


def appointments_of(work: Work, person: UUID, children: Sequence[ChildView]) -> Mapping[UUID, Sequence[Appointment]]:
    """By child, every appointment of those of the children whose times this adult may see, oldest first."""
    hours = policy_of(current_town(work.session)).cancel_hours
    each = {child.id: child for child in children if child.sight.sees(Facet.TIME)}
    found: dict[UUID, list[Appointment]] = {}
    for row in columns(work.session, _APPOINTMENTS, {"children": list(each)}):
        found.setdefault(row.child_id, []).append(
            Appointment(
                id=row.id,
                child_id=row.child_id,
                slot_id=row.slot_id,
                visit=row.visit,
                state=VisitState(row.state),
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                sequence=row.sequence,
                change_by=change_by(row.starts_at, hours),
                must_move=row.is_closing and row.state != VisitState.CANCELLED,
                may_act=may_change(each[row.child_id].sight, person, row.host_id),
            )
        )
    return found
