"""Whom a letter about a visit goes to: the adult in whose home it is, while that adult may see the child's times.

Who may know no more is told nothing. The visit still stands: then those hear of it who could change it in that adult's
place.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, sight_of, sights_of
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE
from parentsite.visits.rules.requests import RequestState
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.gate import child_with_start_talk, may_change

_NEEDED = (Facet.TIME, Facet.TEXT)


def tell(work: Work, letter: str, *, host: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox; the same `key` again is the same letter."""
    if _may_know(work, host, child):
        outbox.post(work, f"visits/{letter}", host, key, **ids)


def tell_of_visit(work: Work, letter: str, *, host: UUID, child: UUID, key: str, visit: UUID) -> None:
    """Put the letter in the outbox, to each who is to hear of the visit; the same `key` again is the same letter."""
    for number, receiver in enumerate(_hearers(work, host, child)):
        outbox.post(work, f"visits/{letter}", receiver, f"{key}:{receiver}" if number else key, visit=visit)


def still_ahead(work: Work, receiver: UUID, visit: UUID) -> bool:
    """Whether this adult is to hear of the visit, and it still lies ahead."""
    row = _live(work, visit)
    return row is not None and receiver in _hearers(work, row.host_id, row.child_id)


def still_displaced(work: Work, receiver: UUID, visit: UUID) -> bool:
    """Whether this adult is to hear that the health visitor cannot come, and that is still so."""
    row = _live(work, visit)
    return row is not None and row.is_closing and receiver in _hearers(work, row.host_id, row.child_id)


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


def _hearers(work: Work, host: UUID, child: UUID) -> Sequence[UUID]:
    """The adult in whose home the visit is; without that one, those who live there too and decide for the child."""
    seen = {who: sight for who, sight in sights_of(work.session, child, work.today).items() if sight.sees(*_NEEDED)}
    return [host] if host in seen else sorted(who for who, sight in seen.items() if may_change(sight, who, host))


def _may_know(work: Work, receiver: UUID, child: UUID) -> bool:
    sight = sight_of(work.session, receiver, child, work.today)
    return sight is not None and sight.sees(*_NEEDED)


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
