"""Places and the line of one group: taking and giving back in one conditional statement, offering what is free.

Whoever changes a place holds the group's row, so that what is read after it is so until the end.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, update

from parentsite.consent.service import saying
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.policy import policy_of
from parentsite.groups.rules.line import Waiting, kept_out, next_offered
from parentsite.groups.rules.membership import (
    MEMBER,
    SEATED,
    GroupState,
    MeetingState,
    MemberState,
    is_over,
    offer_until,
)
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.phones import phone_matter
from parentsite.groups.service.telling import noted
from parentsite.people.visibility import kept_apart
from parentsite.town.service import current_town

_GROUP = select(
    ParentGroup.kind,
    ParentGroup.district,
    ParentGroup.state,
    ParentGroup.capacity,
    ParentGroup.taken,
    ParentGroup.born_from,
    ParentGroup.born_until,
).where(ParentGroup.id == bindparam("group"))
_LOCKED = _GROUP.with_for_update(key_share=True)


def lock_group(work: Work, group_id: UUID) -> Any:
    """Let nobody else change the places until the end; the group as it stands then. Raises `NotFound`."""
    row = columns(work.session, _LOCKED, {"group": group_id}).one_or_none()
    if row is None:
        raise NotFound(group_id)
    return row


def group_seen(work: Work, group_id: UUID) -> Any:
    """The group as it stands just now, for a page. Raises `NotFound`."""
    row = columns(work.session, _GROUP, {"group": group_id}).one_or_none()
    if row is None:
        raise NotFound(group_id)
    return row


_TAKE = (
    update(ParentGroup)
    .where(
        ParentGroup.id == bindparam("group"),
        ParentGroup.state == GroupState.OPEN.value,
        or_(ParentGroup.capacity.is_(None), ParentGroup.taken < ParentGroup.capacity),
    )
    .values(taken=ParentGroup.taken + 1)
)


def take(work: Work, group_id: UUID) -> bool:
    """Take a place that is free, if there is one."""
    return bool(change(work.session, _TAKE, {"group": group_id}))


def give_back(work: Work, group_id: UUID, places: int = 1) -> None:
    """So many places are free again."""
    if places:
        which = update(ParentGroup).where(ParentGroup.id == group_id)
        change(work.session, which.values(taken=ParentGroup.taken - places))


def settle(work: Work, group_id: UUID) -> None:
    """End what was not answered in time, and offer what is free to who stands first. The group is locked."""
    overdue = (
        update(GroupMember)
        .where(
            GroupMember.group_id == group_id,
            GroupMember.state == MemberState.OFFERED.value,
            GroupMember.offer_until <= work.now,
        )
        .values(state=MemberState.EXPIRED.value, offer_until=None, changed_at=work.now)
        .returning(GroupMember.id, GroupMember.person_id, GroupMember.child_id)
    )
    ended = columns(work.session, overdue).all()
    give_back(work, group_id, len(ended))
    for one in ended:
        noted(work, "offer_expired", one.id, one.person_id, one.child_id)
    _offer_free(work, group_id)


def end_place(work: Work, place: Any, to: MemberState) -> None:
    """The place, or the place in line, ends; what was allowed with it ends too. The group is locked."""
    changed = change(
        work.session,
        update(GroupMember)
        .where(GroupMember.id == place.id, GroupMember.state == place.state, GroupMember.state.in_(MEMBER.origins(to)))
        .values(state=to.value, offer_until=None, changed_at=work.now),
    )
    assert changed, "a place changed while its group was locked"
    if place.state in SEATED:
        give_back(work, place.group_id)
    withdraw(work, place.id)
    noted(work, to.value, place.id, place.person_id, place.child_id)


_WHOSE = select(GroupMember.person_id, GroupMember.group_id).where(GroupMember.id == bindparam("member"))


def withdraw(work: Work, member_id: UUID) -> bool:
    """The other members see this one's number no more; returns whether they did. The group is locked."""
    member = columns(work.session, _WHOSE, {"member": member_id}).one()
    return saying.withdraw(work, member.person_id, phone_matter(member.person_id, member.group_id)) is not None


_LAST_MEETING = select(func.max(GroupMeeting.starts_at)).where(
    GroupMeeting.group_id == bindparam("group"), GroupMeeting.state == MeetingState.PLANNED.value
)


def last_meeting(work: Work, group_id: UUID) -> datetime | None:
    """When the last meeting begins that is planned."""
    found: datetime | None = columns(work.session, _LAST_MEETING, {"group": group_id}).scalar_one()
    return found


_SEATED = select(GroupMember.person_id).where(GroupMember.group_id == bindparam("group"), GroupMember.state.in_(SEATED))
_WAITING = (
    select(GroupMember.turn, GroupMember.id, GroupMember.person_id, GroupMember.child_id)
    .where(GroupMember.group_id == bindparam("group"), GroupMember.state == MemberState.WAITING.value)
    .order_by(GroupMember.turn)
)


def out_of(work: Work, group_id: UUID, line: Iterable[Waiting]) -> frozenset[UUID]:
    """Who of these must not meet somebody who has a place in the group."""
    asking = list(line)
    seated = set(columns(work.session, _SEATED, {"group": group_id}).scalars())
    pairs = kept_apart(work.session, {one.person for one in asking}, work.today) if asking and seated else ()
    return kept_out(asking, seated, pairs)


def _offer_free(work: Work, group_id: UUID) -> None:
    if not _has_room(work, group_id):
        return
    last = last_meeting(work, group_id)
    rows = columns(work.session, _WAITING, {"group": group_id}).all()
    if not rows or is_over(work.now, last):
        return
    line = {row.id: Waiting(row.turn, row.id, row.person_id) for row in rows}
    children = {row.id: row.child_id for row in rows}
    until = offer_until(work.now, policy_of(current_town(work.session)).offer_hours, last)
    while line and _has_room(work, group_id):
        first = next_offered(list(line.values()), out_of(work, group_id, line.values()))
        if first is None or not take(work, group_id):
            return
        del line[first.member]
        change(
            work.session,
            update(GroupMember)
            .where(GroupMember.id == first.member, GroupMember.state == MemberState.WAITING.value)
            .values(state=MemberState.OFFERED.value, offer_until=until, changed_at=work.now),
        )
        noted(work, "offered", first.member, first.person, children[first.member])


def _has_room(work: Work, group_id: UUID) -> bool:
    group = lock_group(work, group_id)
    return group.state == GroupState.OPEN and (group.capacity is None or group.taken < group.capacity)
