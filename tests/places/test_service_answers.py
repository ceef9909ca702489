"""An answer: once, and with exactly the consequences that were said before it was given."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.models import Application, Offer, Vacancy
from parentsite.places.rules.answers import Answer, Consequences, GuaranteeOutcome
from parentsite.places.rules.vocabulary import OfferState
from parentsite.places.service import answers, cases
from parentsite.places.service.errors import NotFound, TooLate
from parentsite.town.service import load_pack
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT, shipped_pack
from tests.places.racing import sound
from tests.places.seen import acts_on, letters, row, wishes_of

HOUSES = ["globen", "regnbuen", "dagplejen"]
WANTED = date(2026, 6, 12)
EARLY, IN_TIME, LATE = date(2026, 5, 1), date(2026, 6, 12), date(2026, 12, 1)
EFFECTS = ("restarts", "lapses", "unchanged")


def offered(work: Work, starts: date = IN_TIME) -> tuple[builders.Pair, UUID, UUID]:
    """A family, its application for three houses, and an offer of the first."""
    family = builders.family(work)
    application = builders.sent(work, family, wanted=WANTED, wishes=HOUSES)
    return family, application, builders.offer(work, application, facility=HOUSES[0], starts_on=starts)


def with_effects(no: str, silence: str) -> str:
    """The shipped pack with other settings for a place not taken."""
    pack = shipped_pack()
    for name, effect in (("guarantee_after_no", no), ("guarantee_after_silence", silence)):
        assert f'{name} = {{ value = "restarts"' in pack
        pack = pack.replace(f'{name} = {{ value = "restarts"', f'{name} = {{ value = "{effect}"')
    if "restarts" not in (no, silence):
        pack = pack.replace('guarantee_restart_months = { value = 3, source = "demo" }\n', "")
    return pack


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.sampled_from(Answer),
    starts=st.sampled_from([EARLY, IN_TIME, LATE]),
    ticked=st.sets(st.sampled_from(range(3))),
    no=st.sampled_from(EFFECTS),
    silence=st.sampled_from(EFFECTS),
)
def test_what_was_said_is_what_happens(
    database: Database, said: Answer, starts: date, ticked: set[int], no: str, silence: str
) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        load_pack(now, with_effects(no, silence), lambda _, codes: frozenset())
        family, application, offer = offered(now, starts)
        view = answers.offer_for(now, family.parent, offer)
        follows = answers.consequences(now, view)[said]
        ids = [view.wish_id, *(wish for wish, _ in view.wishes)]
        if said is Answer.SILENCE:
            assert answers.expire_due(Work(session, MOMENT + timedelta(days=9), SYSTEM)) == 1
        else:
            answers.answer(builders.as_parent(now, family.parent), family.parent, offer, said, [ids[n] for n in ticked])
        ticks = {str(ids[number]) for number in ticked} if said is not Answer.SILENCE else set()
        assert list(unlike(now, application, offer, ids, follows, ticks)) == []
        session.rollback()


def unlike(
    work: Work, application: UUID, offer: UUID, ids: list[UUID], follows: Consequences, ticks: set[str]
) -> Iterator[str]:
    """Everything that is not as it was said."""
    found = row(work.session, Application, application)
    states = dict(zip(map(str, ids), wishes_of(work.session, application).values(), strict=True))
    removed = ticks & set(follows.removable)
    if row(work.session, Offer, offer).state != follows.offer_becomes:
        yield "the offer"
    if (found.guaranteed_by, found.guarantee_outcome) != (follows.guaranteed_by, follows.guarantee.value):
        yield f"the guarantee: {found.guaranteed_by} {found.guarantee_outcome}, not {follows}"
    for wish, state in states.items():
        own = follows.wish_becomes.value if wish == str(ids[0]) and follows.wish_becomes else "waiting"
        if state != ("removed" if wish in removed else own):
            yield f"a wish is {state}"
    stays = set(follows.wishes_stay) - removed
    closed = follows.binding and not stays and follows.guaranteed_by is None
    if found.state != ("closed" if closed else "waiting"):
        yield f"the application is {found.state}"
    vacancy = row(work.session, Vacancy, row(work.session, Offer, offer).vacancy_id)
    if vacancy.state != ("filled" if follows.binding else "open"):
        yield f"the vacancy is {vacancy.state}"


def test_a_child_may_have_a_place_and_still_wait(work: Working, database: Database) -> None:
    with work() as now:
        family, application, offer = offered(now)
        builders.answered(now, family.parent, offer, yes=True)
        case = cases.case_for(now, family.parent, application)
        assert case.is_live
        assert [(wish.facility, wish.number) for wish in case.wishes] == [
            ("globen", None),
            ("regnbuen", 1),
            ("dagplejen", 1),
        ]
        assert [(place.facility, place.starts_on) for place in case.placements] == [("globen", IN_TIME)]
        assert case.guarantee_outcome is GuaranteeOutcome.MET
        assert ("places/offer_accepted", family.parent) in letters(now.session)
        assert acts_on(now.session, offer)["offer.accepted"] == 1
    sound(database)


def test_a_case_whose_wishes_are_all_done_is_closed(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now)
        rest = [wish for wish, _ in answers.offer_for(now, family.parent, offer).wishes]
        builders.answered(now, family.parent, offer, yes=True, remove=rest)
        assert wishes_of(now.session, application) == dict(
            zip(HOUSES, ["fulfilled", "removed", "removed"], strict=True)
        )
        assert row(now.session, Application, application).state == "closed"


def test_a_later_place_does_not_undo_what_is_promised_before_it(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now, LATE)
        rest = [wish for wish, _ in answers.offer_for(now, family.parent, offer).wishes]
        promised = cases.case_for(now, family.parent, application).guaranteed_by
        builders.answered(now, family.parent, offer, yes=True, remove=rest)
        case = cases.case_for(now, family.parent, application)
        assert case.is_live
        assert case.guaranteed_by == promised is not None


def test_a_wish_of_somebody_else_cannot_be_ticked(work: Working) -> None:
    with work() as now:
        family, _, offer = offered(now)
        other, theirs, _ = offered(now)
        foreign = [wish.wish_id for wish in cases.case_for(now, other.parent, theirs).wishes]
        builders.answered(now, family.parent, offer, yes=False, remove=[*foreign, new_id()])
        assert set(wishes_of(now.session, theirs).values()) == {"offered", "waiting"}


def test_yes_to_the_place_never_removes_the_wish_it_fulfils(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now)
        own = answers.offer_for(now, family.parent, offer).wish_id
        builders.answered(now, family.parent, offer, yes=True, remove=[own])
        assert wishes_of(now.session, application)["globen"] == "fulfilled"


def test_no_with_every_wish_removed_leaves_the_guarantee_as_it_was_said(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now)
        view = answers.offer_for(now, family.parent, offer)
        said = answers.consequences(now, view)[Answer.NO]
        builders.answered(
            now, family.parent, offer, yes=False, remove=[view.wish_id, *(wish for wish, _ in view.wishes)]
        )
        case = cases.case_for(now, family.parent, application)
        assert case.is_live
        assert {wish.state.value for wish in case.wishes} == {"removed"}
        assert (case.guarantee_outcome, case.guaranteed_by) == (GuaranteeOutcome.RESTARTS, said.guaranteed_by)


def test_the_guarantee_restarts_from_the_start_that_was_refused(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now)
        builders.answered(now, family.parent, offer, yes=False)
        case = cases.case_for(now, family.parent, application)
        assert case.guaranteed_by == date(2026, 9, 12)
        assert row(now.session, Offer, offer).guaranteed_after == date(2026, 9, 12)


def test_refusing_a_place_before_the_day_wanted_costs_nothing(work: Working) -> None:
    with work() as now:
        family, application, offer = offered(now, EARLY)
        before = cases.case_for(now, family.parent, application).guaranteed_by
        builders.answered(now, family.parent, offer, yes=False)
        case = cases.case_for(now, family.parent, application)
        assert (case.guaranteed_by, case.guarantee_outcome) == (before, GuaranteeOutcome.UNCHANGED)


@pytest.mark.parametrize("said", [Answer.YES, Answer.NO])
def test_the_same_answer_again_changes_nothing_and_the_other_is_too_late(work: Working, said: Answer) -> None:
    other = Answer.NO if said is Answer.YES else Answer.YES
    with work() as now:
        family, application, offer = offered(now)
        rest = [wish for wish, _ in answers.offer_for(now, family.parent, offer).wishes]
        answers.answer(now, family.parent, offer, said)
        before = wishes_of(now.session, application), letters(now.session), acts_on(now.session, offer)
        answers.answer(now, family.parent, offer, said, rest)
        with pytest.raises(TooLate) as refused:
            answers.answer(now, family.parent, offer, other)
        assert refused.value.state == (OfferState.ACCEPTED if said is Answer.YES else OfferState.DECLINED)
        assert (wishes_of(now.session, application), letters(now.session), acts_on(now.session, offer)) == before


def test_an_offer_taken_back_cannot_be_answered(work: Working) -> None:
    with work() as now:
        family, _, offer = offered(now)
        builders.offers.take_back(now, offer)
        for said in (Answer.YES, Answer.NO):
            with pytest.raises(TooLate) as refused:
                answers.answer(now, family.parent, offer, said)
            assert refused.value.state == OfferState.TAKEN_BACK


def test_either_parent_a_child_lives_with_may_answer_and_a_stranger_may_not(work: Working, clock: FixedClock) -> None:
    with work() as now:
        family, _, offer = offered(now)
        other, stranger = builders.person(now), builders.person(now)
        builders.lives_with(now, other, family.child)
        for unknown in (offer, new_id()):
            with pytest.raises(NotFound):
                answers.answer(now, stranger, unknown, Answer.YES)
        answers.answer(builders.as_parent(now, other), other, offer, Answer.YES)
        assert row(now.session, Offer, offer).state == "accepted"
