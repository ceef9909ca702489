"""What may become of an appointment, until when it may be changed, and what a family may ask for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.visits.rules.appointments import LIVE, SLOT, VISIT, VisitState, held_until, may_cancel
from parentsite.visits.rules.moves import Moves
from parentsite.visits.rules.requests import REQUEST, is_silence, may_ask_for_extra, reply_by

STARTS = datetime(2026, 2, 16, 9, tzinfo=UTC)


@pytest.mark.parametrize("moves", [SLOT, VISIT, REQUEST], ids=lambda moves: moves.name)
def test_every_state_has_a_row_and_no_move_stays_put(moves: Moves) -> None:  # type: ignore[type-arg]
    assert set(moves.table) == set(type(next(iter(moves.table))))
    assert all(origin not in targets for origin, targets in moves.table.items())


def test_what_is_cancelled_never_comes_back() -> None:
    assert VISIT.table[VisitState.CANCELLED] == frozenset()
    assert set(VISIT.origins(VisitState.CANCELLED)) == set(LIVE)


def test_only_what_is_booked_is_proposed_anew() -> None:
    assert VISIT.origins(VisitState.PROPOSED) == (VisitState.BOOKED.value,)


def test_a_slip_at_the_desk_can_be_put_right() -> None:
    assert VisitState.NOT_AT_HOME.value in VISIT.origins(VisitState.DONE)
    assert VisitState.DONE.value in VISIT.origins(VisitState.NOT_AT_HOME)


def test_a_time_may_be_given_back_until_the_hour_that_was_said() -> None:
    last = STARTS - timedelta(hours=24)
    assert may_cancel(STARTS, last - timedelta(seconds=1), 24)
    assert not may_cancel(STARTS, last, 24)


@given(before=st.integers(1, 24 * 60 - 1))
def test_an_ill_child_cancels_until_the_visit_begins(before: int) -> None:
    now = STARTS - timedelta(minutes=before)
    assert may_cancel(STARTS, now, 24, is_ill=True)
    assert not may_cancel(STARTS, now, 24)
    assert not may_cancel(STARTS, STARTS, 24, is_ill=True)


def test_a_hold_ends() -> None:
    assert held_until(STARTS, 10) == STARTS + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("today", "may"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2026, 7, 31), True), (date(2026, 8, 1), False)],
)
def test_an_extra_visit_until_school_begins(today: date, may: bool) -> None:
    assert may_ask_for_extra(date(2020, 1, 1), today) is may


def test_silence_and_when_an_answer_comes() -> None:
    birth = date(2026, 2, 1)
    assert not is_silence(birth, date(2026, 2, 7), 7)
    assert is_silence(birth, date(2026, 2, 8), 7)
    assert reply_by(birth, 2) == date(2026, 2, 3)
