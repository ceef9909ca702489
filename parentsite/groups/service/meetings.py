"""Meetings: planned, moved and cancelled by staff; a member says "cannot come", and takes it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Work
from parentsite.groups.models import ADDRESS, GroupAbsence, GroupMeeting, GroupMember
from parentsite.groups.rules.membership import GroupState, MeetingState, MemberState
from parentsite.groups.service.errors import BadMeeting, NotFound, TooLate
from parentsite.groups.service.inside import own_member
from parentsite.groups.service.seats import lock_group, settle
from parentsite.groups.service.telling import tell

_MEETING = select(
    GroupMeeting.id, GroupMeeting.group_id, GroupMeeting.state, GroupMeeting.starts_at, GroupMeeting.ends_at
).where(GroupMeeting.id == bindparam("meeting"))


def plan_meeting(
    work: Work, made: UUID, group_id: UUID, starts_at: datetime, ends_at: datetime, address: str | None
) -> None:
    """Plan a meeting; the same id again is the same meeting. Raises `BadMeeting`, `TooLate`, `NotFound`."""
    _check(work, starts_at, ends_at)
    if lock_group(work, group_id).state == GroupState.CANCELLED:
        raise TooLate(group_id)
    before = columns(work.session, _MEETING, {"meeting": made}).one_or_none()
    if before is not None:
        if before.group_id != group_id:
            raise NotFound(made)
        return
    row = {"id": made, "group_id": group_id, "starts_at": starts_at, "ends_at": ends_at, "sequence": 0}
    values = {**row, "address": _seal(work, address), "state": MeetingState.PLANNED.value}
    change(work.session, insert(GroupMeeting).values(values))
    # A line that stood still while the last meeting lay behind moves on.
    settle(work, group_id)
    _say(work, "meeting_planned", made, group_id, 0)


def move_meeting(work: Work, meeting_id: UUID, starts_at: datetime, ends_at: datetime, address: str | None) -> None:
    """Another time or place for a meeting that lies ahead. Raises `BadMeeting`, `TooLate`, `NotFound`."""
    _check(work, starts_at, ends_at)
    _change_ahead(work, "meeting_moved", meeting_id, starts_at=starts_at, ends_at=ends_at, address=_seal(work, address))


def cancel_meeting(work: Work, meeting_id: UUID) -> None:
    """There is no meeting; every member is told. Again changes nothing. Raises `TooLate`, `NotFound`."""
    if _meeting(work, meeting_id).state != MeetingState.CANCELLED:
        _change_ahead(work, "meeting_cancelled", meeting_id, state=MeetingState.CANCELLED.value)


def cannot_come(work: Work, person: UUID, member_id: UUID, meeting_id: UUID) -> None:
    """Say so, until the meeting begins; again changes nothing. Raises `TooLate`, `NotFound`."""
    if _is_absent(work, _own_meeting(work, person, member_id, meeting_id), member_id):
        return
    change(work.session, insert(GroupAbsence).values(meeting_id=meeting_id, member_id=member_id))
    audit.record(work, "group.cannot_come", [person], about=("group_meeting", meeting_id))


def can_come(work: Work, person: UUID, member_id: UUID, meeting_id: UUID) -> None:
    """Take it back, until the meeting begins. Raises `TooLate`, `NotFound`."""
    _own_meeting(work, person, member_id, meeting_id)
    which = (GroupAbsence.meeting_id == meeting_id, GroupAbsence.member_id == member_id)
    if change(work.session, delete(GroupAbsence).where(*which)):
        audit.record(work, "group.can_come", [person], about=("group_meeting", meeting_id))


_MEMBERS = select(GroupMember.person_id, GroupMember.child_id).where(
    GroupMember.group_id == bindparam("group"), GroupMember.state == MemberState.JOINED.value
)


def members_of(work: Work, group_id: UUID) -> Sequence[Any]:
    """Persons and their children, for letters to all members."""
    return columns(work.session, _MEMBERS, {"group": group_id}).all()


def _check(work: Work, starts_at: datetime, ends_at: datetime) -> None:
    if not work.now < starts_at < ends_at:
        raise BadMeeting


def _meeting(work: Work, meeting_id: UUID) -> Any:
    row = columns(work.session, _MEETING, {"meeting": meeting_id}).one_or_none()
    if row is None:
        raise NotFound(meeting_id)
    return row


def _change_ahead(work: Work, what: str, meeting_id: UUID, **values: object) -> None:
    group_id = _meeting(work, meeting_id).group_id
    lock_group(work, group_id)
    planned = (GroupMeeting.state == MeetingState.PLANNED.value, GroupMeeting.starts_at > work.now)
    which = update(GroupMeeting).where(GroupMeeting.id == meeting_id, *planned)
    changed = which.values(sequence=GroupMeeting.sequence + 1, **values).returning(GroupMeeting.sequence)
    sequence = columns(work.session, changed).scalar_one_or_none()
    if sequence is None:
        raise TooLate(meeting_id)
    settle(work, group_id)
    _say(work, what, meeting_id, group_id, sequence)


def _say(work: Work, what: str, meeting_id: UUID, group_id: UUID, sequence: int) -> None:
    audit.record(work, f"group.{what}", (), about=("group_meeting", meeting_id))
    for one in members_of(work, group_id):
        key = f"group_meeting:{meeting_id}:{sequence}:{one.person_id}"
        tell(work, what, person=one.person_id, child=one.child_id, key=key, meeting=meeting_id)


_LOCKED_MEMBER = select(GroupMember.id).where(GroupMember.id == bindparam("member")).with_for_update(key_share=True)


def _own_meeting(work: Work, person: UUID, member_id: UUID, meeting_id: UUID) -> UUID:
    """The id of a meeting that lies ahead of one's own group; two presses of a member go one after the other."""
    lock(work.session, _LOCKED_MEMBER, {"member": member_id})
    place = own_member(work, person, member_id)
    meeting = _meeting(work, meeting_id)
    if meeting.group_id != place.group_id:
        raise NotFound(meeting_id)
    if meeting.state == MeetingState.CANCELLED or meeting.starts_at <= work.now:
        raise TooLate(meeting_id)
    return meeting_id


_ABSENT = select(GroupAbsence.member_id).where(
    GroupAbsence.meeting_id == bindparam("meeting"), GroupAbsence.member_id == bindparam("member")
)


def _is_absent(work: Work, meeting_id: UUID, member_id: UUID) -> bool:
    asked = {"meeting": meeting_id, "member": member_id}
    return columns(work.session, _ABSENT, asked).one_or_none() is not None


def _seal(work: Work, address: str | None) -> bytes | None:
    return seal(work.session, address.strip(), ADDRESS) if address and address.strip() else None
