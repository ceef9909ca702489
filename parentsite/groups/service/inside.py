"""A parent's own groups, and what members see of theirs: who else is there, where and when, what staff have written.

Members see one another only while both are members. Who must be kept apart from another member sees nothing at all.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

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
from parentsite.groups.rules.membership import LIVE, SEATED, MeetingState, MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import NEEDED, own_place_seen
from parentsite.groups.service.phones import who_shares
from parentsite.people.models import Person
from parentsite.people.visibility import kept_apart, sights
from parentsite.town.groups import GroupForm, GroupKind
from parentsite.town.service import current_town


@dataclass(frozen=True)
class OwnPlace:
    """A place, or a place in line, of this parent: `number` is the number in line, `offer_until` when an offer ends."""

    id: UUID
    group_id: UUID
    child_id: UUID
    kind: GroupKind
    state: MemberState
    number: int | None
    offer_until: datetime | None

    @property
    def calls_first(self) -> bool:
        """Whether this parent is asked to call before coming: where everybody may come nobody else stands in line."""
        return self.state is MemberState.WAITING and self.kind.form is GroupForm.OPEN


@dataclass(frozen=True)
class Fellow:
    """Another member: the first name, and the phone number while its owner allows it."""

    first_name: str
    phone: str | None


@dataclass(frozen=True)
class Meeting:
    """`is_absent` when this member has said that she cannot come; `sequence` counts changes, for calendars."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    address: str | None
    state: MeetingState
    sequence: int
    is_absent: bool


@dataclass(frozen=True)
class Inside:
    """A group as a member sees it; `fellows` only where members know one another."""

    kind: GroupKind
    district: str | None
    shares_phone: bool
    fellows: tuple[Fellow, ...]
    meetings: tuple[Meeting, ...]
    messages: tuple[tuple[datetime, str], ...]


_AHEAD = aliased(GroupMember)
_OWN = (
    select(
        GroupMember.id,
        GroupMember.group_id,
        GroupMember.child_id,
        GroupMember.state,
        GroupMember.offer_until,
        ParentGroup.kind,
        select(func.count())
        .where(
            _AHEAD.group_id == GroupMember.group_id,
            _AHEAD.state == MemberState.WAITING.value,
            _AHEAD.turn < GroupMember.turn,
        )
        .scalar_subquery()
        .label("ahead"),
    )
    .join(ParentGroup, ParentGroup.id == GroupMember.group_id)
    .where(GroupMember.person_id == bindparam("person"), GroupMember.state.in_(LIVE))
    .order_by(GroupMember.asked_at, GroupMember.id)
)


def own_places(work: Work, person: UUID) -> Sequence[OwnPlace]:
    """What this parent has in groups, oldest first: only with children whose place and times the parent may know."""
    found = columns(work.session, _OWN, {"person": person}).all()
    seen = sights(work.session, person, work.today) if found else {}
    rows = [row for row in found if row.child_id in seen and seen[row.child_id].sees(*NEEDED)]
    hidden = _hiding(work, person, {row.group_id for row in rows if row.state in SEATED})
    kinds = {kind.code: kind for kind in current_town(work.session).group_kinds}
    return tuple(
        OwnPlace(
            id=row.id,
            group_id=row.group_id,
            child_id=row.child_id,
            kind=kinds[row.kind],
            state=MemberState(row.state),
            number=row.ahead + 1 if row.state == MemberState.WAITING else None,
            offer_until=row.offer_until,
        )
        for row in rows
        if row.kind in kinds and not (row.state in SEATED and row.group_id in hidden)
    )


def inside(work: Work, person: UUID, member_id: UUID) -> Inside:
    """The group, for a member. Raises `NotFound` for all others."""
    place = own_member(work, person, member_id)
    asked = {"group": place.group_id, "member": member_id}
    group = columns(work.session, _GROUP, asked).one()
    kind = current_town(work.session).group_kind(group.kind)
    if kind is None:
        raise NotFound(member_id)
    members = columns(work.session, _MEMBERS, asked).all()
    sharing = who_shares(work, place.group_id, [row.person_id for row in members])
    knows_members = kind.form is GroupForm.FIXED
    messages = columns(work.session, _MESSAGES, asked)
    return Inside(
        kind=kind,
        district=group.district,
        shares_phone=person in sharing,
        fellows=_fellows(work, person, members, sharing) if knows_members else (),
        meetings=tuple(_meeting(work, row) for row in columns(work.session, _MEETINGS, asked)),
        messages=tuple((row.made_at, unseal(work.session, row.body, MESSAGE)) for row in messages),
    )


def own_member(work: Work, person: UUID, member_id: UUID) -> Any:
    """This person's own place, while a member who need not be kept apart from another. Raises `NotFound`."""
    place = own_place_seen(work, person, member_id)
    if place.state != MemberState.JOINED or _hiding(work, person, {place.group_id}):
        raise NotFound(member_id)
    return place


_GROUP = select(ParentGroup.kind, ParentGroup.district).where(ParentGroup.id == bindparam("group"))
_MEETINGS = (
    select(
        GroupMeeting.id,
        GroupMeeting.starts_at,
        GroupMeeting.ends_at,
        GroupMeeting.address,
        GroupMeeting.state,
        GroupMeeting.sequence,
        GroupAbsence.member_id.is_not(None).label("is_absent"),
    )
    .outerjoin(
        GroupAbsence,
        and_(GroupAbsence.meeting_id == GroupMeeting.id, GroupAbsence.member_id == bindparam("member")),
    )
    .where(GroupMeeting.group_id == bindparam("group"))
    .order_by(GroupMeeting.starts_at, GroupMeeting.id)
)
_MESSAGES = (
    select(GroupMessage.made_at, GroupMessage.body)
    .where(GroupMessage.group_id == bindparam("group"))
    .order_by(GroupMessage.made_at.desc(), GroupMessage.id)
)
_MEMBERS = (
    select(GroupMember.person_id, Person.given_name, Person.phone)
    .join(Person, Person.id == GroupMember.person_id)
    .where(GroupMember.group_id == bindparam("group"), GroupMember.state == MemberState.JOINED.value)
    .order_by(Person.given_name, GroupMember.id)
)
_TOGETHER = select(GroupMember.group_id, GroupMember.person_id).where(
    GroupMember.group_id.in_(bindparam("groups", expanding=True)), GroupMember.state.in_(SEATED)
)


def _hiding(work: Work, person: UUID, groups: Set[UUID]) -> frozenset[UUID]:
    """Of these groups the ones with a member of whose life this adult may learn nothing."""
    if not groups:
        return frozenset()
    concealed = {other for one, other in kept_apart(work.session, [person], work.today) if one == person}
    rows = columns(work.session, _TOGETHER, {"groups": list(groups)}) if concealed else ()
    return frozenset(row.group_id for row in rows if row.person_id in concealed)


def _fellows(work: Work, person: UUID, members: Iterable[Any], sharing: Set[UUID]) -> tuple[Fellow, ...]:
    """Also without those who must learn nothing of this member: their name is nothing to meet on a page either."""
    apart = {one for pair in kept_apart(work.session, [person], work.today) if person in pair for one in pair}
    return tuple(
        Fellow(row.given_name, row.phone if row.person_id in sharing else None)
        for row in members
        if row.person_id not in apart | {person}
    )


def _meeting(work: Work, row: Any) -> Meeting:
    return Meeting(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        address=unseal(work.session, row.address, ADDRESS) if row.address else None,
        state=MeetingState(row.state),
        sequence=row.sequence,
        is_absent=row.is_absent,
    )
