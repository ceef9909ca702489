"""Who may do what about groups: the one gate, in this journey's words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember
from parentsite.groups.service.errors import NotFound
from parentsite.people.children import ChildView, child_for, children_of
from parentsite.people.models import Person
from parentsite.people.visibility import Facet

NEEDED = (Facet.PLACE, Facet.TIME)
"""A group meets by a child's age and near its home: it is for nobody from whom the place or the times are kept."""


def children_seen(work: Work, person: UUID) -> Sequence[ChildView]:
    """The children with whom this adult may come to a group, oldest first."""
    return [child for child in children_of(work.session, person, work.today) if child.sight.sees(*NEEDED)]


def child_seen(work: Work, person: UUID, child_id: UUID) -> ChildView:
    """The child, for an adult who may come to a group with it. Raises `NotFound` for all others."""
    child = child_for(work.session, person, child_id, work.today)
    if child is None or not child.sight.sees(*NEEDED):
        raise NotFound(child_id)
    return child


_OWN = select(
    GroupMember.id, GroupMember.group_id, GroupMember.person_id, GroupMember.child_id, GroupMember.state
).where(GroupMember.id == bindparam("member"), GroupMember.person_id == bindparam("person"))


def own_place(work: Work, person: UUID, member_id: UUID) -> Any:
    """This person's own place, in whatever state, as columns. Raises `NotFound`.

    Asked by who leaves: a parent who sees the child no more may always go.
    """
    row = columns(work.session, _OWN, {"member": member_id, "person": person}).one_or_none()
    if row is None:
        raise NotFound(member_id)
    return row


def own_place_seen(work: Work, person: UUID, member_id: UUID) -> Any:
    """The same, while this person may come with the child. Raises `NotFound`."""
    row = own_place(work, person, member_id)
    child_seen(work, person, row.child_id)
    return row


_DISTRICT = select(Person.district).where(Person.id == bindparam("person"))


def home_district(work: Work, person: UUID) -> str | None:
    """The part of town of this parent's own home, if it is known."""
    own: str | None = columns(work.session, _DISTRICT, {"person": person}).scalar_one_or_none()
    return own
