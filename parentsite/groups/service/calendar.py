"""What stands in a member's own calendar: the meetings of her groups, but for those she cannot come to.

An entry tells neither the kind of group nor the address, which may be another family's home: calendars are read by
others. It tells the part of town.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.foundation.calendar import KEPT, CalendarEntry
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupAbsence, GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.membership import MeetingState, MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.inside import OwnPlace, own_member
from parentsite.town.service import current_town

_COLUMNS = (
    GroupMeeting.id,
    GroupMeeting.starts_at,
    GroupMeeting.ends_at,
    GroupMeeting.state,
    GroupMeeting.sequence,
    ParentGroup.district,
)
_MEETINGS = (
    select(*_COLUMNS)
    .join(GroupMember, GroupMember.group_id == GroupMeeting.group_id)
    .join(ParentGroup, ParentGroup.id == GroupMeeting.group_id)
    .outerjoin(GroupAbsence, and_(GroupAbsence.meeting_id == GroupMeeting.id, GroupAbsence.member_id == GroupMember.id))
    .where(
        GroupMember.id.in_(bindparam("members", expanding=True)),
        GroupAbsence.member_id.is_(None),
        GroupMeeting.ends_at > bindparam("since"),
    )
    .order_by(GroupMeeting.starts_at, GroupMeeting.id)
)


def entries_of(work: Work, places: Sequence[OwnPlace], title: str) -> list[CalendarEntry]:
    """The meetings, past and to come, of those of these places that are joined; one statement."""
    joined = [one.id for one in places if one.state is MemberState.JOINED]
    asked = {"members": joined, "since": work.now - KEPT}
    rows = columns(work.session, _MEETINGS, asked) if joined else ()
    return [one for row in rows if (one := _entry(work, row, title)).is_told(work.now)]


_MEETING = (
    select(*_COLUMNS)
    .join(ParentGroup, ParentGroup.id == GroupMeeting.group_id)
    .where(GroupMeeting.id == bindparam("meeting"), GroupMeeting.group_id == bindparam("group"))
)


def entry_of(work: Work, person: UUID, member_id: UUID, meeting_id: UUID, title: str) -> CalendarEntry:
    """One meeting of one's own group. Raises `NotFound`."""
    place = own_member(work, person, member_id)
    row = columns(work.session, _MEETING, {"meeting": meeting_id, "group": place.group_id}).one_or_none()
    if row is None:
        raise NotFound(meeting_id)
    return _entry(work, row, title)


def _entry(work: Work, row: Any, title: str) -> CalendarEntry:
    district = current_town(work.session).district(row.district)
    return CalendarEntry(
        uid=str(row.id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=title,
        place=district.name if district else None,
        sequence=row.sequence,
        is_cancelled=row.state == MeetingState.CANCELLED,
    )
