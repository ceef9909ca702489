"""The health visitors' own doing: their plan becomes times, and what families have taken is never dropped."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import change, new_id
from parentsite.foundation.sealed import unseal
from parentsite.people.merging import merge
from parentsite.visits.models.appointments import SHIFT_REASON, HomeVisit, VisitShift
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.slots import Shift
from parentsite.visits.rules.windows import BadShift
from parentsite.visits.service import booking, planning, plans, shifting, visiting
from parentsite.visits.service.errors import (
    AlreadyBooked,
    NotFound,
    NotOffered,
    ReasonNeeded,
    SlotGone,
    TooLate,
    TooSoon,
)
from parentsite.visits.service.team import week_plan
from parentsite.visits.service.times import hold
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on, entries, row
from tests.visits.scene import BORN, DISTRICT, TWO_MONTHS, WEEKS, broken, family, mornings, shown, times, visitor

FRIDAY, MONDAY = date(2026, 2, 13), date(2026, 2, 16)


def test_laying_the_same_plan_again_changes_nothing(work: Working) -> None:
    with work() as now:
        one = visitor(now)
        before = set(now.session.scalars(select(VisitSlot.id)))
        assert planning.lay(now, one) == planning.lay_all(now) == 0
        assert set(now.session.scalars(select(VisitSlot.id))) == before


def test_illness_takes_free_times_away_and_names_the_families_to_move(work: Working) -> None:
    with work() as now:
        her, one = visitor(now), family(now)
        ill = [slot for slot in times(now, one) if slot.starts_at.date() == MONDAY]
        visit = booking.book(now, one.parent, one.child, WEEKS, ill[1].slot_id)
        for _ in range(2):
            planning.be_away(now, her, MONDAY, MONDAY)
        assert [item.id for item in visiting.to_move(now)] == [visit]
        assert {name.split()[1] for name in shown(times(now, one))} == {"13", "17"}
        assert row(now.session, HomeVisit, visit).state == "booked"
        plan = plans.plan_for(now, one.parent, one.child)
        assert [offered.appointment.must_move for offered in plan.visits if offered.appointment] == [True]
        booking.move(now, one.parent, visit, times(now, one)[0].slot_id)
        assert visiting.to_move(now) == ()
        assert row(now.session, VisitSlot, ill[1].slot_id).state == "withdrawn"
        assert broken(now.session) == []


def test_well_again_the_visit_stands_and_the_times_are_back(work: Working) -> None:
    with work() as now:
        her, one = visitor(now), family(now)
        before = shown(times(now, one))
        visit = booking.book(now, one.parent, one.child, WEEKS, times(now, one)[2].slot_id)
        planning.be_away(now, her, MONDAY, MONDAY + timedelta(days=1))
        planning.be_back(now, her, week_plan(now, her, her).absences[0].id)
        assert visiting.to_move(now) == ()
        assert shown(times(now, one)) == [name for name in before if name != before[2]]
        booking.cancel(now, one.parent, visit)
        assert shown(times(now, one)) == before
        assert broken(now.session) == []


def test_new_hours_go_round_what_is_taken(work: Working) -> None:
    with work() as now:
        her, one = visitor(now), family(now)
        visit = booking.book(now, one.parent, one.child, WEEKS, times(now, one)[2].slot_id)
        moved = [Shift(DISTRICT, day, time(8, 30), time(13), date(2026, 1, 1), date(2026, 4, 1)) for day in range(1, 6)]
        planning.save_hours(now, her, moved)
        assert [item.id for item in visiting.to_move(now)] == [visit]
        assert shown(times(now, one))[:2] == ["Fri 13 11.10", "Mon 16 09.50"]
        assert broken(now.session) == []


def test_the_way_to_the_next_home_is_kept_by_the_database(work: Working) -> None:
    with work() as now:
        visitor(now)
        slot = now.session.scalars(select(VisitSlot).order_by(VisitSlot.starts_at)).first()
        assert slot is not None
        squeezed = {"starts_at": slot.ends_at, "ends_at": slot.free_at, "free_at": slot.free_at}
        row_of = {"district": DISTRICT, "state": "open", "is_closing": False, **squeezed}
        with pytest.raises(IntegrityError), now.session.begin_nested():
            now.session.execute(insert(VisitSlot).values(id=new_id(), visitor_id=slot.visitor_id, **row_of))
        for values in (squeezed, {"state": "taken", "free_at": slot.ends_at}):
            with pytest.raises(IntegrityError), now.session.begin_nested():
                change(now.session, update(VisitSlot).where(VisitSlot.id == slot.id).values(**values))
        now.session.execute(insert(VisitSlot).values(id=new_id(), visitor_id=builders.clerk(now), **row_of))


def test_a_slot_takes_one_visit_whatever_a_program_tries(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        slot = times(now, one)[0].slot_id
        visit = booking.book(now, one.parent, one.child, WEEKS, slot)
        second = {"child_id": other.child, "host_id": other.parent, "slot_id": slot, "visit": WEEKS, "state": "booked"}
        moments = {"made_at": now.now, "changed_at": now.now}
        with pytest.raises(IntegrityError), now.session.begin_nested():
            now.session.execute(insert(HomeVisit).values(id=new_id(), sequence=0, **second, **moments))
        booking.cancel(now, one.parent, visit)
        with pytest.raises(IntegrityError), now.session.begin_nested():
            change(now.session, update(HomeVisit).where(HomeVisit.id == visit).values(state="booked"))


def test_a_time_that_a_family_holds_is_not_proposed_to_another(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        slot = times(now, one)[0].slot_id
        hold(now, one.parent, one.child, WEEKS, slot)
        with pytest.raises(SlotGone):
            visiting.propose(now, other.child, other.parent, WEEKS, slot)
    clock.move(minutes=10)
    with work() as now:
        with pytest.raises(NotFound):
            visiting.propose(now, other.child, one.parent, WEEKS, slot)
        with pytest.raises(NotOffered):
            visiting.propose(now, other.child, other.parent, "no-such-visit", slot)
        visiting.propose(now, other.child, other.parent, WEEKS, slot)


def test_what_came_of_a_visit_and_a_slip_put_right(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        visit = booking.book(now, one.parent, one.child, WEEKS, times(now, one)[0].slot_id)
        cancelled = booking.book(now, other.parent, other.child, WEEKS, times(now, other)[0].slot_id)
        booking.cancel(now, other.parent, cancelled)
        with pytest.raises(TooSoon):
            visiting.say_outcome(now, visit, VisitState.DONE)
    clock.move(days=2)
    with work() as now:
        for outcome in (VisitState.NOT_AT_HOME, VisitState.NOT_AT_HOME, VisitState.DONE):
            visiting.say_outcome(now, visit, outcome)
        assert acts_on(now.session, visit)["visit.not_at_home"] == 1
        with pytest.raises(TooLate):
            visiting.say_outcome(now, cancelled, VisitState.DONE)
        with pytest.raises(TooLate):
            booking.cancel(now, one.parent, visit, is_ill=True)
        with pytest.raises(AlreadyBooked):
            booking.book(now, one.parent, one.child, WEEKS, times(now, one)[0].slot_id)
        assert broken(now.session) == []


def test_nobody_at_home_may_book_again(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        visit = booking.book(now, one.parent, one.child, WEEKS, times(now, one)[0].slot_id)
    clock.move(days=1, hours=3)
    with work() as now:
        visiting.say_outcome(now, visit, VisitState.NOT_AT_HOME)
        booking.book(now, one.parent, one.child, WEEKS, times(now, one)[0].slot_id)
        assert broken(now.session) == []


def test_a_window_is_shifted_with_a_sealed_reason(work: Working) -> None:
    reason = "Født seks uger før tid."
    with work() as now:
        one = family(now)
        plain = plans.plan_for(now, one.parent, one.child).visits
        with pytest.raises(ReasonNeeded):
            shifting.shift_window(now, one.child, WEEKS, 42, " ")
        with pytest.raises(BadShift):
            shifting.shift_window(now, one.child, WEEKS, -30, reason)
        for days in (40, 42):
            shifting.shift_window(now, one.child, WEEKS, days, reason)
        after = plans.plan_for(now, one.parent, one.child).visits
        moved = [(new.window.first - old.window.first).days for old, new in zip(plain, after, strict=True)]
        assert moved == [0, 0, 42, 42, 42, 42]
        (kept,) = now.session.scalars(select(VisitShift.reason))
        assert unseal(now.session, kept, SHIFT_REASON) == reason
        assert len(entries(now.session, "visit.window_shifted")) == 2


def test_an_extra_visit_is_proposed_and_can_be_moved(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now, born=date(2024, 5, 1))
        with pytest.raises(NotOffered):
            times(now, one, "extra")
        open_now = select(VisitSlot.id).where(VisitSlot.state == "open", VisitSlot.starts_at > now.now)
        visit = visiting.propose(now, one.child, one.parent, "extra", now.session.scalars(open_now).all()[20])
        booking.move(now, one.parent, visit, times(now, one, "extra")[0].slot_id)
        extra = plans.plan_for(now, one.parent, one.child).extra
        assert extra is not None
        assert (extra.id, extra.state, extra.sequence) == (visit, "booked", 1)
        assert broken(now.session) == []


def test_hours_for_somebody_who_does_not_work_here(work: Working) -> None:
    with work() as now, pytest.raises(NotFound):
        planning.save_hours(now, new_id(), mornings())


def test_what_was_booked_for_a_declared_child_is_the_registered_ones(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        slots = [slot.slot_id for slot in times(now, one)]
        visit = booking.book(now, one.parent, one.child, WEEKS, slots[0])
        hold(now, one.parent, one.child, TWO_MONTHS, times(now, one, TWO_MONTHS)[0].slot_id)
        shifting.shift_window(now, one.child, "4-6-maaneder", 14, "Født tidligt.")
        registered = builders.child(now, born=BORN, district=DISTRICT)
        builders.lives_with(now, one.parent, registered)
        merge(now, one.child, registered)
        plan = plans.plan_for(now, one.parent, registered)
        assert [offered.appointment.id for offered in plan.visits if offered.appointment] == [visit]
        assert plan.visits[-1].window.shifted_days == 14
        booking.move(now, one.parent, visit, slots[1])
        with pytest.raises(NotFound):
            plans.plan_for(now, one.parent, one.child)
        assert broken(now.session) == []
