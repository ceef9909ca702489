"""The guarantee: the check values of the field notes, and the promises that hold for every family."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.places.rules.calendar import add_months
from parentsite.places.rules.guarantee import (
    Guarantee,
    GuaranteeRule,
    WantedProblem,
    guarantee,
    wanted_problems,
)
from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind

EIGHT_WEEKS_AFTER_BIRTH = TimelyRule(TimelyKind.WEEKS_AFTER_BIRTH, 8)
TWO_MONTHS_BEFORE = TimelyRule(TimelyKind.MONTHS_BEFORE_WANTED, 2)
FOUR_MONTHS_BEFORE = TimelyRule(TimelyKind.MONTHS_BEFORE_WANTED, 4)


def policy(timely: TimelyRule = TWO_MONTHS_BEFORE) -> PlacementPolicy:
    return PlacementPolicy(
        right_from_weeks=26,
        grace_weeks=4,
        timely=timely,
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


@pytest.mark.parametrize(
    ("birth", "right_from", "base"),
    [
        (date(2025, 1, 10), date(2025, 7, 11), date(2025, 8, 8)),
        (date(2025, 3, 1), date(2025, 8, 30), date(2025, 9, 27)),
        (date(2024, 2, 29), date(2024, 8, 29), date(2024, 9, 26)),
        (date(2025, 8, 15), date(2026, 2, 13), date(2026, 3, 13)),
    ],
    ids=["note: January", "note: March", "leap day", "over the year end"],
)
def test_the_right_and_the_grace(birth: date, right_from: date, base: date) -> None:
    given_day = guarantee(birth=birth, wanted=right_from, applied=birth, policy=policy())
    assert (given_day.right_from, given_day.base, given_day.guaranteed_by) == (right_from, base, base)
    assert given_day.rule is GuaranteeRule.IN_TIME


# Born 2025-01-10: the right begins 2025-07-11, base 2025-08-08, two months before the right is 2025-05-11.
@pytest.mark.parametrize(
    ("timely", "applied", "lateness", "day", "rule"),
    [
        (TWO_MONTHS_BEFORE, date(2025, 5, 11), 0, date(2025, 8, 8), GuaranteeRule.IN_TIME),
        (TWO_MONTHS_BEFORE, date(2025, 5, 12), 1, date(2025, 8, 9), GuaranteeRule.PUSHED_BY_DELAY),
        (TWO_MONTHS_BEFORE, date(2025, 6, 10), 30, date(2025, 9, 7), GuaranteeRule.PUSHED_BY_DELAY),
        (FOUR_MONTHS_BEFORE, date(2025, 5, 9), 59, date(2025, 8, 9), GuaranteeRule.CAPPED_AT_THREE_MONTHS),
        (FOUR_MONTHS_BEFORE, date(2025, 5, 31), 81, date(2025, 8, 31), GuaranteeRule.CAPPED_AT_THREE_MONTHS),
        (EIGHT_WEEKS_AFTER_BIRTH, date(2025, 3, 7), 0, date(2025, 8, 8), GuaranteeRule.IN_TIME),
        (EIGHT_WEEKS_AFTER_BIRTH, date(2025, 3, 8), 1, date(2025, 8, 8), GuaranteeRule.LATE_WITHOUT_LOSS),
        (EIGHT_WEEKS_AFTER_BIRTH, date(2025, 5, 8), 62, date(2025, 8, 8), GuaranteeRule.LATE_WITHOUT_LOSS),
        (
            EIGHT_WEEKS_AFTER_BIRTH,
            date(2025, 5, 9),
            63,
            date(2025, 8, 9),
            GuaranteeRule.CAPPED_AT_THREE_MONTHS,
        ),
    ],
)
def test_a_late_application_pushes_the_day_up_to_three_months(
    timely: TimelyRule, applied: date, lateness: int, day: date, rule: GuaranteeRule
) -> None:
    given_day = guarantee(birth=date(2025, 1, 10), wanted=date(2025, 7, 11), applied=applied, policy=policy(timely))
    assert (given_day.lateness_days, given_day.guaranteed_by, given_day.rule) == (lateness, day, rule)


def test_a_wish_within_the_grace_waits_for_its_end_and_one_after_it_does_not() -> None:
    def base(wanted: date) -> date:
        return guarantee(birth=date(2025, 1, 10), wanted=wanted, applied=date(2025, 1, 20), policy=policy()).base

    assert base(date(2025, 8, 7)) == date(2025, 8, 8)
    assert base(date(2025, 8, 9)) == date(2025, 8, 9)


def test_the_cap_ends_with_a_short_month() -> None:
    given_day = guarantee(
        birth=date(2024, 1, 10),
        wanted=date(2025, 12, 1),
        applied=date(2025, 11, 30),
        policy=policy(FOUR_MONTHS_BEFORE),
    )
    assert given_day.guaranteed_by == date(2026, 2, 28)


@pytest.mark.parametrize(("wanted", "is_empty"), [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
def test_no_day_can_be_promised_from_school_start_on(wanted: date, is_empty: bool) -> None:
    given_day = guarantee(
        birth=date(2020, 5, 5), wanted=wanted, applied=date(2026, 1, 5), policy=policy(TWO_MONTHS_BEFORE)
    )
    assert given_day.ends == date(2026, 8, 1)
    assert given_day.is_empty is is_empty


BIRTHS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
OFFSETS = st.integers(0, 1500)
TIMELY = st.builds(TimelyRule, st.sampled_from(TimelyKind), st.integers(0, 8))


@st.composite
def families(draw: st.DrawFn) -> tuple[date, date, PlacementPolicy]:
    """Birth, a wanted day that is allowed (or up to a month too early), and a town."""
    birth = draw(BIRTHS)
    wanted = birth + timedelta(weeks=22, days=draw(OFFSETS))
    return birth, wanted, policy(draw(TIMELY))


@settings(max_examples=150, deadline=None)
@given(families(), st.integers(-300, 1500))
def test_the_promise_keeps_its_bounds(family: tuple[date, date, PlacementPolicy], days: int) -> None:
    birth, wanted, town = family
    applied = birth + timedelta(days=days)
    promise = guarantee(birth=birth, wanted=wanted, applied=applied, policy=town)
    assert promise.guaranteed_by >= promise.right_from
    assert promise.guaranteed_by >= wanted
    assert promise.guaranteed_by >= promise.base
    assert promise.guaranteed_by <= max(promise.base, add_months(applied, 3))
    assert (promise.rule is GuaranteeRule.IN_TIME) == (applied <= promise.deadline)
    assert _explained(promise, applied)


def _explained(promise: Guarantee, applied: date) -> bool:
    """The rule named is the one that gives the day."""
    pushed = promise.base + timedelta(days=promise.lateness_days)
    match promise.rule:
        case GuaranteeRule.IN_TIME | GuaranteeRule.LATE_WITHOUT_LOSS:
            return promise.guaranteed_by == promise.base
        case GuaranteeRule.PUSHED_BY_DELAY:
            return promise.guaranteed_by == pushed
        case GuaranteeRule.CAPPED_AT_THREE_MONTHS:
            return promise.guaranteed_by == add_months(applied, 3) < pushed


@settings(max_examples=150, deadline=None)
@given(families(), st.integers(-300, 1500), st.integers(0, 400))
def test_applying_later_never_improves_it(family: tuple[date, date, PlacementPolicy], days: int, later: int) -> None:
    birth, wanted, town = family
    applied = birth + timedelta(days=days)
    early = guarantee(birth=birth, wanted=wanted, applied=applied, policy=town)
    late = guarantee(birth=birth, wanted=wanted, applied=applied + timedelta(days=later), policy=town)
    assert late.guaranteed_by >= early.guaranteed_by


@pytest.mark.parametrize(
    ("wanted", "today", "problems"),
    [
        (date(2025, 7, 11), date(2025, 2, 1), ()),
        (date(2025, 7, 11), date(2025, 7, 11), ()),
        (date(2025, 7, 10), date(2025, 2, 1), (WantedProblem.BEFORE_RIGHT,)),
        (date(2025, 9, 1), date(2025, 9, 2), (WantedProblem.IN_PAST,)),
        (date(2025, 7, 10), date(2025, 9, 2), (WantedProblem.BEFORE_RIGHT, WantedProblem.IN_PAST)),
        (date(2031, 7, 31), date(2025, 2, 1), ()),
        (date(2031, 8, 1), date(2025, 2, 1), (WantedProblem.AFTER_SCHOOL_START,)),
        (date.max, date(2025, 2, 1), (WantedProblem.AFTER_SCHOOL_START,)),
        (date.min, date(2025, 2, 1), (WantedProblem.BEFORE_RIGHT, WantedProblem.IN_PAST)),
    ],
)
def test_a_wanted_day_lies_between_the_right_and_school(
    wanted: date, today: date, problems: tuple[WantedProblem, ...]
) -> None:
    found = wanted_problems(birth=date(2025, 1, 10), wanted=wanted, today=today, policy=policy())
    assert found == problems
