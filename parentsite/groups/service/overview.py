"""A parent's own places as pages show them: when each group meets next, and what became of a place that has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupAbsence, GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.membership import LIVE, GroupState, MeetingState, MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import own_place_seen
from parentsite.groups.service.inside import OwnPlace, own_places
from parentsite.town.service import current_town


@dataclass(frozen=True)
class NextMeeting:
    """`is_absent` when this member has said that she cannot come."""

    starts_at: datetime
    is_absent: bool


_NEXT = (
    select(GroupMember.id, GroupMeeting.starts_at, GroupAbsence.member_id.is_not(None).label("is_absent"))
    .join(GroupMeeting, GroupMeeting.group_id == GroupMember.group_id)
    .outerjoin(GroupAbsence, and_(GroupAbsence.meeting_id == GroupMeeting.id, GroupAbsence.member_id == GroupMember.id))
    .where(
        GroupMember.id.in_(bindparam("members", expanding=True)),
        GroupMeeting.state == MeetingState.PLANNED.value,
        GroupMeeting.starts_at > bindparam("now"),
    )
    .order_by(GroupMeeting.starts_at.desc())
)


def next_meetings(work: Work, places: Sequence[OwnPlace]) -> Mapping[UUID, NextMeeting]:
    """The next meeting of each of these places that is joined, by the place's id; one statement."""
    joined = [one.id for one in places if one.state is MemberState.JOINED]
    rows = columns(work.session, _NEXT, {"members": joined, "now": work.now}) if joined else ()
    return {row.id: NextMeeting(row.starts_at, row.is_absent) for row in rows}


_GROUP = (
    select(ParentGroup.id, ParentGroup.kind, ParentGroup.state)
    .join(GroupMember, GroupMember.group_id == ParentGroup.id)
    .where(GroupMember.id == bindparam("member"))
)


@dataclass(frozen=True)
class Standing:
    """One place, in whatever state, and the state of its group."""

    place: OwnPlace
    group_state: GroupState


def standing(work: Work, person: UUID, member_id: UUID) -> Standing:
    """A place of this parent's own, also one that has ended. Raises `NotFound`."""
    place = own_place_seen(work, person, member_id)
    group = columns(work.session, _GROUP, {"member": member_id}).one()
    kind = current_town(work.session).group_kind(group.kind)
    if place.state in LIVE or kind is None:
        found = next((one for one in own_places(work, person) if one.id == member_id), None)
    else:
        found = OwnPlace(member_id, group.id, place.child_id, kind, MemberState(place.state), None, None)
    if found is None:
        raise NotFound(member_id)
    return Standing(found, GroupState(group.state))
