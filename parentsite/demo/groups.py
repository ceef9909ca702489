"""The demo's groups: one that is full and has a line, and some of each kind to join."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from parentsite.demo.staff import known
from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.groups.models import ParentGroup
from parentsite.groups.rules.fitting import Births
from parentsite.groups.rules.series import Rhythm, last_possible, series
from parentsite.groups.service.joining import join
from parentsite.groups.service.meetings import Hours, plan_meetings
from parentsite.groups.service.staffing import Plan, open_group
from parentsite.people.models import Child, Person
from parentsite.people.register import RegisterFile
from parentsite.town.closed import closed_days
from parentsite.town.groups import GroupForm
from parentsite.town.service import current_town

ADDRESS, WEEKEND = "Prøvestien 1, stuen", (5, 6)
HEALTH_VISITOR, FAMILY_HOUSE = "susanne-elkjaer", "lisbeth-hjort"
MOTHERS = {
    "sofie-ravnholt": "ellie-ravnholt",
    "amira-saleh": "zaid-saleh",
    "katrine-bjerre": "malthe-bjerre",
    "trine-overgaard": "nor-overgaard",
}
"""Parents of the register file with the child they come with, in the order in which they join."""


@dataclass(frozen=True)
class _Group:
    """`born` are the oldest and the youngest children that it is for, in days of age; `district` its place in the
    town pack. It begins in so many days.
    """

    kind: str
    starter: str
    begins_in: int
    capacity: int | None
    born: tuple[int, int] | None = None
    district: int | None = None
    languages: tuple[str, ...] = ("da",)
    members: Sequence[str] = ()


def bring_together(work: Work, register: RegisterFile, issuer: str) -> int:
    """Make the demo's groups, unless there is any already. Returns how many were made."""
    if work.session.scalars(select(ParentGroup.id)).first() is not None:
        return 0
    staff = {one.key: known(work, one, issuer) for one in register.staff if one.key in {HEALTH_VISITOR, FAMILY_HOUSE}}
    groups = [group for group in _groups(work) if current_town(work.session).group_kind(group.kind)]
    for group in groups:
        _make(work, group, staff)
    return len(groups)


def _groups(work: Work) -> list[_Group]:
    """Those that everybody may see, for each kind of the pack."""
    kinds = current_town(work.session).group_kinds
    of_one_age = [kind.code for kind in kinds if kind.form is GroupForm.FIXED and not kind.is_sensitive]
    nearby, others = of_one_age[:1], of_one_age[1:]
    drop_in = [kind.code for kind in kinds if kind.form is GroupForm.OPEN]
    chosen = [kind.code for kind in kinds if kind.is_sensitive]
    evenings = [kind.code for kind in kinds if kind.form is GroupForm.EVENING]
    mothers = tuple(MOTHERS)
    return [
        *(_Group(kind, HEALTH_VISITOR, 6, 3, (65, 30), 0, members=mothers) for kind in nearby),
        *(_Group(kind, HEALTH_VISITOR, 9, 6, (150, 95), place) for kind in nearby for place in (0, 1)),
        *(_Group(kind, HEALTH_VISITOR, 10, 6, (150, 30), 0) for kind in others),
        *(_Group(kind, HEALTH_VISITOR, 4, None, district=0) for kind in drop_in),
        *(_Group(kind, FAMILY_HOUSE, 12, 6, languages=("da", "en", "ar"), members=mothers[1:2]) for kind in chosen),
        *(_Group(kind, FAMILY_HOUSE, 16, 40, members=mothers[:3]) for kind in evenings),
    ]


def _make(work: Work, group: _Group, staff: Mapping[str, UUID]) -> None:
    town, made = current_town(work.session), new_id()
    births = group.born and Births(*(work.today - timedelta(days=days) for days in group.born))
    district = None if group.district is None else town.districts[group.district].code
    plan = Plan(group.kind, district, births, group.capacity, group.languages)
    open_group(work, made, staff[group.starter], plan)
    plan_meetings(work, made, made, _hours(work, group), ADDRESS)
    for parent in group.members:
        person, child = _ids(work, parent)
        join(work, person, child, made)


def _hours(work: Work, group: _Group) -> list[Hours]:
    """Two hours in the evening once, or in the morning every other week."""
    town = current_town(work.session)
    kind = town.group_kind(group.kind)
    is_evening = kind is not None and kind.form is GroupForm.EVENING
    begins, rhythm = (time(19), Rhythm.ONCE) if is_evening else (time(10), Rhythm.FORTNIGHTLY)
    first = work.today + timedelta(days=group.begins_in)
    first += timedelta(days=7 - first.weekday() if first.weekday() in WEEKEND else 0)
    closed = closed_days(town, first, last_possible(first, rhythm))
    starts = [datetime.combine(day, begins, COPENHAGEN).astimezone(UTC) for day in series(first, rhythm, 6, closed)]
    return [Hours(each, each + timedelta(hours=2)) for each in starts]


def _ids(work: Work, parent: str) -> tuple[UUID, UUID]:
    person = work.session.scalars(select(Person.id).where(Person.register_key == parent)).one()
    return person, work.session.scalars(select(Child.id).where(Child.register_key == MOTHERS[parent])).one()
