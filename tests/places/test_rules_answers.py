"""Yes, No and silence: what follows for the place, the guarantee and every wish."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.places.rules.answers import (
    Answer,
    GuaranteeOutcome,
    OfferFacts,
    consequences_of_no,
    consequences_of_silence,
    consequences_of_yes,
    fulfils_guarantee,
)
from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.states import OFFER, WISH
from parentsite.places.rules.vocabulary import (
    Criterion,
    GuaranteeEffect,
    GuaranteeScope,
    OfferState,
    SeniorityBase,
    TimelyKind,
    WishState,
)

RESTARTING = PlacementPolicy(
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
    guarantee_after_silence=GuaranteeEffect.LAPSES,
    restart_months=3,
)
LAPSING = replace(
    RESTARTING,
    guarantee_after_no=GuaranteeEffect.LAPSES,
    guarantee_after_silence=GuaranteeEffect.UNCHANGED,
    restart_months=None,
)
KEEPING = replace(LAPSING, guarantee_after_no=GuaranteeEffect.UNCHANGED)
FACTS = OfferFacts(
    starts=date(2025, 11, 30),
    wish="b",
    other_wishes=("a", "c"),
    guaranteed_by=date(2025, 12, 10),
    fulfils_guarantee=True,
    has_place=False,
)


def test_yes_binds_and_keeps_the_other_wishes() -> None:
    yes = consequences_of_yes(FACTS)
    assert (yes.answer, yes.offer_becomes, yes.wish_becomes) == (
        Answer.YES,
        OfferState.ACCEPTED,
        WishState.FULFILLED,
    )
    assert yes.wishes_stay == yes.removable == ("a", "c")
    assert (yes.guarantee, yes.guaranteed_by) == (GuaranteeOutcome.MET, None)
    assert yes.binding
    assert not yes.ends_current_place


def test_yes_to_a_wished_house_ends_the_place_held() -> None:
    assert consequences_of_yes(replace(FACTS, has_place=True)).ends_current_place
    assert not consequences_of_no(replace(FACTS, has_place=True), RESTARTING).ends_current_place


@pytest.mark.parametrize(
    ("starts", "guaranteed_by", "outcome", "after"),
    [
        (date(2025, 12, 10), date(2025, 12, 10), GuaranteeOutcome.MET, None),
        (date(2025, 12, 11), date(2025, 12, 10), GuaranteeOutcome.UNCHANGED, date(2025, 12, 10)),
        (date(2025, 12, 11), None, GuaranteeOutcome.NOT_CONCERNED, None),
    ],
)
def test_yes_meets_the_guarantee_only_in_time(
    starts: date, guaranteed_by: date | None, outcome: GuaranteeOutcome, after: date | None
) -> None:
    yes = consequences_of_yes(replace(FACTS, starts=starts, guaranteed_by=guaranteed_by))
    assert (yes.guarantee, yes.guaranteed_by) == (outcome, after)


@pytest.mark.parametrize(
    ("policy", "facts", "outcome", "after"),
    [
        (RESTARTING, FACTS, GuaranteeOutcome.RESTARTS, date(2026, 2, 28)),
        (
            RESTARTING,
            replace(FACTS, guaranteed_by=date(2026, 4, 1)),
            GuaranteeOutcome.RESTARTS,
            date(2026, 4, 1),
        ),
        (LAPSING, FACTS, GuaranteeOutcome.LAPSES, None),
        (KEEPING, FACTS, GuaranteeOutcome.UNCHANGED, date(2025, 12, 10)),
        (LAPSING, replace(FACTS, fulfils_guarantee=False), GuaranteeOutcome.UNCHANGED, date(2025, 12, 10)),
        (LAPSING, replace(FACTS, guaranteed_by=None), GuaranteeOutcome.NOT_CONCERNED, None),
    ],
    ids=[
        "restarts",
        "restart brings nothing forward",
        "lapses",
        "unchanged",
        "not the guarantee place",
        "none",
    ],
)
def test_no_does_to_the_guarantee_what_the_town_set(
    policy: PlacementPolicy, facts: OfferFacts, outcome: GuaranteeOutcome, after: date | None
) -> None:
    no = consequences_of_no(facts, policy)
    assert (no.guarantee, no.guaranteed_by) == (outcome, after)


def test_no_keeps_every_wish_and_lets_the_parent_tick_any() -> None:
    no = consequences_of_no(FACTS, RESTARTING)
    assert (no.offer_becomes, no.wish_becomes, no.binding) == (OfferState.DECLINED, WishState.WAITING, False)
    assert no.wishes_stay == no.removable == ("b", "a", "c")


def test_silence_has_its_own_setting_and_removes_nothing() -> None:
    silence = consequences_of_silence(FACTS, RESTARTING)
    assert (silence.answer, silence.offer_becomes) == (Answer.SILENCE, OfferState.EXPIRED)
    assert silence.guarantee is GuaranteeOutcome.LAPSES
    assert silence.wishes_stay == ("b", "a", "c")
    assert silence.removable == ()
    assert consequences_of_silence(FACTS, LAPSING).guarantee is GuaranteeOutcome.UNCHANGED


def test_a_guarantee_place_nobody_wished_for_touches_no_wish() -> None:
    facts = replace(FACTS, wish=None)
    assert consequences_of_yes(facts).wish_becomes is None
    assert consequences_of_no(facts, RESTARTING).wish_becomes is None
    assert consequences_of_no(facts, RESTARTING).wishes_stay == ("a", "c")


@pytest.mark.parametrize(
    ("starts", "counts"),
    [
        (date(2025, 10, 31), False),
        (date(2025, 11, 1), True),
        (date(2025, 12, 10), True),
        (date(2025, 12, 11), False),
    ],
)
def test_only_a_place_between_wanted_and_guaranteed_can_cost_the_guarantee(starts: date, counts: bool) -> None:
    found = fulfils_guarantee(
        starts=starts, wanted=date(2025, 11, 1), guaranteed_by=date(2025, 12, 10), own_district=False, policy=RESTARTING
    )
    assert found is counts


OFFERS = st.builds(
    OfferFacts,
    starts=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    wish=st.none() | st.just("offered"),
    other_wishes=st.lists(st.sampled_from("abcde"), unique=True).map(tuple),
    guaranteed_by=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    fulfils_guarantee=st.booleans(),
    has_place=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(OFFERS, st.sampled_from([RESTARTING, LAPSING, KEEPING]))
def test_no_answer_loses_a_wish_or_brings_the_guarantee_forward(facts: OfferFacts, policy: PlacementPolicy) -> None:
    for after in (
        consequences_of_yes(facts),
        consequences_of_no(facts, policy),
        consequences_of_silence(facts, policy),
    ):
        assert set(facts.other_wishes) <= set(after.wishes_stay)
        assert set(after.removable) <= set(after.wishes_stay)
        assert OFFER.move(OfferState.OPEN, after.offer_becomes)
        if after.wish_becomes is not None:
            assert WISH.move(WishState.OFFERED, after.wish_becomes)
        if after.guaranteed_by is not None:
            assert facts.guaranteed_by is not None
            assert after.guaranteed_by - facts.guaranteed_by >= timedelta(0)
