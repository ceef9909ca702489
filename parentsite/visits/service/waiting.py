"""The families who wait for the health visitors: to be moved, to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from parentsite.foundation.clock import local_date
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import REQUEST_REASON, VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE, SlotState
from parentsite.visits.rules.requests import RequestKind, RequestState
from parentsite.visits.service.instead import instead_of
from parentsite.visits.service.offering import TeamTime
from parentsite.visits.service.visiting import to_move

MOST = 50


@dataclass(frozen=True)
class Displaced:
    """A family whose health visitor cannot come; `instead` is the first free time that suits the visit, if any."""

    visit_id: UUID
    child_id: UUID
    host_id: UUID
    child: Named
    visit: str
    starts_at: datetime
    instead: TeamTime | None


@dataclass(frozen=True)
class Asking:
    """An open request; `is_late` when the day by which the family was to hear is past. The reason stands with the
    family, not in lists.
    """

    id: UUID
    child_id: UUID
    person_id: UUID
    child: Named
    kind: RequestKind
    visit: str
    made_at: datetime
    reply_by: date
    is_late: bool
    reason: str | None = None


def displaced(work: Work) -> Sequence[Displaced]:
    """Whom illness or other hours have left without a health visitor, the next first, each with a time of its own."""
    found = to_move(work)[:MOST]
    names = named(work.session, {one.child_id for one in found})
    instead = instead_of(work, found)
    return tuple(
        Displaced(one.id, one.child_id, one.host_id, names[one.child_id], one.visit, one.starts_at, instead.get(one.id))
        for one in found
    )


def open_requests(work: Work, child: UUID | None = None) -> Sequence[Asking]:
    """What families ask, the first to be answered first; of one child with the reasons that were written."""
    asked = select(VisitRequest).where(VisitRequest.state == RequestState.OPEN)
    if child is not None:
        asked = asked.where(VisitRequest.child_id == child)
    ordered = asked.where(VisitRequest.reply_by > date.min).order_by(VisitRequest.reply_by, VisitRequest.id)
    rows = work.session.scalars(ordered.limit(MOST).execution_options(populate_existing=True)).all()
    names = named(work.session, {row.child_id for row in rows})
    return tuple(
        Asking(
            id=row.id,
            child_id=row.child_id,
            person_id=row.person_id,
            child=names[row.child_id],
            kind=RequestKind(row.kind),
            visit=row.visit,
            made_at=row.made_at,
            reply_by=row.reply_by,
            is_late=row.reply_by < work.today,
            reason=unseal(work.session, row.reason, REQUEST_REASON) if child is not None and row.reason else None,
        )
        for row in rows
    )


@dataclass(frozen=True)
class Waits:
    """How many wait for something, and the day of the first of them; none when nobody waits."""

    count: int
    first: date | None


def to_be_moved(work: Work) -> Waits:
    """The families whose visit must be moved, and the day of the next such visit."""
    rows = (
        select(func.count(), func.min(VisitSlot.starts_at))
        .select_from(VisitSlot)
        .join(HomeVisit, HomeVisit.slot_id == VisitSlot.id)
        .where(
            VisitSlot.state == SlotState.TAKEN.value,
            VisitSlot.starts_at > work.now,
            VisitSlot.is_closing,
            HomeVisit.state.in_(LIVE),
        )
    )
    count, first = work.session.execute(rows).one()
    return Waits(count, local_date(first) if first else None)


def to_be_answered(work: Work) -> Waits:
    """The open requests, and the day by which the first family was to hear."""
    which = (VisitRequest.state == RequestState.OPEN, VisitRequest.reply_by > date.min)
    return Waits(*work.session.execute(select(func.count(), func.min(VisitRequest.reply_by)).where(*which)).one())
