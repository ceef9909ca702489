"""Who may do what about a child's visits: the one gate, in this journey's words."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView, child_for
from parentsite.people.merging import stays
from parentsite.people.models import Child, Person, RelationKind
from parentsite.people.visibility import Facet, Sight
from parentsite.visits.rules.requests import may_ask_for_extra
from parentsite.visits.service.errors import NotFound

HOME_DISTRICT = func.coalesce(Person.district, Child.district)
"""Whose team comes: that of the home the visit is in; the child's own where nobody knows the home's."""
_DISTRICT = (
    select(HOME_DISTRICT)
    .select_from(Child)
    .outerjoin(Person, Person.id == bindparam("person"))
    .where(Child.id == bindparam("child"))
)


def child_seen(work: Work, person: UUID, child_id: UUID) -> ChildView:
    """The child as this adult may see it. Raises `NotFound`."""
    child = child_for(work.session, person, child_id, work.today)
    if child is None:
        raise NotFound(child_id)
    return child


def child_decided_for(work: Work, person: UUID, child_id: UUID) -> ChildView:
    """The child, for an adult it lives with and who decides for it. Raises `NotFound` for all others."""
    child = child_seen(work, person, child_id)
    if not child.sight.may_apply:
        raise NotFound(child_id)
    return child


def child_written_about(work: Work, person: UUID, child_id: UUID) -> ChildView:
    """The same, for who writes something of the child: it is not merged meanwhile. Raises `NotFound`."""
    if not stays(work, child_id):
        raise NotFound(child_id)
    return child_decided_for(work, person, child_id)


def may_open_start_talk(child: ChildView, today: date) -> bool:
    """Whether this adult has a say in the start talk: one who decides for the child or holds custody, and from whom
    the place and the times are not kept. Until school begins; not before the birth.
    """
    has_say = child.sight.may_apply or RelationKind.CUSTODY in child.sight.relations
    is_of_age = child.birth_date is not None and may_ask_for_extra(child.birth_date, today)
    return is_of_age and has_say and child.sight.sees(Facet.PLACE, Facet.TIME)


def child_with_start_talk(work: Work, person: UUID, child_id: UUID) -> ChildView:
    """The child, for an adult with a say in its start talk. Raises `NotFound` for all others."""
    child = child_seen(work, person, child_id)
    if not may_open_start_talk(child, work.today):
        raise NotFound(child_id)
    return child


def child_at_desk(work: Work, child_id: UUID) -> Child:
    """The child, for the health visitors. Raises `NotFound`."""
    child = work.session.get(Child, child_id, populate_existing=True)
    if child is None or child.merged_into is not None:
        raise NotFound(child_id)
    return child


def locked_at_desk(work: Work, child_id: UUID) -> Child:
    """The child, while nobody else changes what the desk keeps of it. Raises `NotFound`."""
    work.session.execute(select(Child.id).where(Child.id == child_id).with_for_update(key_share=True)).all()
    return child_at_desk(work, child_id)


def may_change(sight: Sight, person: UUID, host: UUID) -> bool:
    """Whether this adult may change a visit in the home of `host`.

    Adults who live together act for one another; where the child has two homes, each parent for the own one alone.
    """
    return sight.may_apply and (person == host or not sight.shares_residence)


def district_of_home(work: Work, person: UUID | None, child_id: UUID) -> str | None:
    """The district whose team comes to this adult's home; to the child's own where no adult is named."""
    found: str | None = columns(work.session, _DISTRICT, {"person": person, "child": child_id}).scalar_one_or_none()
    return found
