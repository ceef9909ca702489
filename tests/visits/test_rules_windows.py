"""When a visit is offered: from the birth, provisionally from the due date, shifted for a child born early."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.visits.rules.windows import AgeUnit, BadShift, PlannedVisit, Window, check_shift, windows

PLAN = (
    PlannedVisit("barsel", AgeUnit.DAYS, 4, 6),
    PlannedVisit("etablering", AgeUnit.DAYS, 7, 10),
    PlannedVisit("weeks", AgeUnit.WEEKS, 3, 4),
    PlannedVisit("two", AgeUnit.MONTHS, 2, 2),
    PlannedVisit("four", AgeUnit.MONTHS, 4, 6),
    PlannedVisit("eight", AgeUnit.MONTHS, 8, 9),
)
CODES = [visit.code for visit in PLAN]
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MARGINS = st.integers(0, 28)
LATER = st.dictionaries(st.sampled_from(CODES), st.integers(0, 120))


def of(birth: date, **told: object) -> dict[str, Window]:
    found = windows(PLAN, **{"birth": birth, "is_born": True, "margin_days": 7, **told})  # type: ignore[arg-type]
    return {window.visit: window for window in found}


def test_the_six_visits_of_a_child_born_on_a_known_day() -> None:
    found = {code: (window.first, window.last) for code, window in of(date(2026, 1, 31)).items()}
    assert found == {
        "barsel": (date(2026, 2, 4), date(2026, 2, 6)),
        "etablering": (date(2026, 2, 7), date(2026, 2, 10)),
        "weeks": (date(2026, 2, 21), date(2026, 2, 28)),
        "two": (date(2026, 3, 24), date(2026, 4, 7)),
        "four": (date(2026, 5, 31), date(2026, 7, 31)),
        "eight": (date(2026, 9, 30), date(2026, 10, 31)),
    }


def test_a_due_date_gives_windows_that_say_they_are_provisional() -> None:
    due, born = date(2026, 3, 1), date(2026, 2, 20)
    before, after = of(due, is_born=False)["barsel"], of(born)["barsel"]
    assert (before.is_provisional, after.is_provisional) == (True, False)
    assert before.first - after.first == due - born


def test_a_child_born_early_is_younger_at_every_visit_from_then_on() -> None:
    birth = date(2026, 1, 31)
    plain, shifted = of(birth), of(birth, shifts=[("weeks", 42)])
    moved = {code: (shifted[code].first - plain[code].first).days for code in CODES}
    assert moved == {"barsel": 0, "etablering": 0, "weeks": 42, "two": 42, "four": 42, "eight": 42}
    assert shifted["eight"].shifted_days == 42


@given(birth=DAYS, margin=MARGINS, shifts=LATER)
def test_windows_follow_one_another_and_never_end_before_they_begin(
    birth: date, margin: int, shifts: dict[str, int]
) -> None:
    found = list(of(birth, margin_days=margin, shifts=shifts.items()).values())
    assert [window.visit for window in found] == CODES
    assert all(birth <= window.first <= window.last for window in found)
    assert [window.first for window in found] == sorted(window.first for window in found)
    assert [window.last for window in found] == sorted(window.last for window in found)


@given(birth=DAYS, margin=MARGINS, shifts=st.dictionaries(st.sampled_from(CODES), st.integers(-130, 130)))
def test_a_shift_that_is_let_through_never_turns_the_visits_round(
    birth: date, margin: int, shifts: dict[str, int]
) -> None:
    try:
        check_shift(PLAN, birth=birth, margin_days=margin, shifts=shifts.items())
    except BadShift:
        return
    found = list(of(birth, margin_days=margin, shifts=shifts.items()).values())
    assert all(birth <= window.first <= window.last for window in found)
    assert [window.first for window in found] == sorted(window.first for window in found)


@pytest.mark.parametrize("shift", [("barsel", -5), ("etablering", -10), ("four", -90), ("weeks", 121), ("unknown", 1)])
def test_a_shift_that_cannot_be_meant(shift: tuple[str, int]) -> None:
    with pytest.raises(BadShift):
        check_shift(PLAN, birth=date(2026, 1, 31), margin_days=7, shifts=[shift])


@given(birth=DAYS, later=st.integers(0, 60))
def test_the_plan_moves_with_the_birth(birth: date, later: int) -> None:
    before, after = of(birth), of(birth + timedelta(days=later))
    assert all(before[code].first <= after[code].first for code in CODES)
