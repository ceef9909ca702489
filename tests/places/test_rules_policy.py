"""A town's settings: both kinds of deadline can be said, and nothing harsher than the law."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from parentsite.places.rules.policy import BadPolicy, PlacementPolicy, TimelyRule
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind

POLICY = PlacementPolicy(
    right_from_weeks=26,
    grace_weeks=4,
    timely=TimelyRule(TimelyKind.WEEKS_AFTER_BIRTH, 8),
    answer_days=8,
    order=tuple(Criterion),
    seniority_base=SeniorityBase.BIRTH_DATE,
    guarantee_scope=GuaranteeScope.MUNICIPALITY,
    older_from_months=36,
    due_date_horizon_days=300,
    guarantee_after_no=GuaranteeEffect.RESTARTS,
    guarantee_after_silence=GuaranteeEffect.UNCHANGED,
    restart_months=2,
)


@pytest.mark.parametrize(
    ("kind", "amount", "deadline"),
    [
        (TimelyKind.DAYS_AFTER_BIRTH, 30, date(2025, 3, 2)),
        (TimelyKind.WEEKS_AFTER_BIRTH, 8, date(2025, 3, 28)),
        (TimelyKind.MONTHS_AFTER_BIRTH, 1, date(2025, 2, 28)),
        (TimelyKind.DAYS_BEFORE_WANTED, 90, date(2025, 10, 2)),
        (TimelyKind.WEEKS_BEFORE_WANTED, 8, date(2025, 11, 5)),
        (TimelyKind.MONTHS_BEFORE_WANTED, 3, date(2025, 9, 30)),
    ],
)
def test_a_deadline_is_counted_from_birth_or_from_the_wanted_day(kind: TimelyKind, amount: int, deadline: date) -> None:
    assert TimelyRule(kind, amount).deadline(date(2025, 1, 31), date(2025, 12, 31)) == deadline


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("right_from_weeks", 27),
        ("right_from_weeks", -1),
        ("grace_weeks", 5),
        ("cap_months", 4),
        ("answer_days", 0),
        ("order", (Criterion.SIBLING, Criterion.BIRTH_DATE)),
        ("order", (Criterion.SENIORITY, Criterion.SIBLING, Criterion.SIBLING)),
        ("restart_months", None),
        ("restart_months", 13),
    ],
)
def test_a_setting_against_law_or_sense_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(BadPolicy) as refusal:
        replace(POLICY, **{field: value})
    assert refusal.value.field == field


def test_months_of_restart_without_a_restart_are_refused() -> None:
    with pytest.raises(BadPolicy, match="restart_months"):
        replace(POLICY, guarantee_after_no=GuaranteeEffect.LAPSES)


@pytest.mark.parametrize("amount", [-1, 367])
def test_a_deadline_out_of_all_measure_is_refused(amount: int) -> None:
    with pytest.raises(BadPolicy, match="timely"):
        TimelyRule(TimelyKind.DAYS_AFTER_BIRTH, amount)


def test_a_town_may_be_kinder_than_the_law() -> None:
    kinder = replace(POLICY, right_from_weeks=24, grace_weeks=0, cap_months=2)
    assert kinder.right_from(date(2025, 1, 10)) == date(2025, 6, 27)


@pytest.mark.parametrize("wanted", [date(2025, 2, 1), date(2025, 7, 11)])
def test_wanting_a_place_before_the_right_moves_no_deadline(wanted: date) -> None:
    town = replace(POLICY, timely=TimelyRule(TimelyKind.MONTHS_BEFORE_WANTED, 2))
    assert town.deadline(date(2025, 1, 10), wanted) == date(2025, 5, 11)
