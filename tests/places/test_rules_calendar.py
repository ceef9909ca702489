"""Months, ages, school start and deadlines, at the edges where calendars bite."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parentsite.places.rules.calendar import (
    add_months,
    age_group,
    answer_by,
    deadline_moment,
    draft_delete_on,
    fits_age,
    group_sought,
    groups_to_seek,
    school_start,
    turns,
)
from parentsite.places.rules.vocabulary import AgeGroup, Care


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("birth", "years", "expected"),
    [
        (date(2023, 6, 15), 3, date(2026, 6, 15)),
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 2, 28), 3, date(2026, 2, 28)),
    ],
)
def test_birthdays(birth: date, years: int, expected: date) -> None:
    assert turns(birth, years) == expected


@pytest.mark.parametrize(
    ("birth", "on", "group"),
    [
        (date(2023, 6, 15), date(2026, 6, 14), AgeGroup.NURSERY),
        (date(2023, 6, 15), date(2026, 6, 15), AgeGroup.KINDERGARTEN),
        (date(2024, 2, 29), date(2027, 2, 28), AgeGroup.NURSERY),
        (date(2024, 2, 29), date(2027, 3, 1), AgeGroup.KINDERGARTEN),
        (date(2026, 6, 15), date(2026, 1, 1), AgeGroup.NURSERY),
    ],
)
def test_the_group_changes_on_the_third_birthday(birth: date, on: date, group: AgeGroup) -> None:
    assert age_group(birth, on, 36) is group


BIRTH = date(2024, 5, 10)
BEFORE_THREE, AT_THREE = date(2027, 5, 9), date(2027, 5, 10)


@pytest.mark.parametrize(
    ("care", "wanted", "group", "fits"),
    [
        (Care.NURSERY, BEFORE_THREE, AgeGroup.NURSERY, True),
        (Care.NURSERY, AT_THREE, AgeGroup.NURSERY, False),
        (Care.CHILDMINDING, BEFORE_THREE, AgeGroup.NURSERY, True),
        (Care.CHILDMINDING, AT_THREE, AgeGroup.NURSERY, False),
        (Care.KINDERGARTEN, BEFORE_THREE, AgeGroup.KINDERGARTEN, False),
        (Care.KINDERGARTEN, AT_THREE, AgeGroup.KINDERGARTEN, True),
        (Care.PART_TIME, BEFORE_THREE, AgeGroup.NURSERY, True),
        (Care.PART_TIME, AT_THREE, AgeGroup.KINDERGARTEN, True),
    ],
)
def test_each_care_is_for_a_group(care: Care, wanted: date, group: AgeGroup, fits: bool) -> None:
    assert group_sought(care, BIRTH, wanted, 36) is group
    assert fits_age(care, BIRTH, wanted, 36) is fits


@pytest.mark.parametrize("birth", [date(2020, 1, 1), date(2020, 2, 29), date(2020, 12, 31)])
def test_school_begins_in_the_august_of_the_year_of_six(birth: date) -> None:
    assert school_start(birth) == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("soonest", "groups"),
    [
        (date(2026, 2, 26), {AgeGroup.NURSERY, AgeGroup.KINDERGARTEN}),
        (date(2029, 1, 1), {AgeGroup.KINDERGARTEN}),
        (date(2031, 7, 31), {AgeGroup.KINDERGARTEN}),
        (date(2031, 8, 1), set()),
    ],
    ids=["small", "big", "the last day", "school"],
)
def test_a_place_is_sought_for_the_groups_that_lie_ahead(soonest: date, groups: set[AgeGroup]) -> None:
    assert groups_to_seek(date(2025, 8, 28), soonest, older_from_months=34) == groups


def test_days_are_counted_over_the_year_end() -> None:
    assert answer_by(date(2026, 12, 28), answer_days=8) == date(2027, 1, 5)
    assert draft_delete_on(date(2028, 2, 1), keep_days=30) == date(2028, 3, 2)


@pytest.mark.parametrize(
    ("day", "moment", "hours"),
    [
        (date(2026, 2, 12), datetime(2026, 2, 12, 23, tzinfo=UTC), 24),
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC), 25),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC), 24),
    ],
    ids=["winter", "summer", "clocks go forward", "clocks go back", "new year"],
)
def test_a_deadline_day_is_over_at_danish_midnight(day: date, moment: datetime, hours: int) -> None:
    assert deadline_moment(day) == moment
    assert deadline_moment(day).utcoffset() == timedelta(0)
    assert deadline_moment(day) - deadline_moment(day - timedelta(days=1)) == timedelta(hours=hours)
