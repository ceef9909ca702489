"""What the worker does: offers that were not answered go to the next in line; a group that is over takes nobody new."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation.database import columns, one_of_these
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.membership import GroupState, MeetingState, MemberState
from parentsite.groups.service.seats import lock_group, settle
from parentsite.groups.service.staffing import close

CLOSES_AFTER = timedelta(days=14)
"""From the end of a group's last meeting: until then staff can plan another, and the line keeps its order."""

MOST_A_ROUND = 20
_OVERDUE = (
    select(GroupMember.group_id)
    .where(one_of_these(GroupMember.state, [MemberState.OFFERED.value]), GroupMember.offer_until <= bindparam("now"))
    .order_by(GroupMember.offer_until)
)


def overdue_groups(work: Work) -> list[UUID]:
    """The groups with an offer that was not answered in time: in the order in which all who lock several take them."""
    return sorted(set(columns(work.session, _OVERDUE, {"now": work.now}).scalars()))


def settle_group(work: Work, group_id: UUID) -> None:
    """End its overdue offers and offer the places on; again changes nothing."""
    lock_group(work, group_id)
    settle(work, group_id)


def offer_on(work: Work) -> int:
    """All of them, at most so many a round that other writers need not wait long. Returns how many groups."""
    groups = overdue_groups(work)[:MOST_A_ROUND]
    for group_id in groups:
        settle_group(work, group_id)
    return len(groups)


_LAST_END = (
    select(func.max(GroupMeeting.ends_at))
    .where(GroupMeeting.group_id == ParentGroup.id, GroupMeeting.state == MeetingState.PLANNED.value)
    .scalar_subquery()
)
_OVER = (
    select(ParentGroup.id)
    .where(
        one_of_these(ParentGroup.state, [GroupState.OPEN.value]),
        ParentGroup.made_at <= bindparam("until"),
        bindparam("until") >= _LAST_END,
    )
    .order_by(ParentGroup.id)
    .limit(MOST_A_ROUND)
)


def close_over(work: Work) -> int:
    """Close the groups whose last meeting ended two weeks ago, so many a round; who still waits is told. Returns how
    many.
    """
    over = list(columns(work.session, _OVER, {"until": work.now - CLOSES_AFTER}).scalars())
    for group_id in over:
        close(work, group_id)
    return len(over)
