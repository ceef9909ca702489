"""The groups that a parent can choose from: what fits stands first, nothing is hidden but who is in them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation.database import columns, one_of_these
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.fitting import Births, Candidate, Fit, by_fit, fit_of
from parentsite.groups.rules.membership import LIVE, SEATED, GroupState, MeetingState, MemberState, is_over
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import child_seen, home_district
from parentsite.people.children import ChildView
from parentsite.people.models import StaffMember
from parentsite.people.visibility import kept_apart
from parentsite.town.groups import GroupKind
from parentsite.town.service import current_town


@dataclass(frozen=True, kw_only=True)
class OpenGroup:
    """A group that can be joined, as anybody may see it: `district` is all that is told of where it meets.

    `starter` started the group. How many places are left is not told to everybody: to a parent who must not meet a
    member the group looks full, and any other number would tell of the other.
    """

    id: UUID
    kind: GroupKind
    births: Births | None
    district: str | None
    languages: tuple[str, ...]
    starter: str
    next_meeting: datetime | None


@dataclass(frozen=True, kw_only=True)
class OfferedGroup(OpenGroup):
    """The same as a parent sees it who may join with a child; `place` is what this parent has in it already.

    `places_left` is none where everybody may come; `waiting` is how many stand in line. A group where everybody may
    come cannot be full: a parent who must not meet a member is asked to call first, and told nothing.
    """

    places_left: int | None
    calls_first: bool
    waiting: int
    fit: Fit
    place: tuple[UUID, MemberState] | None


_PLANNED = (GroupMeeting.group_id == ParentGroup.id) & (GroupMeeting.state == MeetingState.PLANNED.value)
_GROUPS = (
    select(
        ParentGroup.id,
        ParentGroup.kind,
        ParentGroup.district,
        ParentGroup.born_from,
        ParentGroup.born_until,
        ParentGroup.languages,
        ParentGroup.capacity,
        ParentGroup.taken,
        StaffMember.name.label("starter"),
        select(func.min(GroupMeeting.starts_at))
        .where(_PLANNED, GroupMeeting.starts_at > bindparam("now"))
        .scalar_subquery()
        .label("next_meeting"),
        select(func.max(GroupMeeting.starts_at)).where(_PLANNED).scalar_subquery().label("last_meeting"),
        select(func.count())
        .where(GroupMember.group_id == ParentGroup.id, GroupMember.state == MemberState.WAITING.value)
        .scalar_subquery()
        .label("waiting"),
    )
    .join(StaffMember, StaffMember.id == ParentGroup.starter_id)
    .where(one_of_these(ParentGroup.state, [GroupState.OPEN.value]))
)
_MINE = select(GroupMember.group_id, GroupMember.id, GroupMember.state).where(
    GroupMember.person_id == bindparam("person"), GroupMember.state.in_(LIVE)
)
_WITH = select(GroupMember.group_id).where(
    GroupMember.person_id.in_(bindparam("others", expanding=True)), GroupMember.state.in_(SEATED)
)


def open_groups(work: Work) -> Sequence[OpenGroup]:
    """Every open group, by part of town and by the children it is for; nothing of who is in it. One statement."""
    rows = _open_rows(work)
    kinds = _kinds(work)
    order = {district.code: place for place, district in enumerate(current_town(work.session).districts)}
    rows.sort(key=lambda row: (order.get(row.district, len(order)), row.born_from or date.max, str(row.id)))
    return tuple(OpenGroup(**_told(row, kinds)) for row in rows)


def groups_of(work: Work, person: UUID, children: Sequence[ChildView]) -> Sequence[Sequence[OfferedGroup]]:
    """Every open group for each of these children, those that fit first; as many statements however many there are."""
    rows = {row.id: row for row in _open_rows(work)}
    mine = {row.group_id: (row.id, MemberState(row.state)) for row in columns(work.session, _MINE, {"person": person})}
    full = _looks_full(work, person)
    home = home_district(work, person)
    kinds = _kinds(work)
    told = {one: {**_told(row, kinds), **_room(row, looks_full=one in full)} for one, row in rows.items()}
    candidates = [Candidate(row.id, _births(row), row.district) for row in rows.values()]

    def chosen(day: date, district: str | None) -> tuple[OfferedGroup, ...]:
        return tuple(
            OfferedGroup(**told[one.id], fit=fit_of(one, day, district), place=mine.get(one.id))
            for one in by_fit(candidates, day, district)
        )

    return tuple(chosen(child.counts_from, home or child.district) for child in children)


def groups_for(work: Work, person: UUID, child_id: UUID) -> Sequence[OfferedGroup]:
    """Every open group for one child, those that fit first. Raises `NotFound`."""
    (found,) = groups_of(work, person, [child_seen(work, person, child_id)])
    return found


def group_for(work: Work, person: UUID, child_id: UUID, group_id: UUID) -> OfferedGroup:
    """One open group. Raises `NotFound`."""
    found = next((one for one in groups_for(work, person, child_id) if one.id == group_id), None)
    if found is None:
        raise NotFound(group_id)
    return found


_DATES = (
    select(GroupMeeting.starts_at, GroupMeeting.ends_at)
    .where(
        GroupMeeting.group_id == bindparam("group"),
        GroupMeeting.state == MeetingState.PLANNED.value,
        GroupMeeting.starts_at > bindparam("now"),
    )
    .order_by(GroupMeeting.starts_at, GroupMeeting.id)
)


def dates_of(work: Work, group_id: UUID) -> Sequence[tuple[datetime, datetime]]:
    """From when to when a group meets from now on, for who has yet to choose: never where."""
    rows = columns(work.session, _DATES, {"group": group_id, "now": work.now})
    return tuple((row.starts_at, row.ends_at) for row in rows)


_THERE = select(ParentGroup.id).where(ParentGroup.id == bindparam("group"))


def is_there(work: Work, group_id: UUID) -> bool:
    """Whether there is, or was, such a group."""
    return columns(work.session, _THERE, {"group": group_id}).one_or_none() is not None


def _open_rows(work: Work) -> list[Any]:
    known = _kinds(work)
    rows = columns(work.session, _GROUPS, {"now": work.now})
    return [row for row in rows if row.kind in known and not is_over(work.now, row.last_meeting)]


def _kinds(work: Work) -> Mapping[str, GroupKind]:
    return {kind.code: kind for kind in current_town(work.session).group_kinds}


def _looks_full(work: Work, person: UUID) -> Set[UUID]:
    """The groups of those whom this parent must not meet: whatever else they showed would tell of the other."""
    pairs = kept_apart(work.session, [person], work.today)
    others = {one for pair in pairs if person in pair for one in pair} - {person}
    return set(columns(work.session, _WITH, {"others": list(others)}).scalars()) if others else set()


def _births(row: Any) -> Births | None:
    return None if row.born_from is None else Births(row.born_from, row.born_until)


def _told(row: Any, kinds: Mapping[str, GroupKind]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": kinds[row.kind],
        "births": _births(row),
        "district": row.district,
        "languages": tuple(row.languages.split()),
        "starter": row.starter,
        "next_meeting": row.next_meeting,
    }


def _room(row: Any, *, looks_full: bool) -> dict[str, Any]:
    if row.capacity is None:
        return {"places_left": None, "calls_first": looks_full, "waiting": row.waiting}
    return {"places_left": 0 if looks_full else row.capacity - row.taken, "calls_first": False, "waiting": row.waiting}
