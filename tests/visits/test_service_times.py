"""The plan of a child, the times to pick from, and holding one: as a family meets it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.people.models import RelationKind
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import booking, plans, times, visiting
from parentsite.visits.service.errors import NotOffered, SlotGone
from tests import builders
from tests.conftest import Working
from tests.places.seen import row
from tests.visits.scene import BORN, EARLY, LATER, OTHER, TWO_MONTHS, WEEKS, family, mornings, shown, visitor
from tests.visits.scene import times as free

IN_WINDOW = [
    "Fri 13 10.40",
    "Fri 13 12.00",
    *(f"{day} {hour}" for day in ("Mon 16", "Tue 17") for hour in ("08.00", "09.20", "10.40", "12.00")),
]
"""Until 17 February the child is four weeks; what is less than 24 hours ahead is too near."""


def test_the_plan_of_a_child_with_what_has_come_of_it(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        made = booking.book(now, one.parent, one.child, WEEKS, free(now, one)[0].slot_id)
        plan = plans.plan_for(now, one.parent, one.child)
        assert [offered.window.visit for offered in plan.visits][:3] == [EARLY, "etablering", WEEKS]
        assert [offered.appointment.id for offered in plan.visits if offered.appointment] == [made]
        assert plan.on_need["da"]
        assert (plan.version, plan.shows_time) == (1, True)


def test_times_of_the_own_districts_team_inside_the_window(work: Working) -> None:
    with work() as now:
        visitor(now)
        visitor(now, *mornings(OTHER))
        assert shown(free(now, family(now))) == IN_WINDOW
        assert free(now, family(now, district=None)) == []


def test_the_same_hour_of_two_visitors_is_shown_once_with_the_one_who_came_last(work: Working) -> None:
    with work() as now:
        for known in (visitor(now), visitor(now)):
            one = family(now)
            hers = select(VisitSlot.id).where(VisitSlot.visitor_id == known, VisitSlot.state == "open").limit(1)
            visiting.propose(now, one.child, one.parent, WEEKS, now.session.scalars(hers).one())
            later = free(now, one, TWO_MONTHS)
            assert len(set(shown(later))) == len(later) == 44
            assert {row(now.session, VisitSlot, each.slot_id).visitor_id for each in later} == {known}


def test_holidays_have_no_times(work: Working) -> None:
    with work() as now:
        visitor(now, *mornings(until=None))
        easter = family(now, born=BORN + timedelta(days=46))
        days = {one.split()[1] for one in shown(free(now, easter))}
        assert days >= {"30", "31", "01"}
        assert not days & {"02", "03", "06"}


def test_an_unborn_child_has_windows_and_no_times(work: Working) -> None:
    with work() as now:
        visitor(now)
        parent = builders.person(now, district="baltorp")
        child = builders.child(now, due=now.today + timedelta(days=3), origin="declared")
        builders.relate(now, parent, child, RelationKind.DECLARER)
        assert all(offered.window.is_provisional for offered in plans.plan_for(now, parent, child).visits)
        with pytest.raises(NotOffered):
            times.free_times(now, parent, child, EARLY)


def test_a_held_time_is_there_for_one_family_and_for_a_few_minutes(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        slot = free(now, one)[0].slot_id
        until = times.hold(now, one.parent, one.child, WEEKS, slot)
        assert until == now.now + timedelta(minutes=10)
        assert free(now, one)[0].held_until == until
        assert shown(free(now, other)) == IN_WINDOW[1:]
        for verb in (times.hold, booking.book):
            with pytest.raises(SlotGone):
                verb(now, other.parent, other.child, WEEKS, slot)
    clock.move(minutes=9)
    with work() as now:
        assert times.hold(now, one.parent, one.child, WEEKS, slot) == until
    clock.move(minutes=1)
    with work() as now:
        assert shown(free(now, other)) == IN_WINDOW
        assert times.hold(now, other.parent, other.child, WEEKS, slot) > until
        with pytest.raises(SlotGone):
            booking.book(now, one.parent, one.child, WEEKS, slot)


def test_a_family_holds_one_time_and_keeps_it_when_another_is_gone(work: Working) -> None:
    with work() as now:
        visitor(now)
        one, other = family(now), family(now)
        first, second, third = (slot.slot_id for slot in free(now, one)[:3])
        times.hold(now, other.parent, other.child, WEEKS, third)
        times.hold(now, one.parent, one.child, WEEKS, first)
        with pytest.raises(SlotGone):
            times.hold(now, one.parent, one.child, WEEKS, third)
        assert row(now.session, VisitSlot, first).held_by == one.parent
        times.hold(now, one.parent, one.child, WEEKS, second)
        assert [row(now.session, VisitSlot, slot).held_by for slot in (first, second)] == [None, one.parent]
        times.let_go(now, one.parent, one.child)
        assert row(now.session, VisitSlot, second).held_by is None


def test_the_list_of_times_is_one_statement_however_many_there_are(database: Database, work: Working) -> None:
    with work() as now:
        few, many = family(now), family(now, district=OTHER)
        visitor(now, *mornings(days=[1]))
        for _ in range(6):
            visitor(now, *mornings(OTHER, until=None))
    counted: list[str] = []

    def count(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    event.listen(database.engine, "before_cursor_execute", count)
    found = []
    for one in (few, many):
        with work() as now:
            free(now, one)
            counted.clear()
            found.append((len(free(now, one, LATER)), len(counted)))
    event.remove(database.engine, "before_cursor_execute", count)
    assert found[1][0] > found[0][0]
    assert found[0][1] == found[1][1] <= 4
