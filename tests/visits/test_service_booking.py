"""Booking, moving, cancelling: as a family meets it."""

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.people.models import RelationKind
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import booking, plans, times, visiting
from parentsite.visits.service.errors import AlreadyBooked, NotFound, NotOffered, SlotGone, TooLate
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on, letters, row
from tests.visits.scene import BORN, OTHER, WEEKS, broken, family, mornings, visitor
from tests.visits.scene import times as free


def test_pressing_twice_books_once(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        slot = free(now, one)[0].slot_id
        times.hold(now, one.parent, one.child, WEEKS, slot)
        made = {booking.book(now, one.parent, one.child, WEEKS, slot) for _ in range(3)}
        assert len(made) == 1
        (visit,) = made
        assert acts_on(now.session, visit) == {"visit.booked": 1}
        assert letters(now.session) == [("visits/booked", one.parent)]
        assert row(now.session, VisitSlot, slot).held_by is None
        assert broken(now.session) == []


def test_a_second_time_for_the_same_visit_is_refused_and_left_free(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        first, second = (slot.slot_id for slot in free(now, one)[:2])
        visit = booking.book(now, one.parent, one.child, WEEKS, first)
        with pytest.raises(AlreadyBooked):
            booking.book(now, one.parent, one.child, WEEKS, second)
        assert row(now.session, VisitSlot, second).state == "open"
        assert broken(now.session) == []
    with work() as now:
        assert row(now.session, HomeVisit, visit).state == "booked"


def test_a_time_outside_the_window_or_the_district_cannot_be_forged(work: Working) -> None:
    with work() as now:
        visitor(now)
        visitor(now, *mornings(OTHER))
        one, elsewhere, younger = family(now), family(now, district=OTHER), family(now, born=now.today)
        for foreign in (free(now, elsewhere)[0], free(now, younger)[-1]):
            for verb in (times.hold, booking.book):
                with pytest.raises(SlotGone):
                    verb(now, one.parent, one.child, WEEKS, foreign.slot_id)
        with pytest.raises(NotOffered):
            booking.book(now, one.parent, one.child, "extra", free(now, one)[0].slot_id)


def test_a_moved_visit_frees_its_old_time_at_once(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        old, new = (slot.slot_id for slot in (free(now, one)[4], free(now, one)[5]))
        visit = booking.book(now, one.parent, one.child, WEEKS, old)
        for _ in range(2):
            booking.move(now, one.parent, visit, new)
        moved = row(now.session, HomeVisit, visit)
        assert (moved.slot_id, moved.sequence, moved.state) == (new, 1, "booked")
        assert acts_on(now.session, visit) == {"visit.booked": 1, "visit.moved": 1}
        booking.book(now, other.parent, other.child, WEEKS, old)
        with pytest.raises(SlotGone):
            booking.move(now, one.parent, visit, old)
        assert row(now.session, HomeVisit, visit).slot_id == new
        assert broken(now.session) == []


def test_a_cancelled_time_is_free_for_others_and_the_visit_can_be_booked_again(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        slot = free(now, one)[4].slot_id
        visit = booking.book(now, one.parent, one.child, WEEKS, slot)
        for _ in range(2):
            booking.cancel(now, one.parent, visit)
        assert row(now.session, HomeVisit, visit).sequence == 1
        assert acts_on(now.session, visit)["visit.cancelled"] == 1
        again = booking.book(now, one.parent, one.child, WEEKS, slot)
        assert again != visit
        with pytest.raises(TooLate):
            booking.move(now, one.parent, visit, free(now, one)[0].slot_id)
        assert broken(now.session) == []


def test_how_late_one_may_cancel_and_an_ill_child(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        visit = booking.book(now, one.parent, one.child, WEEKS, free(now, one)[0].slot_id)
    clock.move(hours=23)
    with work() as now:
        for verb in (
            lambda: booking.cancel(now, one.parent, visit),
            lambda: booking.move(now, one.parent, visit, free(now, one)[3].slot_id),
        ):
            with pytest.raises(TooLate):
                verb()
        assert row(now.session, HomeVisit, visit).state == "booked"
        booking.cancel(now, one.parent, visit, is_ill=True)
        assert broken(now.session) == []


def test_a_proposed_time_is_confirmed_or_moved(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        slots = [slot.slot_id for slot in free(now, one)]
        asked = visiting.propose(now, one.child, one.parent, WEEKS, slots[0])
        assert visiting.propose(now, one.child, one.parent, WEEKS, slots[0]) == asked
        for _ in range(2):
            booking.confirm(now, one.parent, asked, slots[0])
        assert acts_on(now.session, asked) == {"visit.proposed": 1, "visit.confirmed": 1}
        with pytest.raises(AlreadyBooked):
            visiting.propose(now, one.child, one.parent, WEEKS, slots[1])
        moved = visiting.propose(now, other.child, other.parent, WEEKS, slots[1])
        booking.move(now, other.parent, moved, slots[4])
        assert row(now.session, HomeVisit, moved).state == "booked"
        assert broken(now.session) == []


def test_strangers_find_nothing(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, stranger = family(now), family(now)
        slot = free(now, one)[0].slot_id
        visit = booking.book(now, one.parent, one.child, WEEKS, slot)
        attempts = (
            lambda: plans.plan_for(now, stranger.parent, one.child),
            lambda: times.free_times(now, stranger.parent, one.child, WEEKS),
            lambda: times.hold(now, stranger.parent, one.child, WEEKS, slot),
            lambda: booking.book(now, stranger.parent, one.child, WEEKS, slot),
            lambda: booking.move(now, stranger.parent, visit, slot),
            lambda: booking.cancel(now, stranger.parent, visit),
            lambda: booking.confirm(now, stranger.parent, visit, slot),
            lambda: booking.cancel(now, one.parent, new_id()),
        )
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt()


def test_who_lives_elsewhere_or_is_shut_out(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        apart, blocked = builders.person(now), builders.person(now)
        for adult in (apart, blocked):
            builders.relate(now, adult, one.child, RelationKind.CUSTODY)
        builders.block(now, blocked, one.child)
        visit = booking.book(now, one.parent, one.child, WEEKS, free(now, one)[0].slot_id)
        seen = next(o.appointment for o in plans.plan_for(now, apart, one.child).visits if o.appointment)
        assert (seen.id, seen.may_act) == (visit, False)
        for adult in (apart, blocked):
            with pytest.raises(NotFound):
                booking.cancel(now, adult, visit)
        with pytest.raises(NotFound):
            plans.plan_for(now, blocked, one.child)
        assert [receiver for _, receiver in letters(now.session)] == [one.parent]


def test_where_the_address_is_protected_the_other_parent_learns_no_time(work: Working) -> None:
    with work() as now:
        visitor(now)
        parent, apart = builders.person(now, district="baltorp"), builders.person(now)
        child = builders.child(now, born=BORN, district="baltorp", address_protected=True)
        builders.lives_with(now, parent, child)
        builders.relate(now, apart, child, RelationKind.CUSTODY)
        booking.book(now, parent, child, WEEKS, times.free_times(now, parent, child, WEEKS)[0].slot_id)
        plan = plans.plan_for(now, apart, child)
        assert not plan.shows_time
        assert [offered.appointment for offered in plan.visits] == [None] * 6


def test_with_two_homes_each_parent_changes_the_visits_in_the_own_one(work: Working) -> None:
    with work() as now:
        visitor(now)
        child = builders.child(now, born=BORN, district="baltorp")
        here, there = (builders.person(now, district="baltorp") for _ in range(2))
        for adult in (here, there):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
        visit = booking.book(now, here, child, WEEKS, times.free_times(now, here, child, WEEKS)[0].slot_id)
        with pytest.raises(NotFound):
            booking.cancel(now, there, visit)
        booking.cancel(now, here, visit, is_ill=True)
