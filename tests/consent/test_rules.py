"""When a consent is in force, case by case: what a custody holder said, who holds custody, and what day it is."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest

from parentsite.consent.rules import Answer, Custody, Given, has_answered, holders, is_in_force, stands

TODAY, BIRTH, BEFORE = date(2026, 2, 12), date(2025, 6, 1), date(2026, 1, 20)
ANNE, BO = uuid4(), uuid4()
SAID = {
    "yes": Given(Answer.YES, BEFORE),
    "yes until tomorrow": Given(Answer.YES, BEFORE, date(2026, 2, 13)),
    "yes until today": Given(Answer.YES, BEFORE, TODAY),
    "no": Given(Answer.NO, BEFORE),
    "withdrawn": Given(Answer.WITHDRAWN, BEFORE),
    "nothing": None,
}
STANDING = {"yes", "yes until tomorrow"}
BOTH = [Custody(ANNE, BIRTH), Custody(BO, BIRTH)]


def given(**said: str) -> dict[UUID, Given]:
    """What each of the two has said."""
    people = {"anne": ANNE, "bo": BO}
    return {people[name]: found for name, words in said.items() if (found := SAID[words]) is not None}


@pytest.mark.parametrize("said", SAID)
def test_who_holds_custody_alone_decides_alone(said: str) -> None:
    assert is_in_force([Custody(ANNE, BIRTH)], given(anne=said), TODAY) is (said in STANDING)


@pytest.mark.parametrize(("anne", "bo"), list(product(SAID, SAID)))
def test_of_two_both_must_say_yes(anne: str, bo: str) -> None:
    assert is_in_force(BOTH, given(anne=anne, bo=bo), TODAY) is ({anne, bo} <= STANDING)


CUSTODY = {
    "holds it": (Custody(BO, BIRTH), True),
    "holds it from today": (Custody(BO, TODAY), True),
    "will hold it from tomorrow": (Custody(BO, date(2026, 2, 13)), False),
    "held it until yesterday": (Custody(BO, BIRTH, date(2026, 2, 11)), False),
    "holds it no more from today": (Custody(BO, BIRTH, TODAY), False),
    "holds it until tomorrow": (Custody(BO, BIRTH, date(2026, 2, 13)), True),
    "died yesterday": (Custody(BO, BIRTH, None, date(2026, 2, 11)), False),
    "died today": (Custody(BO, BIRTH, None, TODAY), False),
}


@pytest.mark.parametrize("case", CUSTODY)
@pytest.mark.parametrize("bo", ["nothing", "no", "withdrawn", "yes until today"])
def test_the_other_counts_only_while_holding_custody(case: str, bo: str) -> None:
    """What a former custody holder said, or did not, neither allows nor hinders."""
    other, counts = CUSTODY[case]
    assert is_in_force([Custody(ANNE, BIRTH), other], given(anne="yes", bo=bo), TODAY) is not counts


def test_of_three_in_every_state_of_custody_each_who_counts_must_say_yes_as_a_holder() -> None:
    """All combinations: three adults, eight states of custody, six answers. One who holds custody from today has said
    nothing as a holder yet; a yes counts only from whom it is asked.
    """
    adults = [ANNE, BO, uuid4()]
    stories = list(product(CUSTODY.values(), SAID))
    for told in product(stories, repeat=3):
        held = [replace(custody, person=who) for who, ((custody, _), _) in zip(adults, told, strict=True)]
        said = {who: one for who, (_, words) in zip(adults, told, strict=True) if (one := SAID[words]) is not None}
        asked = [(custody.since, words) for (custody, counts), words in told if counts]
        allowed = bool(asked) and all(words in STANDING and since <= BEFORE for since, words in asked)
        assert is_in_force(held, said, TODAY) is allowed, told


def test_a_former_custody_holder_cannot_allow_anything() -> None:
    former = Custody(BO, BIRTH, date(2026, 2, 1))
    assert not is_in_force([Custody(ANNE, BIRTH), former], given(bo="yes"), TODAY)
    assert not is_in_force([former], given(bo="yes"), TODAY)


def test_a_new_custody_holder_is_asked_and_an_answer_from_before_the_custody_is_none() -> None:
    new = [Custody(ANNE, BIRTH), Custody(BO, date(2026, 2, 1))]
    assert not is_in_force(new, given(anne="yes", bo="yes"), TODAY)
    assert not has_answered(BO, new, given(anne="yes", bo="yes"), TODAY)
    asked_anew = {**given(anne="yes"), BO: Given(Answer.YES, date(2026, 2, 1))}
    assert is_in_force(new, asked_anew, TODAY)
    assert has_answered(BO, new, asked_anew, TODAY)


def test_custody_that_the_register_tells_twice_counts_from_its_first_day() -> None:
    twice = [Custody(ANNE, date(2026, 2, 1)), Custody(ANNE, BIRTH)]
    assert holders(twice, TODAY) == {ANNE: BIRTH}
    assert is_in_force(twice, given(anne="yes"), TODAY)


def test_nothing_is_allowed_for_a_child_whose_custody_nobody_is_known_to_hold() -> None:
    assert not is_in_force([], given(anne="yes"), TODAY)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("yes", True),
        ("yes until tomorrow", True),
        ("yes until today", False),
        ("no", True),
        ("withdrawn", True),
        ("nothing", False),
    ],
)
def test_who_has_answered_is_not_asked_again_until_a_yes_runs_out(said: str, answered: bool) -> None:
    assert has_answered(ANNE, BOTH, given(anne=said), TODAY) is answered
    assert not has_answered(uuid4(), BOTH, given(anne=said), TODAY)


def test_the_last_day_of_a_yes() -> None:
    assert stands(SAID["yes until tomorrow"], TODAY)
    assert not stands(SAID["yes until today"], TODAY)
