"""The waiting list: each rule alone, the reason shown, and an order that no shuffling changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.places.rules.order import Candidate, Reason, order
from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.seniority import seniority
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind

POLICY = PlacementPolicy(
    right_from_weeks=26,
    grace_weeks=4,
    timely=TimelyRule(TimelyKind.WEEKS_AFTER_BIRTH, 8),
    answer_days=8,
    order=tuple(Criterion),
    seniority_base=SeniorityBase.BIRTH_DATE_IF_TIMELY,
    guarantee_scope=GuaranteeScope.MUNICIPALITY,
    older_from_months=36,
    due_date_horizon_days=300,
    guarantee_after_no=GuaranteeEffect.UNCHANGED,
    guarantee_after_silence=GuaranteeEffect.UNCHANGED,
    restart_months=None,
)
PLAIN = Candidate(
    id="plain",
    special_need=False,
    sibling_here=False,
    own_district=False,
    seniority=date(2025, 6, 1),
    birth_date=date(2025, 6, 1),
    tie="m",
)


@pytest.mark.parametrize(
    ("better", "reason"),
    [
        (replace(PLAIN, id="z", special_need=True), Reason.SPECIAL_NEED),
        (replace(PLAIN, id="z", sibling_here=True), Reason.SIBLING),
        (replace(PLAIN, id="z", own_district=True), Reason.OWN_DISTRICT),
        (replace(PLAIN, id="z", seniority=date(2025, 5, 31)), Reason.SENIORITY),
        (replace(PLAIN, id="z", birth_date=date(2025, 5, 31)), Reason.BIRTH_DATE),
        (replace(PLAIN, id="z", tie="a"), Reason.TIE),
        (replace(PLAIN, id="a"), Reason.TIE),
    ],
)
def test_each_rule_puts_one_ahead_and_says_so(better: Candidate, reason: Reason) -> None:
    first, second = order([PLAIN, better], POLICY)
    assert (first.number, first.of_how_many, first.candidate, first.reason) == (1, 2, better, Reason.FIRST)
    assert (second.number, second.of_how_many, second.candidate, second.reason) == (2, 2, PLAIN, reason)


def test_an_earlier_rule_outweighs_all_later_ones() -> None:
    need = replace(PLAIN, id="need", special_need=True, seniority=date(2026, 1, 1))
    sibling = replace(PLAIN, id="sibling", sibling_here=True, own_district=True, seniority=date(2024, 1, 1))
    assert [position.candidate.id for position in order([PLAIN, sibling, need], POLICY)] == [
        "need",
        "sibling",
        "plain",
    ]


def test_the_town_chooses_rules_and_their_order() -> None:
    town = replace(POLICY, order=(Criterion.SENIORITY, Criterion.SIBLING))
    older = replace(PLAIN, id="older", seniority=date(2025, 1, 1))
    sibling = replace(PLAIN, id="sibling", sibling_here=True, special_need=True)
    first, second = order([sibling, older], town)
    assert (first.candidate, second.candidate, second.reason) == (older, sibling, Reason.SENIORITY)


def test_an_empty_list_is_empty() -> None:
    assert order([], POLICY) == ()


def test_each_criterion_has_its_reason() -> None:
    assert {criterion.value for criterion in Criterion} == set(Reason) - {Reason.FIRST, Reason.TIE}


DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 3))
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.uuids().map(str),
        special_need=st.booleans(),
        sibling_here=st.booleans(),
        own_district=st.booleans(),
        seniority=DAYS,
        birth_date=DAYS,
        tie=st.sampled_from("ab"),
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.id,
)


@settings(max_examples=100, deadline=None)
@given(CANDIDATES.flatmap(lambda line: st.tuples(st.just(line), st.permutations(line))))
def test_the_order_is_total_and_the_same_for_every_permutation(
    lines: tuple[list[Candidate], list[Candidate]],
) -> None:
    line, shuffled = lines
    positions = order(line, POLICY)
    assert positions == order(shuffled, POLICY)
    assert {position.candidate for position in positions} == set(line)
    assert [position.number for position in positions] == list(range(1, len(line) + 1))
    assert all(position.of_how_many == len(line) for position in positions)
    assert all((position.reason is Reason.FIRST) == (position.number == 1) for position in positions)


@settings(max_examples=100, deadline=None)
@given(CANDIDATES.filter(bool), st.data())
def test_one_leaving_changes_nobody_elses_order(line: list[Candidate], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(line))
    before = [position.candidate for position in order(line, POLICY) if position.candidate != gone]
    after = [position.candidate for position in order([one for one in line if one != gone], POLICY)]
    assert before == after


BIRTH, IN_TIME, LATE, WANTED = date(2025, 1, 10), date(2025, 3, 7), date(2025, 3, 8), date(2025, 9, 1)


@pytest.mark.parametrize(
    ("base", "applied", "wished_on", "expected"),
    [
        (SeniorityBase.BIRTH_DATE, LATE, LATE, BIRTH),
        (SeniorityBase.APPLICATION_DATE, IN_TIME, IN_TIME, IN_TIME),
        (SeniorityBase.BIRTH_DATE_IF_TIMELY, IN_TIME, IN_TIME, BIRTH),
        (SeniorityBase.BIRTH_DATE_IF_TIMELY, LATE, LATE, LATE),
        (SeniorityBase.BIRTH_DATE, IN_TIME, date(2025, 4, 1), date(2025, 4, 1)),
        (SeniorityBase.BIRTH_DATE, date(2024, 11, 1), date(2024, 12, 1), BIRTH),
        (SeniorityBase.BIRTH_DATE, IN_TIME, date(2025, 2, 1), BIRTH),
    ],
    ids=["birth", "applied", "timely", "late", "added later", "added before birth", "wished in the draft"],
)
def test_a_wish_has_its_own_seniority(base: SeniorityBase, applied: date, wished_on: date, expected: date) -> None:
    town = replace(POLICY, seniority_base=base)
    found = seniority(birth=BIRTH, wanted=WANTED, applied=applied, wished_on=wished_on, policy=town)
    assert found == expected


def test_being_late_before_the_birth_does_not_pay() -> None:
    town = replace(POLICY, timely=TimelyRule(TimelyKind.MONTHS_BEFORE_WANTED, 9))
    late_and_unborn = date(2025, 1, 5)
    assert late_and_unborn > town.deadline(BIRTH, WANTED)
    found = seniority(birth=BIRTH, wanted=WANTED, applied=late_and_unborn, wished_on=late_and_unborn, policy=town)
    assert found == BIRTH


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(SeniorityBase),
    st.sampled_from(TimelyKind),
    st.integers(0, 40),
    st.integers(-300, 900),
    st.integers(0, 400),
)
def test_neither_applying_nor_wishing_later_pays(
    base: SeniorityBase, kind: TimelyKind, amount: int, days: int, later: int
) -> None:
    town = replace(POLICY, seniority_base=base, timely=TimelyRule(kind, amount))
    applied = BIRTH + timedelta(days=days)
    afterwards = applied + timedelta(days=later)

    def found(applied: date, wished_on: date) -> date:
        return seniority(birth=BIRTH, wanted=WANTED, applied=applied, wished_on=wished_on, policy=town)

    assert found(applied, applied) <= found(applied, afterwards)
    assert found(applied, applied) <= found(afterwards, afterwards)
