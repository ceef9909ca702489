"""Families whom nobody has met yet, and that a health visitor has been in touch: who and when, never what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.casework import Named
from parentsite.people.models import Child, StaffMember
from parentsite.town.service import current_town
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import VisitContact, VisitRequest
from parentsite.visits.policy import policy_of
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import LOOKED_FOR
from parentsite.visits.service import asking
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.gate import locked_at_desk
from parentsite.visits.service.telling import tell

MOST = 50


@dataclass(frozen=True)
class Unmet:
    """A child whom nobody has visited, or has an appointment with, and whose family nobody has been in touch with."""

    child_id: UUID
    child: Named
    district: str | None


@dataclass(frozen=True)
class Contact:
    """That a health visitor has been in touch, for her colleagues."""

    made_at: datetime
    visitor_name: str


def not_contacted(work: Work) -> Sequence[Unmet]:
    """Born so long ago that the family should have heard, and without a visit, an appointment or a contact."""
    return tuple(Unmet(row.id, Named(row.given_name, row.birth_date), row.district) for row in _unmet(work)[:MOST])


def how_many_not_contacted(work: Work) -> int:
    """How many such families there are."""
    return len(_unmet(work))


def _unmet(work: Work) -> list[Any]:
    silent = work.today - timedelta(days=policy_of(current_town(work.session)).silence_days)
    born = work.session.execute(
        select(Child.id, Child.given_name, Child.birth_date, Child.district)
        .where(
            Child.birth_date <= silent,
            Child.birth_date > work.today - LOOKED_FOR,
            Child.merged_into.is_(None),
            Child.died_on.is_(None),
        )
        .order_by(Child.birth_date.desc(), Child.id)
    ).all()
    met = _met(work, [row.id for row in born])
    return [row for row in born if row.id not in met]


def contact_of(work: Work, child_id: UUID) -> Contact | None:
    """When the family was last noted to have been contacted, and by whom."""
    row = work.session.execute(
        select(VisitContact.made_at, StaffMember.name)
        .join(StaffMember, StaffMember.id == VisitContact.visitor_id)
        .where(VisitContact.child_id == child_id)
        .order_by(VisitContact.made_at.desc(), VisitContact.id)
    ).first()
    return Contact(row.made_at, row.name) if row else None


def note(work: Work, child_id: UUID, visitor: UUID) -> None:
    """A health visitor has been in touch with the family; again changes nothing. Raises `NotFound`."""
    locked_at_desk(work, child_id)
    if contact_of(work, child_id) is None:
        row = {"id": new_id(), "child_id": child_id, "visitor_id": visitor, "made_at": work.now}
        work.session.execute(insert(VisitContact).values(row))
        audit.record(work, "visit.contact_noted", [child_id], about=("child", child_id))


def take_back(work: Work, child_id: UUID) -> None:
    """It was noted by a slip: the family is looked for again. Raises `NotFound`."""
    locked_at_desk(work, child_id)
    if change(work.session, delete(VisitContact).where(VisitContact.child_id == child_id)):
        audit.record(work, "visit.contact_taken_back", [child_id], about=("child", child_id))


def answer(work: Work, request: UUID, visitor: UUID) -> None:
    """What a family asked is answered: it is told so, and counts as contacted. Raises `NotFound`."""
    row = work.session.execute(
        select(VisitRequest.person_id, VisitRequest.child_id).where(VisitRequest.id == request)
    ).one_or_none()
    if row is None:
        raise NotFound(request)
    note(work, row.child_id, visitor)
    asking.answer(work, request)
    key = f"visit_request:{request}:reply"
    tell(work, "reply", host=row.person_id, child=row.child_id, key=key, request=request)


def _met(work: Work, children: Sequence[UUID]) -> set[UUID]:
    """Those of the children who have a visit, an appointment or a contact."""
    visited = select(HomeVisit.child_id).where(
        HomeVisit.child_id.in_(children), HomeVisit.state != VisitState.CANCELLED
    )
    contacted = select(VisitContact.child_id).where(VisitContact.child_id.in_(children))
    return {*work.session.scalars(visited), *work.session.scalars(contacted)}
