"""Whom a letter about a visit goes to: the adult in whose home it is, while that adult may see the child's times."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, sight_of
from parentsite.visits.models import HomeVisit, VisitRequest, VisitSlot
from parentsite.visits.rules.appointments import LIVE
from parentsite.visits.rules.requests import RequestState
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.gate import child_with_start_talk


def tell(work: Work, letter: str, *, host: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox; the same `key` again is the same letter."""
    if _may_know(work, host, child):
        outbox.post(work, f"visits/{letter}", host, key, **ids)


def still_ahead(work: Work, receiver: UUID, visit: UUID) -> bool:
    """Whether this adult may be told of the visit, and it still lies ahead in the own home."""
    row = _live(work, visit)
    return row is not None and row.host_id == receiver and _may_know(work, receiver, row.child_id)


def still_displaced(work: Work, receiver: UUID, visit: UUID) -> bool:
    """Whether this adult may be told that the health visitor cannot come, and that is still so."""
    row = _live(work, visit)
    return row is not None and row.is_closing and row.host_id == receiver and _may_know(work, receiver, row.child_id)


def is_answered(work: Work, receiver: UUID, request: UUID) -> bool:
    """Whether this adult may be told that the own request is answered."""
    row = work.session.execute(
        select(VisitRequest.child_id).where(
            VisitRequest.id == request,
            VisitRequest.person_id == receiver,
            VisitRequest.state == RequestState.ANSWERED,
        )
    ).one_or_none()
    return row is not None and _may_know(work, receiver, row.child_id)


def _live(work: Work, visit: UUID) -> Any:
    return work.session.execute(
        select(HomeVisit.child_id, HomeVisit.host_id, VisitSlot.is_closing)
        .join(VisitSlot, VisitSlot.id == HomeVisit.slot_id)
        .where(HomeVisit.id == visit, HomeVisit.state.in_(LIVE), VisitSlot.starts_at > work.now)
    ).one_or_none()


def _may_know(work: Work, receiver: UUID, child: UUID) -> bool:
    sight = sight_of(work.session, receiver, child, work.today)
    return sight is not None and sight.sees(Facet.TIME, Facet.TEXT)


def tell_of_start_talk(work: Work, receiver: UUID, child: UUID, *, key: str) -> None:
    """There is something to answer, or an answer: to an adult who may open the page. The same key is one letter."""
    if has_start_talk(work, receiver, child):
        outbox.post(work, "visits/start_talk", receiver, key, child=child)


def has_start_talk(work: Work, receiver: UUID, child: UUID) -> bool:
    """Whether this adult may open the page of the child's start talk."""
    try:
        child_with_start_talk(work, receiver, child)
    except NotFound:
        return False
    return True
