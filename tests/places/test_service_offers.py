"""Offering: in the published order with one press, out of it with a written reason; a vacancy once at a time."""

from datetime import date, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.places.models import REASON, Application, Offer
from parentsite.places.rules.vocabulary import AgeGroup, VacancyState
from parentsite.places.service import answers, cases, offers, vacancies, withdrawing
from parentsite.places.service.errors import CannotOffer, NotFound, ReasonNeeded, VacancyGone
from parentsite.places.service.line import InLine, line_of
from parentsite.town.town import Town
from tests import builders
from tests.conftest import Working
from tests.places.racing import sound
from tests.places.seen import entries, letters, row, subjects, wishes_of

HOUSE = "globen"
BORN = date(2025, 8, 28)
STARTS = date(2026, 7, 1)


def line(work: Work) -> list[InLine]:
    return line_of(work.session, HOUSE, AgeGroup.NURSERY)


def two_in_line(work: Work) -> tuple[builders.Pair, builders.Pair]:
    """The elder first."""
    families = builders.family(work, born=date(2025, 8, 1)), builders.family(work, born=BORN)
    for family in families:
        builders.sent(work, family, wishes=[HOUSE, "regnbuen"])
    return families


def test_the_first_in_line_is_offered_the_place_with_one_press(work: Working, town: Town) -> None:
    with work() as now:
        first, _ = two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        one = offers.first_in_line(now, vacancies.vacancy(now, free))
        assert one is not None
        made = offers.make_offer(builders.as_clerk(now), free, one.wish_id)
        offer = row(now.session, Offer, made)
        assert one.child_id == first.child
        assert (offer.state, offer.out_of_order, offer.reason) == ("open", False, None)
        assert offer.answer_by == now.today + timedelta(days=town.settings.answer_days.value)
        assert vacancies.vacancy(now, free).state is VacancyState.OFFERED
        assert wishes_of(now.session, one.application_id) == {HOUSE: "offered", "regnbuen": "waiting"}
        assert ("places/offer_made", first.parent) in letters(now.session)
        (entry,) = entries(now.session, "offer.made")
        assert (entry.record_id, entry.purpose, entry.role) == (str(made), "in_order", "placement")
        assert subjects(now.session, entry) == {first.child}


def test_out_of_order_demands_a_reason_that_lies_sealed(work: Working) -> None:
    reason = "Søskende flytter med, se sagen."
    with work() as now:
        two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        second = line(now)[1]
        for nothing in (None, ""):
            with pytest.raises(ReasonNeeded):
                offers.make_offer(builders.as_clerk(now), free, second.wish_id, nothing)
        offer = row(now.session, Offer, offers.make_offer(builders.as_clerk(now), free, second.wish_id, reason))
        assert offer.out_of_order
        assert reason.encode() not in offer.reason
        assert unseal(now.session, offer.reason, REASON) == reason
        (entry,) = entries(now.session, "offer.made")
        assert entry.purpose == "out_of_order"


def test_a_reason_is_not_kept_where_none_is_needed(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        offer = row(now.session, Offer, offers.make_offer(now, free, line(now)[0].wish_id, "By the way"))
        assert (offer.out_of_order, offer.reason) == (False, None)


def test_a_refusal_leaves_nothing_behind_even_where_the_work_goes_on(work: Working, database: object) -> None:
    with work() as now:
        two_in_line(now)
        free, other = (builders.vacancy(now, HOUSE, starts_on=STARTS) for _ in range(2))
        first, second = line(now)
        offers.make_offer(now, other, first.wish_id)
        with pytest.raises(CannotOffer):
            offers.make_offer(now, free, first.wish_id, "Again")
        builders.confirm(now, first.application_id)
        offers.make_offer(now, free, second.wish_id)
    sound(database)  # type: ignore[arg-type]


def test_a_refused_order_leaves_the_vacancy_free(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        with pytest.raises(ReasonNeeded):
            offers.make_offer(now, free, line(now)[1].wish_id)
        assert vacancies.vacancy(now, free).state is VacancyState.OPEN


@pytest.mark.parametrize(
    ("starts", "who"),
    [(date(2026, 5, 31), None), (date(2026, 6, 1), "wants it early"), (date(2026, 9, 1), "wants it early")],
)
def test_a_place_before_the_day_wanted_goes_to_nobody_in_order(work: Working, starts: date, who: str | None) -> None:
    with work() as now:
        builders.sent(now, builders.family(now, born=date(2025, 8, 1)), wanted=date(2026, 10, 1), wishes=[HOUSE])
        early = builders.family(now, born=BORN)
        builders.sent(now, early, wanted=date(2026, 6, 1), wishes=[HOUSE])
        place = vacancies.vacancy(now, builders.vacancy(now, HOUSE, starts_on=starts))
        first = offers.first_in_line(now, place)
        assert (first and first.child_id) == (early.child if who else None)


def test_a_child_too_old_for_the_place_on_its_day_is_passed_over(work: Working) -> None:
    with work() as now:
        builders.sent(now, builders.family(now, born=date(2023, 7, 1)), wanted=date(2026, 3, 1), wishes=[HOUSE])
        younger = builders.family(now, born=BORN)
        builders.sent(now, younger, wanted=date(2026, 3, 1), wishes=[HOUSE])
        first = offers.first_in_line(now, vacancies.vacancy(now, builders.vacancy(now, HOUSE, starts_on=STARTS)))
        assert first is not None
        assert first.child_id == younger.child


def test_who_has_an_offer_open_is_passed_over_and_offered_no_second(work: Working) -> None:
    with work() as now:
        _, second = two_in_line(now)
        elder = line(now)[0]
        builders.offer(now, elder.application_id, facility="regnbuen", starts_on=STARTS)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        with pytest.raises(CannotOffer):
            offers.make_offer(now, free, elder.wish_id, "Anyway")
        first = offers.first_in_line(now, vacancies.vacancy(now, free))
        assert first is not None
        assert first.child_id == second.child


def test_a_wish_of_another_line_or_of_none_is_refused(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        elsewhere = line_of(now.session, "regnbuen", AgeGroup.NURSERY)[0].wish_id
        family = builders.family(now)
        unsent = builders.drafts.read(now, family.parent, builders.draft(now, family, wishes=[HOUSE])).wishes[0].id
        for wish in (elsewhere, unsent, new_id()):
            with pytest.raises(CannotOffer):
                offers.make_offer(now, builders.vacancy(now, HOUSE), wish, "Forged")


def test_a_withdrawn_familys_wish_is_refused(work: Working) -> None:
    with work() as now:
        first, _ = two_in_line(now)
        one = line(now)[0]
        case = cases.case_for(now, first.parent, one.application_id)
        withdrawing.withdraw(now, first.parent, case.id, case.revision)
        with pytest.raises(CannotOffer):
            offers.make_offer(now, builders.vacancy(now, HOUSE), one.wish_id, "Anyway")


def test_an_offer_says_that_the_application_has_been_read(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        one = line(now)[0]
        before = row(now.session, Application, one.application_id).revision
        builders.offer(now, one.application_id, facility=HOUSE)
        application = row(now.session, Application, one.application_id)
        assert application.state == "waiting"
        assert application.revision > before


def test_the_same_form_opens_one_vacancy(work: Working) -> None:
    with work() as now:
        once = new_id()
        opened = {vacancies.open_vacancy(now, once, HOUSE, AgeGroup.NURSERY, STARTS) for _ in range(3)}
        assert len(opened) == 1
        assert vacancies.open_vacancy(now, new_id(), HOUSE, AgeGroup.NURSERY, STARTS) not in opened


def test_a_vacancy_is_withdrawn_only_while_nobody_has_it(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        free, taken = (builders.vacancy(now, HOUSE, starts_on=STARTS) for _ in range(2))
        offers.make_offer(now, taken, line(now)[0].wish_id)
        vacancies.withdraw_vacancy(now, free)
        for vacancy in (free, taken, new_id()):
            with pytest.raises(VacancyGone):
                vacancies.withdraw_vacancy(now, vacancy)
        with pytest.raises(VacancyGone):
            offers.make_offer(now, free, line(now)[1].wish_id, "Anyway")
        with pytest.raises(NotFound):
            vacancies.vacancy(now, new_id())


def test_an_offer_taken_back_leaves_the_child_where_it_stood(work: Working, clock: FixedClock) -> None:
    with work() as now:
        first, _ = two_in_line(now)
        before = line(now)
        offer = builders.offer(now, before[0].application_id, facility=HOUSE, starts_on=STARTS)
        shown = cases.case_for(now, first.parent, before[0].application_id).revision
    clock.move(days=1)
    with work() as now:
        offers.take_back(builders.as_clerk(now), offer)
        after = line(now)
        assert [(one.wish_id, one.number, one.seniority) for one in after] == [
            (one.wish_id, one.number, one.seniority) for one in before
        ]
        case = cases.case_for(now, first.parent, before[0].application_id)
        assert case.open_offer is None
        assert case.guaranteed_by == before[0].guaranteed_by
        assert case.revision > shown
        assert ("places/offer_taken_back", first.parent) in letters(now.session)
        assert len(entries(now.session, "offer.taken_back")) == 1
        with pytest.raises(VacancyGone):
            offers.take_back(now, offer)


def test_an_answered_offer_cannot_be_taken_back(work: Working) -> None:
    with work() as now:
        first, second = two_in_line(now)
        for family, yes in ((first, True), (second, False)):
            application = next(one.application_id for one in line(now) if one.child_id == family.child)
            offer = builders.offer(now, application, facility=HOUSE, starts_on=STARTS)
            builders.answered(now, family.parent, offer, yes=yes)
            with pytest.raises(VacancyGone):
                offers.take_back(now, offer)
        with pytest.raises(NotFound):
            offers.take_back(now, new_id())


@pytest.mark.parametrize("silent", [False, True], ids=["no", "silence"])
def test_a_place_that_was_not_taken_goes_on_to_the_next(
    work: Working, clock: FixedClock, database: object, silent: bool
) -> None:
    with work() as now:
        first, second = two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        offer = offers.make_offer(now, free, line(now)[0].wish_id)
        if not silent:
            builders.answered(now, first.parent, offer, yes=False)
    if silent:
        clock.move(days=10)
    with work() as now:
        assert answers.expire_due(now) == int(silent)
        place = vacancies.vacancy(now, free)
        one = offers.first_in_line(now, place)
        assert one is not None
        assert (one.child_id, one.number) == (second.child, 2)
        with pytest.raises(ReasonNeeded):
            offers.make_offer(now, free, line(now)[0].wish_id)
        again = offers.make_offer(now, free, one.wish_id)
        assert answers.offer_for(now, second.parent, again).vacancy_id == free
        elsewhere = vacancies.vacancy(now, builders.vacancy(now, HOUSE, starts_on=STARTS))
        next_one = offers.first_in_line(now, elsewhere)
        assert next_one is not None
        assert next_one.child_id == first.child
    sound(database)  # type: ignore[arg-type]


def test_a_place_taken_back_may_be_offered_to_the_same_family_again(work: Working) -> None:
    with work() as now:
        two_in_line(now)
        free = builders.vacancy(now, HOUSE, starts_on=STARTS)
        one = line(now)[0]
        offers.take_back(now, offers.make_offer(now, free, one.wish_id))
        offers.make_offer(now, free, one.wish_id)
