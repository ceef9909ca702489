"""Where news leads, asked when a letter is sent and when it is followed: to one's own place, or to an open group."""

from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, GroupMessage
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.finding import groups_of
from parentsite.groups.service.gate import children_seen
from parentsite.groups.service.inside import own_member


def member_at_meeting(work: Work, person: UUID, meeting: UUID) -> UUID | None:
    """This parent's place in the group that meets, while a member."""
    of = select(GroupMeeting.group_id).where(GroupMeeting.id == bindparam("about")).scalar_subquery()
    return _member(work, person, of, meeting)


def member_written_to(work: Work, person: UUID, message: UUID) -> UUID | None:
    """This parent's place in the group that was written to, while a member."""
    of = select(GroupMessage.group_id).where(GroupMessage.id == bindparam("about")).scalar_subquery()
    return _member(work, person, of, message)


def may_see(work: Work, person: UUID, group: UUID) -> bool:
    """Whether this parent is shown the group, because it can be joined."""
    children = children_seen(work, person)
    return any(one.id == group for found in groups_of(work, person, children[:1]) for one in found)


def _member(work: Work, person: UUID, group: ScalarSelect[UUID], about: UUID) -> UUID | None:
    mine = select(GroupMember.id).where(
        GroupMember.group_id == group,
        GroupMember.person_id == bindparam("person"),
        GroupMember.state == MemberState.JOINED.value,
    )
    member: UUID | None = columns(work.session, mine, {"person": person, "about": about}).scalar_one_or_none()
    try:
        return member and own_member(work, person, member).id
    except NotFound:
        return None
