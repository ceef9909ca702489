"""What the desk reads: the groups, who is in one, and who must be kept apart. Reading members leaves an audit entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation import audit
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember, ParentGroup
from parentsite.groups.rules.membership import LIVE, GroupState, MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.people.models import Person
from parentsite.people.visibility import kept_apart


@dataclass(frozen=True)
class DeskGroup:
    """A group in the desk's list; `waiting` is how many stand in line."""

    id: UUID
    kind: str
    district: str | None
    born_from: date | None
    born_until: date | None
    capacity: int | None
    taken: int
    waiting: int
    state: GroupState


@dataclass(frozen=True)
class DeskMember:
    """A parent in a group or its line. `must_not_meet`: take one of the two out; neither is told why."""

    id: UUID
    person_id: UUID
    child_id: UUID
    name: str
    state: MemberState
    asked_at: datetime
    offer_until: datetime | None
    must_not_meet: bool


_GROUPS = (
    select(
        ParentGroup.id,
        ParentGroup.kind,
        ParentGroup.district,
        ParentGroup.born_from,
        ParentGroup.born_until,
        ParentGroup.capacity,
        ParentGroup.taken,
        ParentGroup.state,
        select(func.count())
        .where(GroupMember.group_id == ParentGroup.id, GroupMember.state == MemberState.WAITING.value)
        .scalar_subquery()
        .label("waiting"),
    )
    .where(ParentGroup.state != GroupState.CANCELLED.value)
    .order_by(ParentGroup.made_at.desc(), ParentGroup.id)
)


def desk_groups(work: Work) -> Sequence[DeskGroup]:
    """Every group that is not cancelled, the newest first; one statement."""
    rows = columns(work.session, _GROUPS)
    return tuple(DeskGroup(**{**row._mapping, "state": GroupState(row.state)}) for row in rows)


_EXISTS = select(ParentGroup.id).where(ParentGroup.id == bindparam("group"))
_MEMBERS = (
    select(
        GroupMember.id,
        GroupMember.person_id,
        GroupMember.child_id,
        Person.given_name,
        Person.family_name,
        GroupMember.state,
        GroupMember.asked_at,
        GroupMember.offer_until,
    )
    .join(Person, Person.id == GroupMember.person_id)
    .where(GroupMember.group_id == bindparam("group"), GroupMember.state.in_(LIVE))
    .order_by(GroupMember.turn)
)


def desk_members(work: Work, group_id: UUID) -> Sequence[DeskMember]:
    """Who is in the group and who waits, in the order of asking. Writes one audit entry. Raises `NotFound`."""
    if columns(work.session, _EXISTS, {"group": group_id}).one_or_none() is None:
        raise NotFound(group_id)
    rows = columns(work.session, _MEMBERS, {"group": group_id}).all()
    here = {row.person_id for row in rows}
    pairs = kept_apart(work.session, here, work.today)
    meeting = {one for pair in pairs if here.issuperset(pair) for one in pair}
    audit.record(work, "group.members_read", here, about=("parent_group", group_id))
    return tuple(
        DeskMember(
            id=row.id,
            person_id=row.person_id,
            child_id=row.child_id,
            name=f"{row.given_name} {row.family_name}",
            state=MemberState(row.state),
            asked_at=row.asked_at,
            offer_until=row.offer_until,
            must_not_meet=row.person_id in meeting,
        )
        for row in rows
    )
