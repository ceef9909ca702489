"""The health visitors as their team sees them: who works where and when, and who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from parentsite.foundation.work import Work
from parentsite.people.models import StaffMember
from parentsite.visits.models.team import VisitAbsence, VisitHours
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service.errors import NotFound


@dataclass(frozen=True)
class Visitor:
    """A health visitor; one without hours yet has just begun."""

    id: UUID
    name: str
    districts: tuple[str, ...]
    is_away: bool


@dataclass(frozen=True)
class Hours:
    """Weekly hours as they stand in the plan."""

    id: UUID
    shift: Shift


@dataclass(frozen=True)
class DaysOff:
    """Days off as they stand in the plan, both included."""

    id: UUID
    first: date
    last: date


@dataclass(frozen=True)
class WeekPlan:
    """One health visitor's hours by weekday, and the days off that are not past."""

    id: UUID
    name: str
    hours: tuple[Hours, ...]
    absences: tuple[DaysOff, ...]

    def hours_for(self, hours: UUID) -> Shift:
        """One of the weekly hours. Raises `NotFound`."""
        found = next((one.shift for one in self.hours if one.id == hours), None)
        if found is None:
            raise NotFound(hours)
        return found


def team(work: Work, me: UUID) -> Sequence[Visitor]:
    """Everybody with working hours, and she who asks, by name."""
    hours = work.session.execute(select(VisitHours.visitor_id, VisitHours.district).distinct()).all()
    away = set(
        work.session.scalars(
            select(VisitAbsence.visitor_id).where(VisitAbsence.first <= work.today, VisitAbsence.last >= work.today)
        )
    )
    wanted = {row.visitor_id for row in hours} | {me}
    people = work.session.execute(
        select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(wanted)).order_by(StaffMember.name)
    )
    return tuple(
        Visitor(row.id, row.name, tuple(sorted(h.district for h in hours if h.visitor_id == row.id)), row.id in away)
        for row in people
    )


def week_plan(work: Work, visitor: UUID, me: UUID) -> WeekPlan:
    """The plan of one of the team. Raises `NotFound` for anybody else of the town's staff."""
    found = next((one for one in team(work, me) if one.id == visitor), None)
    if found is None:
        raise NotFound(visitor)
    rows = work.session.scalars(
        select(VisitHours)
        .where(
            VisitHours.visitor_id == visitor,
            or_(VisitHours.until.is_(None), VisitHours.until > work.today),
        )
        .order_by(VisitHours.weekday, VisitHours.opens, VisitHours.id)
        .execution_options(populate_existing=True)
    )
    absences = work.session.execute(
        select(VisitAbsence.id, VisitAbsence.first, VisitAbsence.last)
        .where(VisitAbsence.visitor_id == visitor, VisitAbsence.last >= work.today)
        .order_by(VisitAbsence.first, VisitAbsence.last, VisitAbsence.id)
    )
    return WeekPlan(
        visitor,
        found.name,
        tuple(
            Hours(row.id, Shift(row.district, row.weekday, row.opens, row.closes, row.since, row.until)) for row in rows
        ),
        tuple(DaysOff(row.id, row.first, row.last) for row in absences),
    )


def furthest_absence(today: date) -> date:
    """An absence that is said to end later than this is most likely a slip."""
    return today.replace(year=today.year + 2, day=min(today.day, 28))
