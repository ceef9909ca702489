"""The public calculator: whatever date is typed, there is a clear answer."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.preview import Preview, PreviewKind, preview
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind

TODAY = date(2026, 2, 12)
POLICY = PlacementPolicy(
    right_from_weeks=26,
    grace_weeks=4,
    timely=TimelyRule(TimelyKind.MONTHS_BEFORE_WANTED, 2),
    answer_days=8,
    order=tuple(Criterion),
    seniority_base=SeniorityBase.BIRTH_DATE,
    guarantee_scope=GuaranteeScope.MUNICIPALITY,
    older_from_months=36,
    due_date_horizon_days=300,
    guarantee_after_no=GuaranteeEffect.UNCHANGED,
    guarantee_after_silence=GuaranteeEffect.UNCHANGED,
    restart_months=None,
)


def shown(birth: date, today: date = TODAY) -> Preview:
    return preview(birth=birth, today=today, policy=POLICY)


@pytest.mark.parametrize(
    ("birth", "kind"),
    [
        (TODAY, PreviewKind.BORN),
        (TODAY + timedelta(days=1), PreviewKind.UNBORN),
        (TODAY + timedelta(days=300), PreviewKind.UNBORN),
        (TODAY + timedelta(days=301), PreviewKind.TOO_FAR_AHEAD),
        (date.max, PreviewKind.TOO_FAR_AHEAD),
        (date(2020, 1, 1), PreviewKind.BORN),
        (date(2019, 12, 31), PreviewKind.SCHOOL_AGE),
        (date(2008, 2, 13), PreviewKind.SCHOOL_AGE),
        (date(2008, 2, 12), PreviewKind.TOO_LONG_AGO),
        (date(1925, 3, 1), PreviewKind.TOO_LONG_AGO),
        (date.min, PreviewKind.TOO_LONG_AGO),
    ],
)
def test_every_date_gets_a_clear_answer(birth: date, kind: PreviewKind) -> None:
    assert shown(birth).kind is kind


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 4, 30), PreviewKind.BORN),
        (date(2026, 6, 1), PreviewKind.SCHOOL_FIRST),
        (date(2026, 7, 31), PreviewKind.SCHOOL_FIRST),
        (date(2026, 8, 1), PreviewKind.SCHOOL_AGE),
    ],
)
def test_school_may_come_before_the_place(today: date, kind: PreviewKind) -> None:
    assert shown(date(2020, 5, 5), today).kind is kind


def test_the_dates_of_a_newborn() -> None:
    dates = shown(date(2025, 1, 10), date(2025, 1, 20)).dates
    assert dates is not None
    assert dates.in_time.right_from == date(2025, 7, 11)
    assert dates.in_time.guaranteed_by == date(2025, 8, 8)
    assert dates.in_time.deadline == date(2025, 5, 11)
    assert dates.if_today is None


def test_after_the_deadline_it_says_what_applying_today_gives() -> None:
    on_the_day = shown(date(2025, 1, 10), date(2025, 5, 11)).dates
    day_after = shown(date(2025, 1, 10), date(2025, 5, 12)).dates
    assert on_the_day is not None
    assert on_the_day.if_today is None
    assert day_after is not None
    assert day_after.if_today is not None
    assert day_after.if_today.guaranteed_by == date(2025, 8, 9)


def test_a_toddler_is_counted_from_today() -> None:
    dates = shown(date(2024, 3, 1)).dates
    assert dates is not None
    assert dates.if_today is not None
    assert dates.if_today.guaranteed_by == date(2026, 4, 15)
    assert dates.if_today.lateness_days == 62


@settings(max_examples=150, deadline=None)
@given(st.dates(), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
@example(date(2024, 2, 29), date(2024, 2, 29))
def test_no_date_breaks_it_and_dates_come_exactly_with_the_right(birth: date, today: date) -> None:
    answer = shown(birth, today)
    assert (answer.dates is not None) == (answer.kind in {PreviewKind.BORN, PreviewKind.UNBORN})


@settings(max_examples=150, deadline=None)
@given(st.integers(-300, 2300))
def test_who_applies_today_is_never_promised_yesterday(age: int) -> None:
    dates = shown(TODAY - timedelta(days=age)).dates
    if dates and dates.if_today:
        assert dates.if_today.guaranteed_by >= max(TODAY, dates.in_time.guaranteed_by)
