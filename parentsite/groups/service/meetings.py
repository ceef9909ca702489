"""Meetings: planned, moved and cancelled by staff; a member says "cannot come", and takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, delete, insert, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.groups.models import ADDRESS, GroupAbsence, GroupMeeting, GroupMember
from parentsite.groups.rules.membership import GroupState, MeetingState, MemberState
from parentsite.groups.service.errors import BadMeeting, NotFound, TooLate
from parentsite.groups.service.inside import own_member
from parentsite.groups.service.seats import lock_group, settle
from parentsite.groups.service.telling import tell

_MEETING = select(
    GroupMeeting.id,
    GroupMeeting.group_id,
    GroupMeeting.state,
    GroupMeeting.starts_at,
    GroupMeeting.ends_at,
    GroupMeeting.address,
).where(GroupMeeting.id == bindparam("meeting"))


@dataclass(frozen=True)
class Hours:
    """From when to when a meeting lasts; aware moments."""

    starts_at: datetime
    ends_at: datetime


def plan_meeting(
    work: Work, made: UUID, group_id: UUID, starts_at: datetime, ends_at: datetime, address: str | None
) -> None:
    """Plan a meeting; the same id again is the same meeting. Raises `BadMeeting`, `TooLate`, `NotFound`."""
    _plan(work, group_id, {made: Hours(starts_at, ends_at)}, address)


def plan_meetings(work: Work, once: UUID, group_id: UUID, hours: Sequence[Hours], address: str | None) -> None:
    """Plan several at once, for which members get one letter; the same `once` again is the same meetings.

    Raises `BadMeeting`, `TooLate`, `NotFound`.
    """
    _plan(work, group_id, {uuid5(once, str(number)): each for number, each in enumerate(hours)}, address)


def move_meeting(work: Work, meeting_id: UUID, starts_at: datetime, ends_at: datetime, address: str | None) -> None:
    """Another time or place for a meeting that lies ahead; the same again tells nobody. Raises `BadMeeting`, `TooLate`,
    `NotFound`.
    """
    _check(work, Hours(starts_at, ends_at))
    group_id = _meeting(work, meeting_id).group_id
    lock_group(work, group_id)
    before = _meeting(work, meeting_id)
    told = unseal(work.session, before.address, ADDRESS) if before.address else None
    same = (before.starts_at, before.ends_at, told) == (starts_at, ends_at, _written(address))
    if same and before.state == MeetingState.PLANNED:
        return
    values = {"starts_at": starts_at, "ends_at": ends_at, "address": _seal(work, address)}
    _change_ahead(work, "meeting_moved", meeting_id, group_id, values)


def cancel_meeting(work: Work, meeting_id: UUID) -> None:
    """There is no meeting; every member is told. Again changes nothing. Raises `TooLate`, `NotFound`."""
    group_id = _meeting(work, meeting_id).group_id
    lock_group(work, group_id)
    if _meeting(work, meeting_id).state != MeetingState.CANCELLED:
        _change_ahead(work, "meeting_cancelled", meeting_id, group_id, {"state": MeetingState.CANCELLED.value})


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


def _plan(work: Work, group_id: UUID, planned: Mapping[UUID, Hours], address: str | None) -> None:
    for hours in planned.values():
        _check(work, hours)
    if lock_group(work, group_id).state == GroupState.CANCELLED:
        raise TooLate(group_id)
    first = next(iter(planned))
    before = columns(work.session, _MEETING, {"meeting": first}).one_or_none()
    if before is not None:
        if before.group_id != group_id:
            raise NotFound(first)
        return
    alike = {"group_id": group_id, "state": MeetingState.PLANNED.value, "sequence": 0}
    for made, hours in planned.items():
        row = {**alike, "id": made, "starts_at": hours.starts_at, "ends_at": hours.ends_at}
        change(work.session, insert(GroupMeeting).values({**row, "address": _seal(work, address)}))
    # A line that stood still while the last meeting lay behind moves on.
    settle(work, group_id)
    for made in planned:
        audit.record(work, "group.meeting_planned", (), about=("group_meeting", made))
    _tell_members(work, "meeting_planned", first, group_id, 0)


def _check(work: Work, hours: Hours) -> None:
    if not work.now < hours.starts_at < hours.ends_at:
        raise BadMeeting


def _meeting(work: Work, meeting_id: UUID) -> Any:
    row = columns(work.session, _MEETING, {"meeting": meeting_id}).one_or_none()
    if row is None:
        raise NotFound(meeting_id)
    return row


def _change_ahead(work: Work, what: str, meeting_id: UUID, group_id: UUID, values: Mapping[str, object]) -> None:
    """The group is locked."""
    planned = (GroupMeeting.state == MeetingState.PLANNED.value, GroupMeeting.starts_at > work.now)
    which = update(GroupMeeting).where(GroupMeeting.id == meeting_id, *planned)
    changed = which.values(sequence=GroupMeeting.sequence + 1, **values).returning(GroupMeeting.sequence)
    sequence = columns(work.session, changed).scalar_one_or_none()
    if sequence is None:
        raise TooLate(meeting_id)
    settle(work, group_id)
    audit.record(work, f"group.{what}", (), about=("group_meeting", meeting_id))
    _tell_members(work, what, meeting_id, group_id, sequence)


def _tell_members(work: Work, what: str, meeting_id: UUID, group_id: UUID, sequence: int) -> None:
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


def _written(address: str | None) -> str | None:
    return (address or "").strip() or None


def _seal(work: Work, address: str | None) -> bytes | None:
    written = _written(address)
    return seal(work.session, written, ADDRESS) if written else None
