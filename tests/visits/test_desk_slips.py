"""Slips at the health visitors' desk, and pages that stood open too long: nothing is given that should not be."""

from datetime import date, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.people.models import Person
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.service import booking, offering, planning, visiting
from parentsite.visits.service.errors import AlreadyBooked, SlotGone
from parentsite.visits.service.team import week_plan
from tests.conftest import Working
from tests.places.seen import letters
from tests.sites import Site
from tests.visits.desks import at_desk
from tests.visits.scene import OTHER, TWO_MONTHS, WEEKS, broken, family, mornings, shown, times, visitor

MONDAY, FRIDAY = date(2026, 2, 16), date(2026, 2, 20)


def told(work: Working, letter: str) -> int:
    with work() as now:
        return [name for name, _ in letters(now.session)].count(letter)


def test_a_visit_that_was_held_is_not_proposed_again(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        slot = times(now, one)[0]
        visit = visiting.propose(now, one.child, one.parent, WEEKS, slot.slot_id)
    clock.moment = slot.ends_at
    with work() as now:
        visiting.say_outcome(now, visit, VisitState.DONE)
        free = times(now, one, TWO_MONTHS)[0].slot_id
        with pytest.raises(AlreadyBooked):
            visiting.propose(now, one.child, one.parent, WEEKS, free)
        visiting.say_outcome(now, visit, VisitState.NOT_AT_HOME)
        visiting.propose(now, one.child, one.parent, WEEKS, free)


def test_an_extra_visit_may_be_needed_again(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one = family(now)
        slot = times(now, one)[0]
        visit = visiting.propose(now, one.child, one.parent, EXTRA, slot.slot_id)
    ask = f"/mit/da/besog/{one.child}/ekstra"
    assert ask not in site.parent(one.parent).get("/mit/da/besog").links(), "one is agreed"
    site.clock.moment = slot.ends_at
    with site.work() as now:
        visiting.say_outcome(now, visit, VisitState.DONE)
    assert ask in site.parent(one.parent).get("/mit/da/besog").links()
    desk, path = at_desk(site), f"/desk/besog/familie/{one.child}/{EXTRA}"
    assert path in desk.get(path.rpartition("/")[0]).links()
    page = desk.get(path)
    desk.submit(page, slot=page.all("//input[@name='slot']/@value")[0])
    with site.look() as now:
        assert now.session.query(HomeVisit).filter_by(state="proposed", visit=EXTRA).one().id != visit


def test_another_districts_time_is_proposed_to_nobody(work: Working) -> None:
    """The family has moved while the page stood open."""
    with work() as now:
        visitor(now)
        visitor(now, *mornings(OTHER))
        one = family(now)
        here, later = (slot.slot_id for slot in times(now, one)[:2])
        visit = visiting.propose(now, one.child, one.parent, WEEKS, here)
        now.session.get_one(Person, one.parent).district = OTHER
        now.session.flush()
        with pytest.raises(SlotGone):
            visiting.propose(now, one.child, one.parent, TWO_MONTHS, later)
        with pytest.raises(SlotGone):
            offering.propose_anew(now, visit, later)
        offering.propose_anew(now, visit, times(now, one)[0].slot_id)
        assert broken(now.session) == []


def test_illness_taken_back_leaves_the_holiday_around_it(site: Site) -> None:
    with site.work() as now:
        her, one = visitor(now), family(now)
        before = shown(times(now, one))
        planning.be_away(now, her, MONDAY, FRIDAY)
        planning.be_away(now, her, MONDAY, MONDAY)
        left = shown(times(now, one))
    assert left != before
    desk, path = at_desk(site, her), f"/desk/besog/team/{her}"
    page = desk.get(path)
    illness, holiday = page.all("//form[contains(@action, '/fri/')]/@action")
    for action, off, free in (
        (illness, [(MONDAY, FRIDAY)], left),
        (illness, [(MONDAY, FRIDAY)], left),
        (holiday, [], before),
    ):
        desk.submit(page, action=action)
        with site.look() as now:
            assert [(one.first, one.last) for one in week_plan(now, her, her).absences] == off
            assert shown(times(now, one)) == free


def test_ill_well_and_ill_again_the_family_hears_each_time(work: Working, clock: FixedClock) -> None:
    with work() as now:
        her, one = visitor(now), family(now)
        booking.book(now, one.parent, one.child, WEEKS, times(now, one)[2].slot_id)
    for number in (1, 2):
        with work() as now:
            planning.be_away(now, her, MONDAY, MONDAY + timedelta(days=1))
        assert told(work, "visits/must_move") == number
        with work() as now:
            (absence,) = week_plan(now, her, her).absences
            planning.be_back(now, her, absence.id)
        assert told(work, "visits/stands") == number
        clock.move(minutes=5)
