"""What the worker does: offers that were not answered go to the next in line."""

from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service.seats import lock_group, settle

MOST_A_ROUND = 20
_OVERDUE = (
    select(GroupMember.group_id)
    .where(GroupMember.state == MemberState.OFFERED.value, GroupMember.offer_until <= bindparam("now"))
    .distinct()
    .order_by(GroupMember.group_id)
)


def overdue_groups(work: Work) -> list[UUID]:
    """The groups with an offer that was not answered in time: in the order in which all who lock several take them."""
    return list(columns(work.session, _OVERDUE, {"now": work.now}).scalars())


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
