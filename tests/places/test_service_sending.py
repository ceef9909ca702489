"""Sending: whole or not at all, once, and only what was shown; the guarantee as the rules give it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.people.models import RelationKind
from parentsite.places.models import Application
from parentsite.places.policy import policy_of
from parentsite.places.rules.guarantee import guarantee
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import cases, drafts, sending, wishing, withdrawing
from parentsite.places.service.errors import Incomplete, NotFound, OtherParentMustAgree, Problem, Stale
from parentsite.town.pack.parse import parse_pack
from parentsite.town.service import load_pack
from parentsite.town.town import Town
from tests import builders
from tests.conftest import Working
from tests.databases import shipped_pack
from tests.places.racing import sound
from tests.places.seen import acts_on, letters, row, wishes_of

TODAY = date(2026, 2, 12)


def test_what_is_sent_stands_in_its_lines_and_leaves_one_letter(work: Working, town: Town) -> None:
    with work() as now:
        family = builders.family(now, born=date(2025, 11, 20))
        draft = builders.draft(now, family, wanted=date(2026, 6, 1), wishes=["globen", "dagplejen"])
        number = sending.send(now, family.parent, draft, drafts.read(now, family.parent, draft).revision)
        case = cases.case_for(now, family.parent, draft)
        promised = guarantee(birth=date(2025, 11, 20), wanted=date(2026, 6, 1), applied=TODAY, policy=policy_of(town))
        assert case.case_number == number
        assert (case.guaranteed_by, case.guarantee_rule) == (promised.guaranteed_by, promised.rule)
        assert (case.right_from, case.timely_by) == (promised.right_from, promised.deadline)
        assert [(wish.facility, wish.number, wish.of_how_many) for wish in case.wishes] == [
            ("globen", 1, 1),
            ("dagplejen", 1, 1),
        ]
        assert {wish.seniority for wish in case.wishes} == {TODAY}
        assert acts_on(now.session, draft)["application.sent"] == 1
        assert letters(now.session) == [("places/application_received", family.parent)]
        assert row(now.session, Application, draft).town_version == town.digest


def test_sent_twice_it_is_sent_once(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        shown = drafts.read(now, family.parent, draft).revision
        numbers = {sending.send(now, family.parent, draft, revision) for revision in (shown, shown, shown - 1, 0)}
        assert len(numbers) == 1
        assert acts_on(now.session, draft)["application.sent"] == 1
        assert len(letters(now.session)) == 1


def test_a_form_from_before_a_withdrawal_sends_nothing_again(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        shown = drafts.read(now, family.parent, draft).revision
        number = sending.send(now, family.parent, draft, shown)
        case = cases.case_for(now, family.parent, draft)
        withdrawing.withdraw(now, family.parent, draft, case.revision)
        assert sending.send(now, family.parent, draft, shown) == number
        assert row(now.session, Application, draft).state == "withdrawn"


def test_answers_changed_after_they_were_shown_are_not_sent(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        shown = drafts.read(now, family.parent, draft).revision
        wishing.add(now, family.parent, draft, "dagplejen")
        with pytest.raises(Stale):
            sending.send(now, family.parent, draft, shown)
        assert row(now.session, Application, draft).state == "draft"


def test_everything_that_is_missing_is_said_at_once_in_the_order_of_the_steps(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = drafts.start(now, family.parent, family.child, Care.NURSERY)
        with pytest.raises(Incomplete) as refused:
            sending.send(now, family.parent, draft, drafts.read(now, family.parent, draft).revision)
    assert refused.value.problems == (Problem.NO_DATE, Problem.NO_WISH, Problem.FAMILY_NOT_ASKED)


@pytest.mark.parametrize(
    ("born", "care", "wanted", "problem"),
    [
        (date(2025, 11, 20), Care.NURSERY, date(2026, 5, 20), Problem.BEFORE_RIGHT),
        (date(2025, 1, 1), Care.NURSERY, date(2026, 2, 11), Problem.IN_PAST),
        (date(2020, 6, 1), Care.KINDERGARTEN, date(2026, 8, 1), Problem.AFTER_SCHOOL_START),
        (date(2023, 6, 1), Care.NURSERY, date(2026, 6, 1), Problem.WRONG_AGE),
        (date(2023, 6, 2), Care.KINDERGARTEN, date(2026, 6, 1), Problem.WRONG_AGE),
    ],
)
def test_a_day_that_cannot_be_wanted_is_refused(
    work: Working, born: date, care: Care, wanted: date, problem: Problem
) -> None:
    with work() as now:
        family = builders.family(now, born=born)
        draft = builders.draft(now, family, care=care, wanted=wanted, wishes=["globen"])
        assert sending.problems_of(now, drafts.read(now, family.parent, draft)) == (problem,)


def test_a_day_that_was_right_when_it_was_written_may_be_past_when_it_is_sent(work: Working, clock: FixedClock) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wanted=date(2026, 3, 1))
    clock.move(days=30)
    with work() as now:
        assert sending.problems_of(now, drafts.read(now, family.parent, draft)) == (Problem.IN_PAST,)


@pytest.mark.parametrize(
    ("care", "born", "wish"),
    [
        (Care.KINDERGARTEN, date(2023, 2, 1), "dagplejen"),
        (Care.NURSERY, date(2025, 8, 28), "kildedal"),
    ],
    ids=["childminding takes nobody over three", "a planned house takes nobody yet"],
)
def test_a_wish_that_cannot_be_met_is_refused(work: Working, care: Care, born: date, wish: str) -> None:
    with work() as now:
        family = builders.family(now, born=born)
        draft = builders.draft(now, family, care=care, wishes=["globen", wish])
        found = drafts.read(now, family.parent, draft)
        assert wish not in {one.code for one in sending.facilities_to_wish_for(now, found)}
        assert sending.problems_of(now, found) == (Problem.WISH_NOT_OPEN,)


def test_a_wish_for_a_house_that_the_town_has_dropped_is_refused(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["globen", "birkegaarden"])
    begins = shipped_pack().index("[houses.birkegaarden]")
    ends = shipped_pack().index("[houses.regnbuen]")
    without = shipped_pack()[:begins] + shipped_pack()[ends:]
    assert parse_pack(without).facility("birkegaarden") is None
    with work() as now:
        load_pack(now, without, lambda _, codes: frozenset())
        assert sending.problems_of(now, drafts.read(now, family.parent, draft)) == (Problem.WISH_NOT_OPEN,)


def test_a_child_stands_in_line_once_for_each_age(work: Working) -> None:
    with work() as now:
        family = builders.family(now, born=date(2023, 7, 1))
        nursery = builders.sent(now, family, wanted=date(2026, 3, 1))
        again = builders.draft(now, family, care=Care.CHILDMINDING, wanted=date(2026, 4, 1))
        assert sending.problems_of(now, drafts.read(now, family.parent, again)) == (Problem.APPLIED_ALREADY,)
        drafts.throw_away(now, family.parent, again)
        older = builders.sent(now, family, care=Care.KINDERGARTEN, wanted=date(2026, 8, 1))
        assert cases.case_for(now, family.parent, nursery).is_live
        assert cases.case_for(now, family.parent, older).is_live


def test_after_a_withdrawal_one_may_apply_again(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        first = builders.sent(now, family)
        withdrawing.withdraw(now, family.parent, first, cases.case_for(now, family.parent, first).revision)
        second = builders.sent(now, family)
        assert wishes_of(now.session, first).keys() == wishes_of(now.session, second).keys()


def test_under_shared_residence_the_other_parent_must_agree_and_is_told(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        child = builders.child(now)
        one, other = builders.person(now), builders.person(now)
        for adult in (one, other):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
        draft = builders.draft(now, builders.Pair(one, child))
        shown = drafts.read(now, one, draft).revision
        with pytest.raises(OtherParentMustAgree):
            sending.send(now, one, draft, shown)
        assert letters(now.session) == []
        sending.send(now, one, draft, shown, other_parent_agrees=True)
        assert {receiver for _, receiver in letters(now.session)} == {one, other}
        assert row(now.session, Application, draft).other_parent_agrees
        assert family.parent not in {receiver for _, receiver in letters(now.session)}


def test_an_unborn_child_is_applied_for_by_who_expects_it(work: Working) -> None:
    due = TODAY + timedelta(weeks=10)
    with work() as now:
        parent = builders.person(now)
        child = builders.child(now, due=due, name=None)
        builders.relate(now, parent, child, RelationKind.DECLARER)
        draft = builders.sent(now, builders.Pair(parent, child), wanted=due + timedelta(weeks=26))
        case = cases.case_for(now, parent, draft)
        assert case.right_from == due + timedelta(weeks=26)
        assert case.guaranteed_by is not None
        assert case.guaranteed_by >= case.right_from


def test_a_child_that_starts_school_first_is_promised_no_day(work: Working, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 7, 20, 9, tzinfo=UTC)
    with work() as now:
        family = builders.family(now, born=date(2020, 6, 1))
        sent = builders.sent(now, family, care=Care.KINDERGARTEN, wanted=date(2026, 7, 25), wishes=["globen"])
        case = cases.case_for(now, family.parent, sent)
        assert (case.guaranteed_by, case.guarantee_rule) == (None, None)
        assert case.wishes[0].number == 1


def test_nobody_sends_what_another_wrote(work: Working) -> None:
    with work() as now:
        family, stranger = builders.family(now), builders.family(now)
        draft = builders.draft(now, family)
        shown = drafts.read(now, family.parent, draft).revision
        for application in (draft, builders.sent(now, stranger)):
            with pytest.raises(NotFound):
                sending.send(now, stranger.parent if application == draft else family.parent, application, shown)


def test_case_numbers_are_readable_and_never_the_same(work: Working, database: object) -> None:
    with work() as now:
        sent = [builders.sent(now, builders.family(now)) for _ in range(20)]
        numbers = [row(now.session, Application, one).case_number for one in sent]
        assert len(set(numbers)) == 20
        assert all(number.startswith("PL-2026-") and not set(number[8:]) & set("01OIBSZ") for number in numbers)
    sound(database)  # type: ignore[arg-type]
