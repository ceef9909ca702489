"""A health visitor's times: inside the pattern, never two at once, right on the nights when the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.visits.rules.slots import COPENHAGEN, Absence, Lengths, Shift, Slot, slots, start_of

MONDAY = date(2026, 2, 16)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""Sundays with 23 and with 25 hours."""
HOUR = Lengths(60, 20)
TIMES = st.times().map(lambda found: found.replace(second=0, microsecond=0))


def shift(day: date, opens: time, closes: time, district: str = "nord") -> Shift:
    return Shift(district, day.isoweekday(), opens, closes, since=date(2020, 1, 1))


def times(found: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.starts_at.astimezone(COPENHAGEN):%a %H.%M}" for slot in found]


def test_a_day_of_visits_with_the_way_between_them() -> None:
    found = slots([shift(MONDAY, time(8), time(13))], first=MONDAY, last=MONDAY, lengths=HOUR)
    assert times(found) == ["Mon 08.00", "Mon 09.20", "Mon 10.40", "Mon 12.00"]
    assert found[-1].ends_at == datetime(2026, 2, 16, 12, tzinfo=UTC)


def test_the_way_from_one_district_to_the_next_counts() -> None:
    both = [shift(MONDAY, time(9, 20), time(12), "syd"), shift(MONDAY, time(8), time(9, 20))]
    found = slots(both, first=MONDAY, last=MONDAY, lengths=HOUR)
    assert [(slot.district, text) for slot, text in zip(found, times(found), strict=True)] == [
        ("nord", "Mon 08.00"),
        ("syd", "Mon 09.20"),
        ("syd", "Mon 10.40"),
    ]


def test_no_visits_on_days_off_on_holidays_and_outside_of_the_pattern() -> None:
    daily = [shift(MONDAY + timedelta(days=n), time(8), time(9)) for n in range(5)]
    ended = Shift("nord", 5, time(10), time(11), since=date(2020, 1, 1), until=MONDAY + timedelta(days=4))
    found = slots(
        [*daily, ended],
        first=MONDAY,
        last=MONDAY + timedelta(days=6),
        lengths=HOUR,
        absences=[Absence(MONDAY, MONDAY + timedelta(days=1))],
        closed={MONDAY + timedelta(days=3)},
    )
    assert times(found) == ["Wed 08.00", "Fri 08.00"]


@pytest.mark.parametrize(("day", "number"), [(SPRING, 2), (AUTUMN, 4)])
def test_a_night_is_as_long_as_it_really_is(day: date, number: int) -> None:
    found = slots([shift(day, time(1), time(4))], first=day, last=day, lengths=Lengths(60, 0))
    assert len(found) == number
    assert all(slot.ends_at - slot.starts_at == timedelta(hours=1) for slot in found)


def test_the_same_hour_on_both_sides_of_a_change() -> None:
    friday = date(2026, 3, 27)
    workdays = [shift(friday, time(8), time(9)), shift(date(2026, 3, 30), time(8), time(9))]
    found = slots(workdays, first=friday, last=date(2026, 3, 30), lengths=HOUR)
    assert times(found) == ["Fri 08.00", "Mon 08.00"]
    assert [slot.starts_at.hour for slot in found] == [7, 6]


@given(
    hours=st.lists(st.tuples(TIMES, TIMES, st.integers(1, 7), st.sampled_from(("nord", "syd"))), max_size=8),
    first=st.sampled_from((MONDAY, SPRING, AUTUMN, date(2026, 12, 30))),
    visit=st.integers(5, 240),
    travel=st.integers(0, 90),
    away=st.integers(0, 9),
)
def test_slots_never_overlap_and_lie_inside_the_pattern(
    hours: list[tuple[time, time, int, str]], first: date, visit: int, travel: int, away: int
) -> None:
    shifts = [Shift(district, day, opens, closes, since=first) for opens, closes, day, district in hours]
    absence = Absence(first + timedelta(days=away), first + timedelta(days=away + 1))
    found = slots(
        shifts, first=first, last=first + timedelta(days=8), lengths=Lengths(visit, travel), absences=[absence]
    )
    assert not any(one.meets(other) for at, one in enumerate(found) for other in found[:at])
    for slot in found:
        starts, ends = slot.starts_at.astimezone(COPENHAGEN), slot.ends_at.astimezone(COPENHAGEN)
        assert slot.ends_at - slot.starts_at == timedelta(minutes=visit)
        assert slot.free_at - slot.ends_at == timedelta(minutes=travel)
        assert not absence.holds(starts.date())
        assert starts.astimezone(UTC).astimezone(COPENHAGEN) == starts
        assert starts.date() == ends.date()
        assert any(
            one.district == slot.district
            and one.holds(starts.date())
            and one.opens <= starts.time()
            and ends.time() <= one.closes
            for one in shifts
        )


@given(day=st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_day_begins_where_the_one_before_it_ends(day: date) -> None:
    hours = (start_of(day + timedelta(days=1)) - start_of(day)) / timedelta(hours=1)
    assert hours in {23, 24, 25}
    assert start_of(day).astimezone(COPENHAGEN).date() == day
