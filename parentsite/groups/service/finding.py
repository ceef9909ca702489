"""The groups that a parent can choose from: what fits stands first, nothing is hidden but who is in them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMeeting, GroupMember, ParentGroup
from parentsite.groups.rules.fitting import Births, Candidate, Fit, by_fit, fit_of
from parentsite.groups.rules.membership import LIVE, SEATED, GroupState, MeetingState, MemberState, is_over
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import child_seen, district_of_home
from parentsite.people.models import StaffMember
from parentsite.people.visibility import kept_apart
from parentsite.town.groups import GroupKind
from parentsite.town.service import current_town


@dataclass(frozen=True)
class OfferedGroup:
    """A group as somebody sees it who may join: `district` is all that is told of where it meets.

    `places_left` is none where everybody may come; `waiting` is how many stand in line; `starter` started the group.
    `place` is what this parent has in it already.
    """

    id: UUID
    kind: GroupKind
    fit: Fit
    births: Births | None
    district: str | None
    languages: tuple[str, ...]
    starter: str
    places_left: int | None
    waiting: int
    next_meeting: datetime | None
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
    .where(ParentGroup.state == GroupState.OPEN.value)
)
_MINE = select(GroupMember.group_id, GroupMember.id, GroupMember.state).where(
    GroupMember.person_id == bindparam("person"), GroupMember.state.in_(LIVE)
)
_WITH = select(GroupMember.group_id).where(
    GroupMember.person_id.in_(bindparam("others", expanding=True)), GroupMember.state.in_(SEATED)
)


def groups_for(work: Work, person: UUID, child_id: UUID) -> Sequence[OfferedGroup]:
    """Every open group, those that fit first; as many statements however many groups there are. Raises `NotFound`."""
    child = child_seen(work, person, child_id)
    district = district_of_home(work, person, child)
    rows = {row.id: row for row in columns(work.session, _GROUPS, {"now": work.now}) if _is_chosen(work, row)}
    mine = {row.group_id: (row.id, MemberState(row.state)) for row in columns(work.session, _MINE, {"person": person})}
    full = _looks_full(work, person)
    kinds = {kind.code: kind for kind in current_town(work.session).group_kinds}
    candidates = {row.id: Candidate(row.id, _births(row), row.district) for row in rows.values()}
    return tuple(
        _shown(rows[one.id], one, fit_of(one, child.counts_from, district), kinds, full, mine)
        for one in by_fit(candidates.values(), child.counts_from, district)
    )


def group_for(work: Work, person: UUID, child_id: UUID, group_id: UUID) -> OfferedGroup:
    """One open group. Raises `NotFound`."""
    found = next((one for one in groups_for(work, person, child_id) if one.id == group_id), None)
    if found is None:
        raise NotFound(group_id)
    return found


def _is_chosen(work: Work, row: Any) -> bool:
    is_known = current_town(work.session).group_kind(row.kind) is not None
    return is_known and not is_over(work.now, row.last_meeting)


def _looks_full(work: Work, person: UUID) -> Set[UUID]:
    """The groups of those whom this parent must not meet: whatever else they showed would tell of the other."""
    pairs = kept_apart(work.session, [person], work.today)
    others = {one for pair in pairs if person in pair for one in pair} - {person}
    return set(columns(work.session, _WITH, {"others": list(others)}).scalars()) if others else set()


def _births(row: Any) -> Births | None:
    return None if row.born_from is None else Births(row.born_from, row.born_until)


def _shown(
    row: Any,
    candidate: Candidate,
    fit: Fit,
    kinds: Mapping[str, GroupKind],
    full: Set[UUID],
    mine: Mapping[UUID, tuple[UUID, MemberState]],
) -> OfferedGroup:
    left = None if row.capacity is None else row.capacity - row.taken
    return OfferedGroup(
        id=row.id,
        kind=kinds[row.kind],
        fit=fit,
        births=candidate.births,
        district=row.district,
        languages=tuple(row.languages.split()),
        starter=row.starter,
        places_left=0 if row.id in full else left,
        waiting=row.waiting,
        next_meeting=row.next_meeting,
        place=mine.get(row.id),
    )
