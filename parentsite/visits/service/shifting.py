"""The window of a visit moved for one child, with a reason: one who was born early is younger than the plan counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import SHIFT_REASON, VisitShift
from parentsite.visits.policy import plan_of, policy_of
from parentsite.visits.rules.windows import check_shift, days_before
from parentsite.visits.service.errors import ReasonNeeded
from parentsite.visits.service.gate import locked_at_desk


@dataclass(frozen=True)
class Shifted:
    """A shift that was made at a visit, by `days` beyond those before it; the reason is the health visitors' own."""

    days: int
    reason: str
    made_at: datetime


def shift_window(work: Work, child_id: UUID, visit: str, days: int, reason: str) -> None:
    """Let a visit's window, and all after it, lie `days` later than the plan says; none puts them back.

    The visits before it stay. The reason is sealed. Raises `BadShift`, `ReasonNeeded`, `NotFound`.
    """
    if not reason.strip():
        raise ReasonNeeded
    child, town = locked_at_desk(work, child_id), current_town(work.session)
    plan = plan_of(town, child.counts_from)
    before = _shifts(work, child_id)
    own = days - days_before(plan, visit, before)
    check_shift(
        plan,
        birth=child.counts_from,
        margin_days=policy_of(town).margin_days,
        shifts=(before | {visit: own}).items(),
    )
    values = {"days": own, "reason": seal(work.session, reason.strip(), SHIFT_REASON), "made_at": work.now}
    same = update(VisitShift).where(VisitShift.child_id == child_id, VisitShift.visit == visit).values(values)
    if not change(work.session, same):
        work.session.execute(insert(VisitShift).values(id=new_id(), child_id=child_id, visit=visit, **values))
    audit.record(work, "visit.window_shifted", [child_id], about=("child", child_id))


def shifts_made(work: Work, child_id: UUID) -> Mapping[str, Shifted]:
    """The shifts that were made for a child, by the visit at which each was made."""
    rows = work.session.execute(
        select(VisitShift.visit, VisitShift.days, VisitShift.reason, VisitShift.made_at).where(
            VisitShift.child_id == child_id
        )
    )
    return {row.visit: Shifted(row.days, unseal(work.session, row.reason, SHIFT_REASON), row.made_at) for row in rows}


def _shifts(work: Work, child_id: UUID) -> dict[str, int]:
    rows = work.session.execute(select(VisitShift.visit, VisitShift.days).where(VisitShift.child_id == child_id))
    return {row.visit: row.days for row in rows}
