"""The decisions at school start: what changed, when a yes ends, who receives a child, who may open a text."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.readiness.rules.changes import Change, Passage, areas_changed, words_changed
from parentsite.readiness.rules.ends import Ends, consent_ends, school_start
from parentsite.readiness.rules.gate import Asking, Side, may_open
from parentsite.readiness.rules.receivers import Institution, Receivers, receivers_of
from parentsite.readiness.rules.vocabulary import ReceiverKind

FACTS = ("is_published", "holds_custody", "is_kept_apart", "is_own", "is_receiver", "is_allowed")


def asked() -> list[Asking]:
    """Every side with every combination of facts."""
    return [
        Asking(side, **dict(zip(FACTS, facts, strict=True)))
        for side in Side
        for facts in product((False, True), repeat=len(FACTS))
    ]


NEEDS = {
    Side.PARENT: {"is_published", "holds_custody"},
    Side.HOUSE: {"is_own"},
    Side.RECEIVER: {"is_published", "is_receiver", "is_allowed"},
}
FORBIDS = {Side.PARENT: {"is_kept_apart"}, Side.HOUSE: set[str](), Side.RECEIVER: set[str]()}


@pytest.mark.parametrize("asking", asked(), ids=str)
def test_the_gate_opens_for_exactly_what_each_side_needs(asking: Asking) -> None:
    """Another side's facts never open it: a consent is none of a parent's, custody none of a school's."""
    held = {name for name in FACTS if getattr(asking, name)}
    opens = held >= NEEDS[asking.side] and not held & FORBIDS[asking.side]
    assert may_open(asking) is opens


@pytest.mark.parametrize("side", Side)
def test_nothing_told_opens_nothing(side: Side) -> None:
    assert not may_open(Asking(side))


ENDS = Ends(days=365, after_start=60, age=6, month=8, day=1)
BIRTH = date(2021, 3, 5)


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2026, 1, 10), date(2027, 1, 10)),
        (date(2026, 9, 29), date(2027, 9, 29)),
        (date(2026, 9, 30), date(2027, 9, 30)),
        (date(2026, 11, 22), date(2027, 9, 30)),
        (date(2027, 9, 29), date(2027, 9, 30)),
        (date(2027, 9, 30), date(2028, 9, 29)),
    ],
)
def test_a_yes_ends_after_a_year_or_soon_after_school_start(today: date, ends: date) -> None:
    assert school_start(ENDS, BIRTH) == date(2027, 8, 1)
    assert consent_ends(ENDS, BIRTH, today) == ends


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 3000), st.integers(1, 365), st.integers(0, 365))
def test_a_yes_always_has_an_end_that_lies_ahead_and_never_beyond_its_length(
    birth: date, age: int, days: int, after: int
) -> None:
    today = birth + timedelta(days=age)
    end = consent_ends(Ends(days, after, 6, 8, 1), birth, today)
    assert today < end <= today + timedelta(days=days)


NORD = Institution(ReceiverKind.SCHOOL, "nord-skole", district="nord")
SYD = Institution(ReceiverKind.SCHOOL, "syd-skole", district="syd")
FREE = Institution(ReceiverKind.SCHOOL, "fri-skole")
CLUB = Institution(ReceiverKind.AFTER_SCHOOL, "nord-klub", school="nord-skole")
KNOWN = (NORD, SYD, FREE, CLUB)


@pytest.mark.parametrize(
    ("stays", "district", "expected"),
    [
        ((), "nord", Receivers((NORD, CLUB), is_enrolled=False)),
        ((), "syd", Receivers((SYD,), is_enrolled=False)),
        ((), None, Receivers((), is_enrolled=False)),
        ((), "elsewhere", Receivers((), is_enrolled=False)),
        (("regnbuen",), "nord", Receivers((NORD, CLUB), is_enrolled=False)),
        (("regnbuen", "syd-skole"), "nord", Receivers((SYD,), is_enrolled=True)),
        (("fri-skole",), "nord", Receivers((FREE,), is_enrolled=True)),
        (("syd-skole", "nord-klub"), "nord", Receivers((SYD, CLUB), is_enrolled=True)),
        (("nord-skole", "syd-skole"), None, Receivers((NORD, SYD, CLUB), is_enrolled=True)),
    ],
)
def test_who_receives_a_child(stays: tuple[str, ...], district: str | None, expected: Receivers) -> None:
    assert receivers_of(KNOWN, stays, district) == expected


def test_what_nobody_has_told_is_said_to_be_unknown() -> None:
    at_syd = receivers_of(KNOWN, (), "syd")
    assert at_syd.unknown == {ReceiverKind.AFTER_SCHOOL}
    assert receivers_of(KNOWN, (), None).unknown == set(ReceiverKind)
    assert at_syd.has(ReceiverKind.SCHOOL, "syd-skole")
    assert not at_syd.has(ReceiverKind.AFTER_SCHOOL, "syd-skole")
    assert not at_syd.has(ReceiverKind.SCHOOL, "nord-skole")


def test_what_changed_is_told_area_by_area() -> None:
    before = {"body": "Runs.", "language": "Tells.", "nature": "Digs."}
    after = {"language": "Tells much.", "body": "Runs.", "friends": "Has two."}
    assert list(areas_changed(before, after).items()) == [
        ("language", Change.CHANGED),
        ("body", Change.SAME),
        ("friends", Change.ADDED),
        ("nature", Change.REMOVED),
    ]


def test_what_is_gone_stands_before_what_replaced_it() -> None:
    assert words_changed("She speaks a little.", "She speaks a lot.") == (
        Passage(Change.SAME, "She speaks a "),
        Passage(Change.REMOVED, "little."),
        Passage(Change.ADDED, "lot."),
    )


def test_a_sentence_written_anew_is_struck_out_whole_and_not_every_second_word_of_it() -> None:
    assert words_changed(
        "Bo plays with two friends. He waits his turn.", "Bo has more friends now. He waits his turn."
    ) == (
        Passage(Change.SAME, "Bo "),
        Passage(Change.REMOVED, "plays with two friends."),
        Passage(Change.ADDED, "has more friends now."),
        Passage(Change.SAME, " He waits his turn."),
    )


def test_a_word_said_three_thousand_times_keeps_no_page_waiting() -> None:
    before, after = ("a " * 3000).strip(), ("a b " * 1500).strip()
    assert words_changed(before, after) == (
        Passage(Change.SAME, "a "),
        Passage(Change.REMOVED, before[2:]),
        Passage(Change.ADDED, after[2:]),
    )


def test_in_two_pages_of_ordinary_text_only_what_changed_is_marked() -> None:
    words = [f"{'og' if number % 8 == 0 else 'er' if number % 5 == 0 else number}" for number in range(1500)]
    before = " ".join(words)
    words[700] = "anderledes"
    told = words_changed(before, " ".join(words))
    assert [one.words for one in told if one.change is not Change.SAME] == ["er", "anderledes"]


@given(st.text("ab \n.", max_size=60), st.text("ab \n.", max_size=60))
def test_nothing_is_left_out_of_what_changed(before: str, after: str) -> None:
    told = words_changed(before, after)
    assert "".join(one.words for one in told if one.change is not Change.ADDED) == before
    assert "".join(one.words for one in told if one.change is not Change.REMOVED) == after
    assert all(one.words and one.change is not Change.CHANGED for one in told)
