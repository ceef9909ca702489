"""One group as the desk sees it: who is in it, who waits, when it meets, what has been written.

Whoever shows it writes down that it was read: that is the caller's to do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from parentsite.foundation.database import columns
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.groups.models import (
    ADDRESS,
    MESSAGE,
    GroupAbsence,
    GroupMeeting,
    GroupMember,
    GroupMessage,
    ParentGroup,
)
from parentsite.groups.rules.fitting import Births
from parentsite.groups.rules.membership import LIVE, GroupState, MeetingState, MemberState
from parentsite.groups.service.desk_lists import births_of
from parentsite.groups.service.errors import NotFound
from parentsite.people.models import Child, Person, StaffMember
from parentsite.people.visibility import kept_apart
from parentsite.town.groups import GroupKind
from parentsite.town.service import current_town


@dataclass(frozen=True)
class DeskMember:
    """A parent in a group or its line, and the child that the place is for. `must_not_meet`: take one of the two out;
    neither is told why. `is_protected`: an address in the family is protected.
    """

    id: UUID
    person_id: UUID
    child_id: UUID
    name: str
    phone: str | None
    child_name: str | None
    born: date
    state: MemberState
    asked_at: datetime
    offer_until: datetime | None
    is_protected: bool
    must_not_meet: bool


@dataclass(frozen=True)
class DeskMeeting:
    """`absent` is how many members have said that they cannot come."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    address: str | None
    state: MeetingState
    absent: int

    def may_change(self, now: datetime) -> bool:
        """Whether it can still be moved or cancelled."""
        return self.state is MeetingState.PLANNED and self.starts_at > now


@dataclass(frozen=True)
class DeskGroupSheet:
    """A group with all that staff need to run it; without `capacity` everybody may come. `kind` is none when the town
    has dropped it.
    """

    id: UUID
    kind: GroupKind | None
    district: str | None
    births: Births | None
    languages: tuple[str, ...]
    starter: str
    capacity: int | None
    taken: int
    state: GroupState
    members: tuple[DeskMember, ...]
    meetings: tuple[DeskMeeting, ...]
    messages: tuple[tuple[datetime, str], ...]

    @property
    def seated(self) -> list[DeskMember]:
        """Who has a place, or is offered one."""
        return [one for one in self.members if one.state is not MemberState.WAITING]

    @property
    def line(self) -> list[DeskMember]:
        """Who waits, in order."""
        return [one for one in self.members if one.state is MemberState.WAITING]

    @property
    def invites(self) -> bool:
        """Whether families can be invited: nobody is invited to a kind that says something of a parent."""
        is_open = self.state is GroupState.OPEN and self.births is not None
        return is_open and self.kind is not None and not self.kind.is_sensitive


_GROUP = (
    select(*ParentGroup.__table__.columns, StaffMember.name.label("starter"))
    .join(StaffMember, StaffMember.id == ParentGroup.starter_id)
    .where(ParentGroup.id == bindparam("group"))
)
_MEMBERS = (
    select(
        GroupMember.id,
        GroupMember.person_id,
        GroupMember.child_id,
        GroupMember.state,
        GroupMember.asked_at,
        GroupMember.offer_until,
        Person.given_name,
        Person.family_name,
        Person.phone,
        Child.given_name.label("child_name"),
        func.coalesce(Child.birth_date, Child.due_date).label("born"),
        or_(Person.address_protected, Child.address_protected).label("is_protected"),
    )
    .join(Person, Person.id == GroupMember.person_id)
    .join(Child, Child.id == GroupMember.child_id)
    .where(GroupMember.group_id == bindparam("group"), GroupMember.state.in_(LIVE))
    .order_by(GroupMember.turn)
)
_ABSENT = (
    select(func.count())
    .select_from(GroupAbsence)
    .join(GroupMember, GroupMember.id == GroupAbsence.member_id)
    .where(GroupAbsence.meeting_id == GroupMeeting.id, GroupMember.state == MemberState.JOINED.value)
    .scalar_subquery()
)
_MEETINGS = (
    select(
        GroupMeeting.id,
        GroupMeeting.starts_at,
        GroupMeeting.ends_at,
        GroupMeeting.address,
        GroupMeeting.state,
        _ABSENT.label("absent"),
    )
    .where(GroupMeeting.group_id == bindparam("group"))
    .order_by(GroupMeeting.starts_at, GroupMeeting.id)
)
_MESSAGES = (
    select(GroupMessage.made_at, GroupMessage.body)
    .where(GroupMessage.group_id == bindparam("group"))
    .order_by(GroupMessage.made_at.desc(), GroupMessage.id)
)


def desk_group(work: Work, group_id: UUID) -> DeskGroupSheet:
    """The group, in whatever state; as many statements however many members. Raises `NotFound`."""
    asked = {"group": group_id}
    row = columns(work.session, _GROUP, asked).one_or_none()
    if row is None:
        raise NotFound(group_id)
    return DeskGroupSheet(
        id=row.id,
        kind=current_town(work.session).group_kind(row.kind),
        district=row.district,
        births=births_of(row),
        languages=tuple(row.languages.split()),
        starter=row.starter,
        capacity=row.capacity,
        taken=row.taken,
        state=GroupState(row.state),
        members=_members(work, columns(work.session, _MEMBERS, asked).all()),
        meetings=tuple(_meeting(work, each) for each in columns(work.session, _MEETINGS, asked)),
        messages=_messages(work, columns(work.session, _MESSAGES, asked)),
    )


def _members(work: Work, rows: Sequence[Any]) -> tuple[DeskMember, ...]:
    here = {row.person_id for row in rows}
    pairs = kept_apart(work.session, here, work.today)
    meeting = {one for pair in pairs if here.issuperset(pair) for one in pair}
    return tuple(
        DeskMember(
            id=row.id,
            person_id=row.person_id,
            child_id=row.child_id,
            name=f"{row.given_name} {row.family_name}",
            phone=row.phone,
            child_name=row.child_name,
            born=row.born,
            state=MemberState(row.state),
            asked_at=row.asked_at,
            offer_until=row.offer_until,
            is_protected=row.is_protected,
            must_not_meet=row.person_id in meeting,
        )
        for row in rows
    )


def _meeting(work: Work, row: Any) -> DeskMeeting:
    return DeskMeeting(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        address=unseal(work.session, row.address, ADDRESS) if row.address else None,
        state=MeetingState(row.state),
        absent=row.absent,
    )


def _messages(work: Work, rows: Iterable[Any]) -> tuple[tuple[datetime, str], ...]:
    return tuple((row.made_at, unseal(work.session, row.body, MESSAGE)) for row in rows)
