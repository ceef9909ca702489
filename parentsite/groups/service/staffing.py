"""What staff do with a group: open it, change how many it holds, close it, cancel it, take a member out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.policy import policy_of
from parentsite.groups.rules.fitting import Births
from parentsite.groups.rules.membership import GROUP, LIVE, GroupState, MeetingState, MemberState
from parentsite.groups.service.errors import BadGroup, NotFound, TooLate, TooSmall
from parentsite.groups.service.seats import end_place, lock_group, settle
from parentsite.town.groups import GroupForm
from parentsite.town.service import current_town


@dataclass(frozen=True)
class Plan:
    """What a new group is to be: `births` and `district` none for all, `capacity` none where everybody may come."""

    kind: str
    district: str | None
    births: Births | None
    capacity: int | None
    languages: tuple[str, ...] = ()


def open_group(work: Work, made: UUID, starter: UUID, plan: Plan) -> None:
    """Open a group, started by this member of the staff; the same id again is the same group. Raises `BadGroup`."""
    _check(work, plan)
    if columns(work.session, select(ParentGroup.id).where(ParentGroup.id == made)).one_or_none() is not None:
        return
    row = {
        "id": made,
        "kind": plan.kind,
        "district": plan.district,
        "born_from": plan.births.first if plan.births else None,
        "born_until": plan.births.last if plan.births else None,
        "languages": " ".join(plan.languages),
        "starter_id": starter,
        "capacity": plan.capacity,
        "taken": 0,
        "turns": 0,
        "state": GroupState.OPEN.value,
        "made_at": work.now,
    }
    try:
        with work.session.begin_nested():
            change(work.session, insert(ParentGroup).values(row))
    except IntegrityError:
        # The same form, sent twice at the same moment: the other press has just made it.
        lock_group(work, made)
        return
    audit.record(work, "group.opened", (), about=("parent_group", made))


def proposed_capacity(work: Work) -> int:
    """How many the town proposes a new group to hold."""
    return policy_of(current_town(work.session)).size


def resize(work: Work, group_id: UUID, capacity: int) -> None:
    """Let the group hold more, and offer what is free at once; or fewer, if they are not taken. Raises `TooSmall`."""
    group = lock_group(work, group_id)
    if group.capacity is None or capacity < 1:
        raise BadGroup(group_id)
    fits = (ParentGroup.id == group_id, ParentGroup.taken <= capacity)
    if not change(work.session, update(ParentGroup).where(*fits).values(capacity=capacity)):
        raise TooSmall(group_id)
    audit.record(work, "group.resized", (), about=("parent_group", group_id))
    settle(work, group_id)


def close(work: Work, group_id: UUID) -> None:
    """Nobody new joins; the members go on. Who waits, or was offered a place, is told. Again changes nothing."""
    if _become(work, group_id, GroupState.CLOSED):
        _end(work, group_id, MemberState.WAITING, MemberState.OFFERED)


def reopen(work: Work, group_id: UUID) -> None:
    """Newcomers may join again. Raises `TooLate` for a group that was cancelled."""
    _become(work, group_id, GroupState.OPEN)


def cancel(work: Work, group_id: UUID) -> None:
    """There is no such group any more: its meetings are cancelled and everybody is told. Again changes nothing."""
    if not _become(work, group_id, GroupState.CANCELLED):
        return
    ahead = (GroupMeeting.group_id == group_id, GroupMeeting.state == MeetingState.PLANNED.value)
    cancelled = {"state": MeetingState.CANCELLED.value, "sequence": GroupMeeting.sequence + 1}
    change(work.session, update(GroupMeeting).where(*ahead, GroupMeeting.starts_at > work.now).values(cancelled))
    _end(work, group_id, *map(MemberState, LIVE))


def take_out(work: Work, group_id: UUID, member_id: UUID) -> bool:
    """End a parent's place, for instance where two must be kept apart; who is first in line is offered it.

    Returns whether there was one: who is out already is told nothing. Raises `NotFound` also for a place in another
    group.
    """
    lock_group(work, group_id)
    place = columns(work.session, _PLACE, {"group": group_id, "member": member_id}).one_or_none()
    if place is None:
        raise NotFound(member_id)
    if place.state not in LIVE:
        return False
    end_place(work, place, MemberState.ENDED)
    settle(work, group_id)
    return True


_COLUMNS = (GroupMember.id, GroupMember.group_id, GroupMember.person_id, GroupMember.child_id, GroupMember.state)
_PLACE = select(*_COLUMNS).where(GroupMember.id == bindparam("member"), GroupMember.group_id == bindparam("group"))
_PLACES = (
    select(*_COLUMNS)
    .where(GroupMember.group_id == bindparam("group"), GroupMember.state.in_(bindparam("states", expanding=True)))
    .order_by(GroupMember.person_id, GroupMember.turn)
)
"""In the order in which what they allowed is locked, whatever group it is."""


def _check(work: Work, plan: Plan) -> None:
    town = current_town(work.session)
    kind = town.group_kind(plan.kind)
    if kind is None or (plan.district is not None and town.district(plan.district) is None):
        raise BadGroup(plan)
    if (kind.form is GroupForm.OPEN) is not (plan.capacity is None):
        raise BadGroup(plan)
    if plan.capacity is not None and plan.capacity < 1:
        raise BadGroup(plan)
    if not set(plan.languages) <= set(LANGUAGES):
        raise BadGroup(plan)


def _become(work: Work, group_id: UUID, to: GroupState) -> bool:
    """Whether this changed anything. The group is locked from here on. Raises `TooLate`, `NotFound`."""
    if lock_group(work, group_id).state == to:
        return False
    which = update(ParentGroup).where(ParentGroup.id == group_id, ParentGroup.state.in_(GROUP.origins(to)))
    if not change(work.session, which.values(state=to.value)):
        raise TooLate(group_id)
    audit.record(work, f"group.{to.value}", (), about=("parent_group", group_id))
    return True


def _end(work: Work, group_id: UUID, *states: MemberState) -> None:
    places: list[Any] = list(
        columns(work.session, _PLACES, {"group": group_id, "states": [state.value for state in states]})
    )
    for place in places:
        end_place(work, place, MemberState.ENDED)
