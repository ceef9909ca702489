"""The days of a series of meetings."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parentsite.groups.rules.series import MOST_MEETINGS, Rhythm, last_possible, series

THURSDAY = date(2026, 3, 5)


def test_every_week_the_closed_day_skipped_and_none_lost() -> None:
    found = series(THURSDAY, Rhythm.WEEKLY, 3, {THURSDAY + timedelta(days=7)})
    assert found == (date(2026, 3, 5), date(2026, 3, 19), date(2026, 3, 26))


def test_every_other_week_over_the_night_when_the_clock_changes() -> None:
    assert series(date(2026, 3, 19), Rhythm.FORTNIGHTLY, 2, frozenset()) == (date(2026, 3, 19), date(2026, 4, 2))


def test_once_is_once_whatever_number_stands_beside_it() -> None:
    assert series(THURSDAY, Rhythm.ONCE, 8, frozenset()) == (THURSDAY,)


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.sampled_from((Rhythm.WEEKLY, Rhythm.FORTNIGHTLY)),
    st.integers(1, MOST_MEETINGS),
    st.sets(st.integers(0, 40), max_size=MOST_MEETINGS),
)
def test_as_many_as_asked_on_one_weekday_and_none_closed(
    first: date, rhythm: Rhythm, times: int, skipped: set[int]
) -> None:
    closed = {first + timedelta(days=number * rhythm.days) for number in skipped}
    found = series(first, rhythm, times, closed)
    assert len(found) == times
    assert len({day.weekday() for day in found}) == 1
    assert not closed & set(found)
    assert list(found) == sorted(set(found))
    assert found[-1] <= last_possible(first, rhythm)
