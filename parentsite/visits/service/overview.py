"""One family as the health visitors see it: whom to turn to, the plan, and what has come of each visit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.clock import local_date
from parentsite.foundation.work import Work
from parentsite.people.casework import Family, family_of
from parentsite.people.models import StaffMember
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE, VisitState
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.rules.windows import Window
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.offering import windows_at_desk


@dataclass(frozen=True)
class Agreed:
    """The newest appointment of a visit that was not cancelled."""

    id: UUID
    visit: str
    state: VisitState
    starts_at: datetime
    visitor_name: str
    must_move: bool


@dataclass(frozen=True)
class PlanRow:
    """A visit of the plan, or the one outside of it (without a window)."""

    visit: str
    window: Window | None
    agreed: Agreed | None

    @property
    def is_outside(self) -> bool:
        """Whether what is agreed lies outside the window, which was moved after it."""
        live = self.agreed if self.agreed and self.agreed.state in LIVE else None
        return bool(live and self.window and not self.window.holds(local_date(live.starts_at)))

    @property
    def may_be_proposed(self) -> bool:
        """Whether a time can still be found for it: a visit outside the plan may be needed again and again."""
        if self.agreed is None or self.agreed.state is VisitState.NOT_AT_HOME:
            return True
        return self.visit == EXTRA and self.agreed.state not in LIVE


@dataclass(frozen=True)
class Overview:
    """A family and its plan."""

    family: Family
    rows: tuple[PlanRow, ...]

    @property
    def has_met(self) -> bool:
        """Whether there is a visit or an appointment."""
        return any(row.agreed for row in self.rows)

    def row_for(self, visit: str) -> PlanRow:
        """The row of one visit. Raises `NotFound`."""
        found = next((row for row in self.rows if row.visit == visit), None)
        if found is None:
            raise NotFound(visit)
        return found


def overview(work: Work, child: UUID) -> Overview:
    """The family of a child, for the health visitors. Raises `NotFound`."""
    family = family_of(work.session, child, work.today)
    if family is None:
        raise NotFound(child)
    newest = _newest(work, child)
    planned = [PlanRow(window.visit, window, newest.get(window.visit)) for window in windows_at_desk(work, family)]
    return Overview(family, (*planned, PlanRow(EXTRA, None, newest.get(EXTRA))))


def _newest(work: Work, child: UUID) -> dict[str, Agreed]:
    rows = work.session.execute(
        select(
            HomeVisit.id,
            HomeVisit.visit,
            HomeVisit.state,
            VisitSlot.starts_at,
            StaffMember.name,
            VisitSlot.is_closing,
        )
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .join(StaffMember, StaffMember.id == VisitSlot.visitor_id)
        .where(HomeVisit.child_id == child, HomeVisit.state != VisitState.CANCELLED)
        .order_by(HomeVisit.made_at, HomeVisit.id)
    )
    return {
        row.visit: Agreed(
            row.id,
            row.visit,
            VisitState(row.state),
            row.starts_at,
            row.name,
            must_move=row.is_closing and row.state in LIVE,
        )
        for row in rows
    }
