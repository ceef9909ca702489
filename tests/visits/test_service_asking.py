"""What a family asks of the health visitors, and what it tells of its home: sealed, once, for the right eyes."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.children import children_of
from parentsite.people.models import RelationKind
from parentsite.visits.models.families import AT_HOME, REQUEST_REASON, VisitHome, VisitRequest
from parentsite.visits.service import asking, booking, homes, visiting
from parentsite.visits.service.asking import Request
from parentsite.visits.service.errors import CannotAsk, NotFound, NotOffered, ReasonNeeded, TooSoon
from parentsite.visits.service.homes import Home
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.places.seen import acts_on, row
from tests.visits.scene import EARLY, WEEKS, family, times, visitor

REASON = "Vi sover ikke, og jeg er bekymret."


def asked(now: Work, of: Pair) -> Sequence[Request]:
    """What the adult sees that is not answered yet, as the page asks for it."""
    return asking.open_requests(now, of.parent, children_of(now.session, of.parent, now.today))


def test_when_a_window_is_full_the_family_is_told_when_it_hears(work: Working) -> None:
    with work() as now:
        one = family(now)
        made = {asking.ask_for_a_time(now, one.parent, one.child, WEEKS) for _ in range(2)}
        (told,) = asked(now, one)
        assert made == {told.id}
        assert told.reply_by == now.today + timedelta(days=2)
        assert acts_on(now.session, told.id) == {"visit.asked_window_full": 1}
        with pytest.raises(NotOffered):
            asking.ask_for_a_time(now, one.parent, one.child, "no-such-visit")


def test_a_time_that_is_found_answers_the_request(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        for each in (one, other):
            asking.ask_for_a_time(now, each.parent, each.child, WEEKS)
        slots = [slot.slot_id for slot in times(now, one)]
        booking.book(now, one.parent, one.child, WEEKS, slots[0])
        visiting.propose(now, other.child, other.parent, WEEKS, slots[1])
        assert [asked(now, each) for each in (one, other)] == [(), ()]
        with pytest.raises(CannotAsk):
            asking.ask_for_a_time(now, one.parent, one.child, WEEKS)


def test_an_extra_visit_needs_a_reason_that_lies_sealed(work: Working) -> None:
    with work() as now:
        one = family(now, born=date(2023, 5, 1))
        with pytest.raises(ReasonNeeded):
            asking.ask_for_extra(now, one.parent, one.child, "  ")
        made = asking.ask_for_extra(now, one.parent, one.child, REASON)
        kept = row(now.session, VisitRequest, made).reason
        assert REASON.encode() not in kept
        assert unseal(now.session, kept, REQUEST_REASON) == REASON
        assert [told.reason for told in asked(now, one)] == [REASON]


def test_no_extra_visit_before_the_birth_or_after_school_has_begun(work: Working) -> None:
    with work() as now:
        pupil = family(now, born=date(2019, 12, 31))
        parent = builders.person(now)
        child = builders.child(now, due=now.today + timedelta(days=9))
        builders.lives_with(now, parent, child)
        for person, of in ((pupil.parent, pupil.child), (parent, child)):
            with pytest.raises(CannotAsk):
                asking.ask_for_extra(now, person, of, REASON)


def test_nobody_has_contacted_us(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now, born=now.today - timedelta(days=5))
        with pytest.raises(TooSoon) as refused:
            asking.say_not_contacted(now, one.parent, one.child)
        assert refused.value.day == now.today + timedelta(days=2)
    clock.move(days=2)
    with work() as now:
        asking.say_not_contacted(now, one.parent, one.child)
        slot = times(now, one, "etablering")[0].slot_id
        visiting.propose(now, one.child, one.parent, "etablering", slot)
        assert asked(now, one) == ()
        with pytest.raises(CannotAsk):
            asking.say_not_contacted(now, one.parent, one.child)


def test_what_is_not_needed_any_more_is_taken_back(work: Working) -> None:
    with work() as now:
        one = family(now)
        made = asking.ask_for_a_time(now, one.parent, one.child, WEEKS)
        for _ in range(2):
            asking.take_back(now, one.parent, made)
        assert acts_on(now.session, made)["visit.request_taken_back"] == 1
        assert asking.ask_for_a_time(now, one.parent, one.child, WEEKS) != made


def test_one_adults_words_are_not_shown_to_the_other(work: Working) -> None:
    with work() as now:
        one, stranger = family(now), family(now)
        partner, apart = builders.person(now), builders.person(now)
        builders.lives_with(now, partner, one.child)
        builders.relate(now, apart, one.child, RelationKind.CUSTODY)
        made = asking.ask_for_extra(now, one.parent, one.child, REASON)
        assert [told.id for told in asked(now, one)] == [made]
        assert [asked(now, Pair(adult, one.child)) for adult in (partner, apart, stranger.parent)] == [()] * 3
        for adult in (partner, stranger.parent):
            with pytest.raises(NotFound):
                asking.take_back(now, adult, made)
        for verb in (asking.say_not_contacted, lambda *of: asking.ask_for_a_time(*of, EARLY)):
            with pytest.raises(NotFound):
                verb(now, stranger.parent, one.child)


def test_what_helps_the_visit_is_sealed_and_one_adults_own(work: Working) -> None:
    with work() as now:
        one, other = family(now), family(now)
        assert homes.home_of(now, one.parent) == Home()
        homes.save_home(now, one.parent, Home("Arabisk", "1234#", "Min mor er her."))
        homes.save_home(now, one.parent, Home("Arabisk", " ", "Min søster er her."))
        assert homes.home_of(now, one.parent) == Home("Arabisk", None, "Min søster er her.")
        assert homes.home_of(now, other.parent) == Home()
        kept = row(now.session, VisitHome, one.parent).at_home
        assert unseal(now.session, kept, AT_HOME) == "Min søster er her."
        assert acts_on(now.session, one.parent) == {"visit.home_told": 2}
