"""Joining, waiting, answering an offered place, leaving: each wholly or not at all; the same press again changes
nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember, ParentGroup
from parentsite.groups.rules.fitting import Births, Candidate, Fit, fit_of
from parentsite.groups.rules.line import Waiting
from parentsite.groups.rules.membership import LIVE, GroupState, MemberState, is_over
from parentsite.groups.service.errors import ChildHasSeat, GroupClosed, NotFound, OfferGone, OtherAge
from parentsite.groups.service.gate import child_seen, own_place, own_place_seen
from parentsite.groups.service.seats import end_place, last_meeting, lock_group, out_of, settle, take
from parentsite.groups.service.sharing import give
from parentsite.groups.service.telling import noted
from parentsite.people.children import ChildView
from parentsite.people.merging import stays
from parentsite.town.service import current_town


@dataclass(frozen=True)
class Place:
    """What came of joining: a place, or a place in line."""

    member_id: UUID
    state: MemberState


def join(
    work: Work, person: UUID, child_id: UUID, group_id: UUID, *, shares_phone: bool = False, language: str = "da"
) -> Place:
    """Take a place for oneself, or stand in line when none is free; who is in already stays as it is.

    A phone number is shared only with a place: who waits is asked again when one is offered; `language` is that of the
    page on which it was asked. A parent who must not
    meet a member stands in line like anybody else, and is never offered a place. Raises `OtherAge`, `GroupClosed`,
    `ChildHasSeat`, `NotFound`.
    """
    if not stays(work, child_id):
        raise NotFound(child_id)
    child = child_seen(work, person, child_id)
    made = new_id()
    with work.session.begin_nested():
        lock_group(work, group_id)
        if before := _before(work, person, group_id):
            return before
        both_parents = _check_open(work, child, group_id)
        settle(work, group_id)
        turn = _next_turn(work, group_id)
        is_free = not out_of(work, group_id, [Waiting(turn, made, person)]) and take(work, group_id)
        state = MemberState.JOINED if is_free else MemberState.WAITING
        seat = None if both_parents else child_id
        row = {"id": made, "group_id": group_id, "person_id": person, "child_id": child_id, "child_seat": seat}
        _insert(work, {**row, "turn": turn, "state": state.value, "asked_at": work.now, "changed_at": work.now})
        if shares_phone and state is MemberState.JOINED:
            give(work, made, person, language=language)
    noted(work, state.value, made, person, child_id)
    return Place(made, state)


def accept(work: Work, person: UUID, member_id: UUID, *, shares_phone: bool = False, language: str = "da") -> None:
    """Take the place that is offered; again changes nothing. Raises `OfferGone`, `NotFound`."""
    place = own_place_seen(work, person, member_id)
    with work.session.begin_nested():
        lock_group(work, place.group_id)
        place = own_place(work, person, member_id)
        if place.state == MemberState.JOINED:
            return
        taken = change(
            work.session,
            update(GroupMember)
            .where(
                GroupMember.id == member_id,
                GroupMember.state == MemberState.OFFERED.value,
                GroupMember.offer_until > work.now,
            )
            .values(state=MemberState.JOINED.value, offer_until=None, changed_at=work.now),
        )
        if not taken:
            raise OfferGone(member_id)
        if shares_phone:
            give(work, member_id, person, language=language)
    noted(work, "joined", member_id, person, place.child_id)


def leave(work: Work, person: UUID, member_id: UUID) -> MemberState:
    """Leave, decline what is offered, or stand in line no longer; the place goes to who is first in line, at once.

    Returns in which state the place was. Asked by anybody about the own place, also by who sees the child no more.
    Raises `NotFound`.
    """
    place = own_place(work, person, member_id)
    with work.session.begin_nested():
        lock_group(work, place.group_id)
        place = own_place(work, person, member_id)
        if place.state in LIVE:
            end_place(work, place, MemberState.LEFT)
            settle(work, place.group_id)
    return MemberState(place.state)


_BEFORE = select(GroupMember.id, GroupMember.state).where(
    GroupMember.group_id == bindparam("group"),
    GroupMember.person_id == bindparam("person"),
    GroupMember.state.in_(LIVE),
)


def _before(work: Work, person: UUID, group_id: UUID) -> Place | None:
    row = columns(work.session, _BEFORE, {"group": group_id, "person": person}).one_or_none()
    return Place(row.id, MemberState(row.state)) if row else None


def _check_open(work: Work, child: ChildView, group_id: UUID) -> bool:
    """Returns whether both parents of a child may come."""
    group = lock_group(work, group_id)
    kind = current_town(work.session).group_kind(group.kind)
    if kind is None:
        raise NotFound(group_id)
    if group.state != GroupState.OPEN or is_over(work.now, last_meeting(work, group_id)):
        raise GroupClosed(group_id)
    births = None if group.born_from is None else Births(group.born_from, group.born_until)
    if fit_of(Candidate(group_id, births, None), child.counts_from, None) is Fit.OTHER_AGE:
        raise OtherAge(group_id)
    return kind.both_parents


_TURN = (
    update(ParentGroup)
    .where(ParentGroup.id == bindparam("group"))
    .values(turns=ParentGroup.turns + 1)
    .returning(ParentGroup.turns)
)


def _next_turn(work: Work, group_id: UUID) -> int:
    turn: int = columns(work.session, _TURN, {"group": group_id}).scalar_one()
    return turn


def _insert(work: Work, row: dict[str, object]) -> None:
    try:
        work.session.execute(insert(GroupMember).values(row))
    except IntegrityError as error:
        raise ChildHasSeat(row["child_id"]) from error
