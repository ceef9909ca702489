"""What a family asks the health visitors: to be found a time, an extra visit, or to be contacted at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, new_id, one_of_these
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import REQUEST_REASON, VisitRequest
from parentsite.visits.policy import policy_of
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import (
    EXTRA,
    REQUEST,
    RequestKind,
    RequestState,
    is_silence,
    may_ask_for_extra,
    reply_by,
)
from parentsite.visits.service.errors import CannotAsk, NotFound, ReasonNeeded, TooSoon
from parentsite.visits.service.gate import child_decided_for, child_written_about
from parentsite.visits.service.plans import window_of


@dataclass(frozen=True)
class Request:
    """What this adult asks for a child; `reply_by` is the day by which the health visitors write back."""

    id: UUID
    child_id: UUID
    kind: RequestKind
    visit: str
    reply_by: date
    reason: str | None


def ask_for_a_time(work: Work, person: UUID, child_id: UUID, visit: str) -> UUID:
    """No time fits, or none is free: find one with us. Raises `CannotAsk`, `NotOffered`, `NotFound`."""
    child = child_written_about(work, person, child_id)
    window_of(work, child, visit)
    if _has_visit(work, child_id, visit):
        raise CannotAsk(visit)
    return _ask(work, person, child_id, RequestKind.WINDOW_FULL, visit)


def ask_for_extra(work: Work, person: UUID, child_id: UUID, reason: str) -> UUID:
    """A visit outside the plan, with a short reason that only the health visitors read.

    Raises `ReasonNeeded`, `CannotAsk`, `NotFound`.
    """
    child = child_written_about(work, person, child_id)
    if not reason.strip():
        raise ReasonNeeded
    if child.birth_date is None or not may_ask_for_extra(child.birth_date, work.today):
        raise CannotAsk(EXTRA)
    return _ask(work, person, child_id, RequestKind.EXTRA_VISIT, EXTRA, reason.strip())


def say_not_contacted(work: Work, person: UUID, child_id: UUID) -> UUID:
    """Nobody has contacted us. Raises `TooSoon` with the day from which that is so, `CannotAsk`, `NotFound`."""
    child = child_written_about(work, person, child_id)
    _check_silence(work, child)
    return _ask(work, person, child_id, RequestKind.NOT_CONTACTED, "")


def open_requests(work: Work, person: UUID, children: Sequence[ChildView]) -> Sequence[Request]:
    """What this adult has asked for any of the children, and nobody has answered yet, newest first.

    Another adult's words are not shown.
    """
    decided = [child.id for child in children if child.sight.may_apply]
    rows = columns(work.session, _ASKED, {"children": decided, "person": person})
    return tuple(
        Request(
            id=row.id,
            child_id=row.child_id,
            kind=RequestKind(row.kind),
            visit=row.visit,
            reply_by=row.reply_by,
            reason=unseal(work.session, row.reason, REQUEST_REASON) if row.reason else None,
        )
        for row in rows
        if row.state == RequestState.OPEN
    )


_ASKED = (
    select(
        VisitRequest.id,
        VisitRequest.child_id,
        VisitRequest.kind,
        VisitRequest.state,
        VisitRequest.visit,
        VisitRequest.reply_by,
        VisitRequest.reason,
    )
    .where(
        VisitRequest.child_id.in_(bindparam("children", expanding=True)),
        VisitRequest.person_id == bindparam("person"),
    )
    .order_by(VisitRequest.made_at.desc(), VisitRequest.id)
)


def take_back(work: Work, person: UUID, request_id: UUID) -> None:
    """It is not needed any more; one that is answered stays answered. Raises `NotFound`."""
    row = work.session.execute(
        select(VisitRequest.child_id).where(VisitRequest.id == request_id, VisitRequest.person_id == person)
    ).one_or_none()
    if row is None:
        raise NotFound(request_id)
    child_decided_for(work, person, row.child_id)
    if _close(work, RequestState.TAKEN_BACK, VisitRequest.id == request_id):
        audit.record(work, "visit.request_taken_back", [row.child_id], about=("visit_request", request_id))


def answer_full(work: Work, child_id: UUID, visit: str) -> None:
    """A time has been found: nobody needs to look for one."""
    change(work.session, _ANSWER_FULL, {"child": child_id, "asked": visit, "now": work.now})


_ANSWER_FULL = (
    update(VisitRequest)
    .where(
        VisitRequest.child_id == bindparam("child"),
        VisitRequest.kind == RequestKind.WINDOW_FULL.value,
        VisitRequest.visit == bindparam("asked"),
        one_of_these(VisitRequest.state, REQUEST.origins(RequestState.ANSWERED)),
    )
    .values(state=RequestState.ANSWERED.value, answered_at=bindparam("now"))
)


def answer(work: Work, request_id: UUID) -> None:
    """The health visitors have contacted the family; again changes nothing."""
    child = work.session.scalars(select(VisitRequest.child_id).where(VisitRequest.id == request_id)).one_or_none()
    if child is None:
        raise NotFound(request_id)
    if _close(work, RequestState.ANSWERED, VisitRequest.id == request_id):
        audit.record(work, "visit.request_answered", [child], about=("visit_request", request_id))


def _check_silence(work: Work, child: ChildView) -> None:
    days = policy_of(current_town(work.session)).silence_days
    if child.birth_date is None or _has_visit(work, child.id):
        raise CannotAsk(RequestKind.NOT_CONTACTED)
    if not is_silence(child.birth_date, work.today, days):
        raise TooSoon(child.birth_date + timedelta(days=days))


def _has_visit(work: Work, child_id: UUID, visit: str | None = None) -> bool:
    """Whether there was, or will be, a visit: this one or any."""
    found = exists().where(HomeVisit.child_id == child_id, HomeVisit.state != VisitState.CANCELLED)
    if visit is not None:
        found = found.where(HomeVisit.visit == visit, HomeVisit.state != VisitState.NOT_AT_HOME)
    return bool(work.session.scalar(select(found)))


def _ask(work: Work, person: UUID, child_id: UUID, kind: RequestKind, visit: str, reason: str | None = None) -> UUID:
    """The same adult's question again, while it is open, is the same request; what was written last is what counts."""
    made = new_id()
    sealed = seal(work.session, reason, REQUEST_REASON) if reason else None
    row = {
        "id": made,
        "child_id": child_id,
        "person_id": person,
        "kind": kind.value,
        "visit": visit,
        "state": RequestState.OPEN.value,
        "reason": sealed,
        "made_at": work.now,
        "reply_by": reply_by(work.today, policy_of(current_town(work.session)).reply_days),
    }
    try:
        with work.session.begin_nested():
            work.session.execute(insert(VisitRequest).values(row))
    except IntegrityError:
        return _asked_again(work, _open_request(work, person, child_id, kind, visit), sealed)
    audit.record(work, f"visit.asked_{kind.value}", [child_id], about=("visit_request", made))
    return made


def _asked_again(work: Work, before: UUID, sealed: bytes | None) -> UUID:
    if sealed is not None:
        change(work.session, update(VisitRequest).where(VisitRequest.id == before).values(reason=sealed))
    return before


def _open_request(work: Work, person: UUID, child_id: UUID, kind: RequestKind, visit: str) -> UUID:
    return work.session.scalars(
        select(VisitRequest.id).where(
            VisitRequest.child_id == child_id,
            VisitRequest.person_id == person,
            VisitRequest.kind == kind,
            VisitRequest.visit == visit,
            VisitRequest.state == RequestState.OPEN,
        )
    ).one()


def _close(work: Work, state: RequestState, *which: object) -> int:
    return change(
        work.session,
        update(VisitRequest)
        .where(*which, VisitRequest.state.in_(REQUEST.origins(state)))  # type: ignore[arg-type]
        .values(state=state.value, answered_at=work.now),
    )
