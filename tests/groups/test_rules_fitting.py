"""The groups that suit a child stand first; none is hidden, and nothing is asked of what a parent is."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.groups.rules.fitting import Births, Candidate, Fit, by_fit, fit_of, proposed_births

BORN = date(2026, 1, 20)
WINTER = Births(date(2026, 1, 1), date(2026, 2, 28))
SUMMER = Births(date(2025, 6, 1), date(2025, 7, 31))

births = st.builds(
    lambda first, days: Births(first, first + timedelta(days=days)),
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.integers(0, 200),
)
candidates = st.lists(
    st.builds(Candidate, st.uuids(), st.none() | births, st.none() | st.sampled_from(["baltorp", "skovlunde"])),
    unique_by=lambda one: one.id,
    max_size=12,
)
districts = st.none() | st.sampled_from(["baltorp", "skovlunde"])


def group(number: int, of: Births | None = WINTER, district: str | None = "baltorp") -> Candidate:
    return Candidate(UUID(int=number), of, district)


def test_age_and_part_of_town() -> None:
    assert fit_of(group(1), BORN, "baltorp") is Fit.FITS
    assert fit_of(group(1), BORN, "skovlunde") is Fit.OTHER_DISTRICT
    assert fit_of(group(1), BORN, None) is Fit.OTHER_DISTRICT
    assert fit_of(group(1, SUMMER), BORN, "baltorp") is Fit.OTHER_AGE
    assert fit_of(group(1, None, None), BORN, None) is Fit.FITS


def test_the_first_and_the_last_day_belong_to_the_group() -> None:
    days = [WINTER.first - timedelta(days=1), WINTER.first, WINTER.last, WINTER.last + timedelta(days=1)]
    assert [WINTER.holds(day) for day in days] == [False, True, True, False]
    with pytest.raises(ValueError, match="forward"):
        Births(WINTER.last, WINTER.first)


def test_a_group_about_this_very_age_stands_before_one_for_all() -> None:
    for_all = group(1, None, None)
    assert by_fit([for_all, group(2)], BORN, "baltorp") == (group(2), for_all)


@given(found=candidates, district=districts)
def test_what_fits_stands_first_and_nothing_is_lost(found: list[Candidate], district: str | None) -> None:
    shown = by_fit(found, BORN, district)
    fits = [fit_of(one, BORN, district) for one in shown]
    assert fits == sorted(fits)
    assert sorted(one.id for one in shown) == sorted(one.id for one in found)
    assert by_fit(reversed(found), BORN, district) == shown


@given(found=candidates, district=districts, back=st.integers(0, 3000))
def test_everybody_moved_by_the_same_days_sees_the_same_order(
    found: list[Candidate], district: str | None, back: int
) -> None:
    by = timedelta(days=back)
    moved = [replace(one, births=one.births and Births(one.births.first - by, one.births.last - by)) for one in found]
    shown = [one.id for one in by_fit(moved, BORN - by, district)]
    assert shown == [one.id for one in by_fit(found, BORN, district)]


@given(weeks=st.integers(1, 60))
def test_a_new_groups_births_are_so_many_weeks_around_the_day(weeks: int) -> None:
    proposed = proposed_births(BORN, weeks)
    assert proposed.holds(BORN)
    assert (proposed.last - proposed.first).days + 1 == 7 * weeks
