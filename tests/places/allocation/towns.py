"""Small towns for the allocation run: one in words, and random ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from parentsite.places.rules.allocation.asked import Pin, Room, Run, Seeker, Wished
from parentsite.places.rules.line import line_key
from parentsite.places.rules.order import Candidate
from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.vocabulary import (
    AgeGroup,
    Criterion,
    GuaranteeEffect,
    GuaranteeScope,
    SeniorityBase,
    TimelyKind,
)

POLICY = PlacementPolicy(
    right_from_weeks=26,
    grace_weeks=4,
    timely=TimelyRule(TimelyKind.WEEKS_AFTER_BIRTH, 8),
    answer_days=8,
    order=(Criterion.SPECIAL_NEED, Criterion.SIBLING, Criterion.SENIORITY),
    seniority_base=SeniorityBase.BIRTH_DATE,
    guarantee_scope=GuaranteeScope.MUNICIPALITY,
    older_from_months=36,
    due_date_horizon_days=300,
    guarantee_after_no=GuaranteeEffect.UNCHANGED,
    guarantee_after_silence=GuaranteeEffect.UNCHANGED,
    restart_months=None,
)
OWN_DISTRICT = replace(POLICY, guarantee_scope=GuaranteeScope.DISTRICT)
MARCH, MIDDLE, APRIL = date(2027, 3, 1), date(2027, 3, 15), date(2027, 4, 1)
DUE, SOON, MUCH_LATER = date(2027, 3, 20), date(2027, 3, 5), date(2027, 8, 1)
NURSERY, KINDERGARTEN = AgeGroup.NURSERY, AgeGroup.KINDERGARTEN
WAITS_SINCE = {1: date(2026, 3, 1), 2: date(2026, 3, 2), 3: date(2026, 3, 3), 4: date(2026, 3, 4), 5: date(2026, 3, 5)}
"""The first waits longest."""


def room(facility: str, places: Mapping[AgeGroup, int] | int, **more: Any) -> Room:
    """A house in the district north with what is free there from 1 March; a number stands for places of 0-2."""
    free = {NURSERY: places} if isinstance(places, int) else places
    return Room(**{"id": facility, "facility": facility, "district": "north", "starts": MARCH, "free": free} | more)


def shared(facility: str, units: int, **more: Any) -> Room:
    """A house whose groups share so many units."""
    return room(facility, {}, free=units, **more)


def child(
    name: str, wishes: str = "", since: int = 3, siblings: str = "", special_need: bool = False, **more: Any
) -> Seeker:
    """A child of the district north who seeks a place of 0-2 from 1 March, and whose guarantee is not at stake.

    `since` says who waits longer, 1 the longest; `wishes` and `siblings` name houses by a letter each.
    """
    group = more.get("group", NURSERY)
    birth = WAITS_SINCE[since] if group is NURSERY else WAITS_SINCE[since].replace(year=2023)
    keys = (
        Candidate(
            id=f"{name}-{wish}",
            special_need=special_need,
            sibling_here=wish in siblings,
            own_district=False,
            seniority=birth,
            birth_date=birth,
            tie=name,
        )
        for wish in wishes
    )
    wished = tuple(Wished(facility=wish, key=line_key(key, POLICY)) for wish, key in zip(wishes, keys, strict=True))
    usual = {"group": group, "wanted": MARCH, "district": "north", "guaranteed_by": MUCH_LATER, "tie": name}
    return Seeker(**{"id": name, "birth": birth, "wishes": wished} | usual | more)


def run(
    rooms: Sequence[Room], seekers: Sequence[Seeker], pins: Sequence[Pin] = (), policy: PlacementPolicy = POLICY
) -> Run:
    """The run of March."""
    return Run(month=MARCH, until=APRIL, rooms=tuple(rooms), seekers=tuple(seekers), pins=tuple(pins), policy=policy)


NAMES = ("Asta", "Bo", "Carl", "Dina", "Ea", "Finn", "Gry")


def rooms(most: int = 3, starts: Sequence[date] = (MARCH, MARCH, MIDDLE)) -> st.SearchStrategy[list[Room]]:
    """Some houses in two districts or in none, with few places or none, from the first or the middle of the month."""
    places = st.fixed_dictionaries({NURSERY: st.integers(0, 2), KINDERGARTEN: st.integers(0, 2)})
    one = st.tuples(places, st.sampled_from(["north", "south", None]), st.sampled_from(starts))
    return st.lists(one, min_size=1, max_size=most).map(
        lambda found: [
            room(letter, free, district=district, starts=day)
            for letter, (free, district, day) in zip("abcde", found, strict=False)
        ]
    )


def in_units(found: Sequence[Room]) -> list[Room]:
    """The same houses, where the groups share what is free."""
    return [
        replace(one, free=2 * one.free[NURSERY] + one.free[KINDERGARTEN])
        for one in found
        if not isinstance(one.free, int)
    ]


@st.composite
def seekers(
    draw: st.DrawFn, most: int = 4, groups: Sequence[AgeGroup] = (NURSERY,), letters: str = "abc"
) -> list[Seeker]:
    """Some children: any wishes, any right, some guaranteed this month, some late already, some who let a place go."""
    found = []
    for name in NAMES[: draw(st.integers(1, most))]:
        wishes = "".join(draw(st.permutations(letters)))[: draw(st.integers(0, len(letters)))]
        found.append(
            child(
                name,
                wishes,
                draw(st.integers(1, 5)),
                siblings=draw(st.sampled_from(["", *letters])),
                group=draw(st.sampled_from(groups)),
                wanted=draw(st.sampled_from([MARCH, MARCH, MARCH, MARCH, MIDDLE, APRIL])),
                district=draw(st.sampled_from(["north", "south"])),
                guaranteed_by=draw(st.sampled_from([None, MUCH_LATER, DUE, DUE, SOON, date(2027, 2, 1)])),
                refused=frozenset(draw(st.sampled_from(["", "", *letters]))),
            )
        )
    return found


POLICIES = st.sampled_from([POLICY, OWN_DISTRICT])
