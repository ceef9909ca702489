"""The forecast of need: each thing that is known in words, and the figures against counting child by child."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.places.rules.calendar import add_months, age_group, reaches
from parentsite.places.rules.forecast.known import (
    Assumptions,
    Births,
    Capacity,
    InCare,
    Known,
    Resident,
    Waiting,
)
from parentsite.places.rules.forecast.need import Change, Need, forecast
from parentsite.places.rules.vocabulary import AgeGroup

NURSERY, KINDERGARTEN = AgeGroup.NURSERY, AgeGroup.KINDERGARTEN
FIRST = date(2027, 1, 1)
ASSUMED = Assumptions(
    starts_at_months=10, uptake={NURSERY: 70, KINDERGARTEN: 97}, older_from_months=36, leaves_for_school=(5, 1)
)


def line(known: Known, group: AgeGroup, what: str, months: int = 6, district: str | None = "north") -> list[int]:
    """One figure, month by month."""
    found = forecast(known, ASSUMED, FIRST, months)
    return [getattr(one, what) for one in found if one.district == district and one.group is group]


def changed(known: Known, group: AgeGroup, months: int = 6) -> list[dict[Change, int]]:
    found = forecast(known, ASSUMED, FIRST, months)
    return [{why: number for why, number in one.changes.items() if number} for one in found if one.group is group]


def in_care(birth: date, starts: date = date(2026, 1, 1), ends: date | None = None) -> Known:
    return Known(in_care=[InCare(birth=birth, district="north", starts=starts, ends=ends)])


def test_a_child_who_turns_three_goes_from_one_group_to_the_other() -> None:
    known = in_care(date(2024, 3, 10))
    assert line(known, NURSERY, "in_care") == [1, 1, 1, 0, 0, 0]
    assert line(known, KINDERGARTEN, "in_care") == [0, 0, 0, 1, 1, 1]
    assert changed(known, NURSERY) == [{}, {}, {}, {Change.BIRTHDAY: -1}, {}, {}]
    assert changed(known, KINDERGARTEN) == [{}, {}, {}, {Change.BIRTHDAY: 1}, {}, {}]


def test_notice_frees_the_place_from_the_first_day_without_the_child() -> None:
    known = in_care(date(2025, 6, 1), ends=date(2027, 3, 1))
    assert line(known, NURSERY, "in_care") == [1, 1, 0, 0, 0, 0]
    assert changed(known, NURSERY)[2] == {Change.NOTICE: -1}


def test_school_begins_for_all_born_in_a_year_on_the_towns_day() -> None:
    known = in_care(date(2021, 11, 30))
    assert line(known, KINDERGARTEN, "in_care") == [1, 1, 1, 1, 0, 0]
    assert changed(known, KINDERGARTEN)[4] == {Change.SCHOOL: -1}


def test_an_agreed_place_counts_from_its_start() -> None:
    known = in_care(date(2026, 3, 1), starts=date(2027, 2, 15))
    assert line(known, NURSERY, "in_care") == [0, 0, 1, 1, 1, 1]
    assert changed(known, NURSERY)[2] == {Change.STARTED: 1}


def test_who_waits_needs_a_place_from_the_day_wanted_and_at_once_if_that_is_past() -> None:
    later = Waiting(birth=date(2026, 5, 1), district="north", wanted=date(2027, 3, 1))
    past = Waiting(birth=date(2024, 4, 1), district="north", wanted=date(2026, 9, 1))
    known = Known(waiting=[later, past])
    assert line(known, NURSERY, "waiting") == [1, 1, 2, 1, 1, 1]
    assert line(known, KINDERGARTEN, "waiting") == [0, 0, 0, 1, 1, 1]


def test_births_become_need_when_the_children_are_old_enough() -> None:
    known = Known(births=[Births(district="north", month=date(2026, 5, 1), number=10)])
    assert line(known, NURSERY, "expected", 4) == [0, 0, 7, 7]
    assert line(known, KINDERGARTEN, "expected", 30)[27:] == [0, 10, 10]


def test_who_was_old_enough_long_ago_and_has_not_applied_is_expected_at_three() -> None:
    known = Known(residents=[Resident(birth=date(2024, 4, 1), district="north")])
    assert line(known, NURSERY, "expected") == [0] * 6
    assert line(known, KINDERGARTEN, "expected") == [0, 0, 0, 1, 1, 1]
    older = Known(residents=[Resident(birth=date(2022, 4, 1), district="north")])
    assert line(older, KINDERGARTEN, "expected") == [0] * 6


def test_planned_places_come_and_go() -> None:
    rooms = [
        Capacity(district="north", group=NURSERY, places=30, starts=date(2020, 1, 1), ends=date(2027, 4, 1)),
        Capacity(district="north", group=NURSERY, places=48, starts=date(2027, 3, 1)),
    ]
    assert line(Known(capacity=rooms), NURSERY, "places") == [30, 30, 78, 48, 48, 48]


def test_what_is_missing_is_below_nothing() -> None:
    known = Known(
        waiting=[Waiting(birth=date(2026, 1, 1), district="north", wanted=FIRST)] * 3,
        capacity=[Capacity(district="north", group=NURSERY, places=2, starts=FIRST)],
    )
    (first,) = (one for one in forecast(known, ASSUMED, FIRST, 1) if one.group is NURSERY)
    assert (first.needed, first.free) == (3, -1)


def test_districts_stand_apart_and_what_serves_the_whole_town_comes_last() -> None:
    children = [InCare(birth=date(2026, 1, 1), district=where, starts=FIRST) for where in ("south", None, "north")]
    found = forecast(Known(in_care=children), ASSUMED, FIRST, 1)
    assert [one.district for one in found if one.group is NURSERY] == ["north", "south", None]
    assert all(one.in_care == (one.group is NURSERY) for one in found)


def test_it_looks_two_years_ahead() -> None:
    found = forecast(in_care(date(2025, 1, 1)), ASSUMED, FIRST)
    assert len(found) == 2 * 24
    assert found[-1].month == date(2028, 12, 1)


DAYS = st.integers(-2600, 900).map(lambda days: FIRST + timedelta(days=days))
LATER = st.integers(-900, 900).map(lambda days: FIRST + timedelta(days=days))
NORTH_OR_SOUTH = st.sampled_from(["north", "south"])
EVERYTHING = st.builds(
    Known,
    in_care=st.lists(
        st.builds(InCare, birth=DAYS, district=NORTH_OR_SOUTH, starts=LATER, ends=st.none() | LATER), max_size=6
    ),
    waiting=st.lists(st.builds(Waiting, birth=DAYS, district=NORTH_OR_SOUTH, wanted=LATER), max_size=4),
    residents=st.lists(st.builds(Resident, birth=DAYS, district=NORTH_OR_SOUTH), max_size=4),
)


def counts(birth: date, since: date, until: date | None, day: date, group: AgeGroup) -> bool:
    school = date(birth.year + 6, 5, 1)
    is_there = since <= day < min(until or school, school)
    return is_there and age_group(birth, day, ASSUMED.older_from_months) is group


def hundredths(one: Resident, day: date, group: AgeGroup) -> int:
    old_enough, three = reaches(one.birth, ASSUMED.starts_at_months), reaches(one.birth, ASSUMED.older_from_months)
    since = old_enough if old_enough >= FIRST else three
    return ASSUMED.uptake[group] if since >= FIRST and counts(one.birth, since, None, day, group) else 0


@settings(max_examples=200, deadline=None)
@given(EVERYTHING)
def test_the_figures_are_what_counting_child_by_child_gives(known: Known) -> None:
    for one in forecast(known, ASSUMED, FIRST):
        here = [child for child in known.in_care if child.district == one.district]
        waiting = [child for child in known.waiting if child.district == one.district]
        others = [child for child in known.residents if child.district == one.district]
        assert one.in_care == sum(counts(c.birth, c.starts, c.ends, one.month, one.group) for c in here)
        assert one.waiting == sum(counts(c.birth, c.wanted, None, one.month, one.group) for c in waiting)
        assert one.expected == (sum(hundredths(c, one.month, one.group) for c in others) + 50) // 100


@settings(max_examples=200, deadline=None)
@given(EVERYTHING)
def test_the_changes_explain_every_difference_from_month_to_month(known: Known) -> None:
    found = forecast(known, ASSUMED, FIRST)
    for before, now in follows(found):
        assert now.in_care - before.in_care == sum(now.changes.values())
        assert now.changes[Change.NOTICE] <= 0
        assert now.changes[Change.SCHOOL] <= 0
        assert now.changes[Change.STARTED] >= 0


def follows(found: Sequence[Need]) -> list[tuple[Need, Need]]:
    return [
        (before, now)
        for before in found
        for now in found
        if (before.district, before.group, add_months(before.month, 1)) == (now.district, now.group, now.month)
    ]


@pytest.mark.parametrize("group", list(AgeGroup))
def test_the_first_month_has_nothing_before_it(group: AgeGroup) -> None:
    known = in_care(date(2024, 1, 1), starts=FIRST)
    assert changed(known, group)[0] == {}
