"""The decisions about letters: who may write when, who sees which, which staff read, when an answer is due."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.contact.rules.days import (
    Keeping,
    answer_due,
    deleted_on,
    is_working_day,
    may_reopen,
    working_days_waited,
)
from parentsite.contact.rules.marks import newly_read
from parentsite.contact.rules.reach import Office, Reach, scope_of
from parentsite.contact.rules.sight import Looking, View, may_share, view_of
from parentsite.contact.rules.states import LETTER, LIVE, LetterState, Side, after_writing, begins_to_wait

FACTS = ("is_writer", "is_about_child", "is_shared", "knows_child", "holds_custody", "sees_place_and_time")
EVERY_LOOK = [Looking(**dict(zip(FACTS, facts, strict=True))) for facts in product((False, True), repeat=len(FACTS))]
DISTRICTS = frozenset({"nord", "syd"})
FRIDAY = date(2026, 5, 8)
ASCENSION = date(2026, 5, 14)
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))
KEEPINGS = st.builds(Keeping, *(st.integers(1, 400) for _ in range(3)))


@pytest.mark.parametrize("looking", EVERY_LOOK, ids=str)
def test_a_letter_is_seen_by_its_writer_and_shared_ones_by_who_holds_custody_and_is_not_kept_apart(
    looking: Looking,
) -> None:
    is_kept_out = looking.is_about_child and not looking.knows_child
    is_told = looking.is_about_child and looking.is_shared and looking.holds_custody and looking.sees_place_and_time
    expected = None
    if not is_kept_out:
        expected = View.WRITER if looking.is_writer else View.OTHER if is_told else None
    assert view_of(looking) is expected


@pytest.mark.parametrize("looking", EVERY_LOOK, ids=str)
def test_only_the_writer_shares_and_only_a_letter_about_a_child_in_the_own_custody(looking: Looking) -> None:
    needed = looking.is_writer and looking.is_about_child and looking.knows_child and looking.holds_custody
    assert may_share(looking) is (needed and not looking.is_shared)


def test_a_parent_who_is_told_nothing_sees_nothing() -> None:
    assert view_of(Looking()) is None
    assert view_of(Looking(is_shared=True, holds_custody=True, sees_place_and_time=True)) is None


@pytest.mark.parametrize(
    ("state", "side", "then"),
    [
        (LetterState.OPEN, Side.PARENT, LetterState.OPEN),
        (LetterState.OPEN, Side.TEAM, LetterState.ANSWERED),
        (LetterState.CLAIMED, Side.PARENT, LetterState.CLAIMED),
        (LetterState.CLAIMED, Side.TEAM, LetterState.ANSWERED),
        (LetterState.ANSWERED, Side.PARENT, LetterState.OPEN),
        (LetterState.ANSWERED, Side.TEAM, LetterState.ANSWERED),
        (LetterState.CLOSED, Side.PARENT, None),
        (LetterState.CLOSED, Side.TEAM, None),
        (LetterState.FORGOTTEN, Side.PARENT, None),
        (LetterState.FORGOTTEN, Side.TEAM, None),
    ],
)
def test_what_writing_does(state: LetterState, side: Side, then: LetterState | None) -> None:
    assert after_writing(state, side) is then


@pytest.mark.parametrize("state", LIVE)
@pytest.mark.parametrize("side", Side)
def test_writing_never_goes_where_the_database_refuses(state: LetterState, side: Side) -> None:
    then = after_writing(state, side)
    assert then is not None
    assert then is state or then in LETTER.table[state]


def test_a_letter_is_forgotten_only_from_closed_and_comes_back_from_nowhere() -> None:
    assert LETTER.origins(LetterState.FORGOTTEN) == ("closed",)
    assert LETTER.table[LetterState.FORGOTTEN] == frozenset()
    assert set(LETTER.table) == set(LetterState)


def test_who_adds_to_a_letter_has_waited_since_the_first_words() -> None:
    waited = {state for state in LetterState if not begins_to_wait(state)}
    assert waited == {LetterState.OPEN, LetterState.CLAIMED}


@pytest.mark.parametrize(
    ("works_in", "reach", "place", "is_read"),
    [
        ((), Reach.TOWN, None, True),
        (("syd",), Reach.TOWN, "nord", True),
        (("nord",), Reach.DISTRICT, "nord", True),
        (("syd",), Reach.DISTRICT, "nord", False),
        ((), Reach.DISTRICT, "nord", True),
        (("solhuset",), Reach.DISTRICT, "nord", True),
        (("syd",), Reach.DISTRICT, None, True),
        (("syd",), Reach.DISTRICT, "a-district-of-before", True),
        (("solhuset",), Reach.HOUSE, "solhuset", True),
        (("maanehuset",), Reach.HOUSE, "solhuset", False),
        ((), Reach.HOUSE, "solhuset", False),
        ((), Reach.HOUSE, None, False),
    ],
)
def test_which_of_a_team_read(works_in: tuple[str, ...], reach: Reach, place: str | None, is_read: bool) -> None:
    here = frozenset(works_in)
    scope = scope_of(Office(frozenset({"helper"}), here), "helper", reach, DISTRICTS)
    assert scope is not None
    assert scope.has(place) is is_read
    assert scope_of(Office(frozenset({"another"}), here), "helper", reach, DISTRICTS) is None


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (date(2026, 5, 4), 1, date(2026, 5, 5)),
        (FRIDAY, 1, date(2026, 5, 11)),
        (date(2026, 5, 9), 2, date(2026, 5, 12)),
        (date(2026, 5, 13), 1, date(2026, 5, 15)),
        (date(2026, 5, 13), 2, date(2026, 5, 18)),
    ],
)
def test_an_answer_is_due_in_working_days(since: date, days: int, due: date) -> None:
    assert answer_due(since, days, {ASCENSION}) == due
    assert working_days_waited(since, due, {ASCENSION}) == days


def test_nobody_has_waited_on_the_day_of_writing_nor_over_a_weekend() -> None:
    assert working_days_waited(FRIDAY, FRIDAY, ()) == 0
    assert working_days_waited(FRIDAY, FRIDAY + timedelta(days=2), ()) == 0
    assert working_days_waited(FRIDAY, FRIDAY + timedelta(days=3), ()) == 1


@given(since=DAYS, days=st.integers(1, 60))
def test_a_due_day_is_a_working_day_after_the_letter(since: date, days: int) -> None:
    due = answer_due(since, days, {ASCENSION})
    assert due > since
    assert is_working_day(due, {ASCENSION})


def test_a_closed_letter_is_opened_again_within_its_days_and_not_after() -> None:
    keeping = Keeping(reopen=30, quiet=60, keep=365)
    closed = date(2026, 1, 31)
    assert may_reopen(closed, date(2026, 3, 2), keeping)
    assert not may_reopen(closed, date(2026, 3, 3), keeping)
    assert deleted_on(closed, keeping) == date(2027, 1, 31)


@given(closed=DAYS, keeping=KEEPINGS)
def test_nothing_is_deleted_that_can_still_be_opened(closed: date, keeping: Keeping) -> None:
    assert not may_reopen(closed, deleted_on(closed, keeping), keeping)


def test_a_reader_marks_what_others_wrote_and_once() -> None:
    written = [("first", False), ("second", True), ("third", False)]
    assert newly_read(written, ()) == ("first", "third")
    assert newly_read(written, ("first",)) == ("third",)
    assert newly_read(written, ("first", "third")) == ()
