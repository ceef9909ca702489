"""Sundays of 23 and of 25 hours: windows, times, the day's list, the reminder and days off end where the day ends."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from parentsite.foundation.clock import COPENHAGEN, FixedClock, local_date
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service import booking, keeping, planning, rounds, visiting
from parentsite.visits.service.gate import child_decided_for
from parentsite.visits.service.plans import appointment_of, window_of
from tests.conftest import Working
from tests.places.seen import letters
from tests.visits.scene import DISTRICT, WEEKS, broken, family, times, visitor

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
DAY = timedelta(days=1)
sundays = pytest.mark.parametrize(("sunday", "how_many"), [(SPRING, 17), (AUTUMN, 18)], ids=["23 hours", "25 hours"])


def all_day(sunday: date) -> list[Shift]:
    """Saturday to Monday from midnight to midnight, as nearly as hours can be written."""
    return [
        Shift(DISTRICT, day.isoweekday(), time(0), time(23, 59), day - 60 * DAY)
        for day in (sunday - DAY, sunday, sunday + DAY)
    ]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), COPENHAGEN)


@sundays
def test_times_fill_the_day_and_no_more(work: Working, clock: FixedClock, sunday: date, how_many: int) -> None:
    clock.moment = noon(sunday - 9 * DAY)
    with work() as now:
        visitor(now, *all_day(sunday))
        one = family(now, born=sunday - 28 * DAY)
        window = window_of(now, child_decided_for(now, one.parent, one.child), WEEKS)
        assert window.last == sunday
        free = times(now, one)
        on_sunday = [slot for slot in free if local_date(slot.starts_at) == sunday]
        assert len(on_sunday) == how_many
        assert max(local_date(slot.starts_at) for slot in free) == sunday, "Monday is after the window"
        assert all(slot.ends_at - slot.starts_at == timedelta(hours=1) for slot in free)
        assert on_sunday[0].starts_at.astimezone(COPENHAGEN).time() == time(0)
        assert broken(now.session) == []


@sundays
def test_first_and_last_of_the_day_are_on_its_list_and_reminded_of_the_day_before(
    work: Working, clock: FixedClock, sunday: date, how_many: int
) -> None:
    clock.moment = noon(sunday - 9 * DAY)
    with work() as now:
        her, one, other = visitor(now, *all_day(sunday)), *(family(now, born=sunday - 28 * DAY) for _ in range(2))
        first, *_, last = (slot for slot in times(now, one) if local_date(slot.starts_at) == sunday)
        made = [
            booking.book(now, of.parent, of.child, WEEKS, slot.slot_id) for of, slot in ((one, first), (other, last))
        ]
        days = (sunday - DAY, sunday, sunday + DAY)
        assert [[stop.id for stop in rounds.day_of(now, her, day)] for day in days] == [[], made, []]
    reminded = []
    for day in (sunday - 2 * DAY, sunday - DAY, sunday):
        clock.moment = datetime.combine(day, time(0, 5), COPENHAGEN)
        with work() as now:
            reminded.append(keeping.remind(now))
    assert reminded == [0, 2, 0]
    with work() as now:
        assert [name for name, _ in letters(now.session)].count("visits/reminder") == 2


@sundays
def test_a_day_off_takes_that_day_and_its_families_alone(
    work: Working, clock: FixedClock, sunday: date, how_many: int
) -> None:
    clock.moment = noon(sunday - 9 * DAY)
    with work() as now:
        her, one, other = visitor(now, *all_day(sunday)), *(family(now, born=sunday - 28 * DAY) for _ in range(2))
        saturdays = [slot for slot in times(now, one) if local_date(slot.starts_at) == sunday - DAY]
        last = times(now, one)[-1]
        booking.book(now, one.parent, one.child, WEEKS, saturdays[-1].slot_id)
        displaced = booking.book(now, other.parent, other.child, WEEKS, last.slot_id)
        planning.be_away(now, her, sunday, sunday)
        assert [item.id for item in visiting.to_move(now)] == [displaced]
        open_ones = now.session.scalars(select(VisitSlot.starts_at).where(VisitSlot.state == "open")).all()
        assert sunday not in {local_date(moment) for moment in open_ones}
        assert sunday - DAY in {local_date(moment) for moment in open_ones}


@sundays
def test_the_hours_until_one_may_cancel_are_real_hours(
    work: Working, clock: FixedClock, sunday: date, how_many: int
) -> None:
    """A day before Sunday at four is Saturday at three in spring, and at five in autumn."""
    clock.moment = noon(sunday - 9 * DAY)
    with work() as now:
        visitor(now, *all_day(sunday))
        one = family(now, born=sunday - 28 * DAY)
        late = next(slot for slot in times(now, one) if slot.starts_at.astimezone(COPENHAGEN) > noon(sunday))
        visit = booking.book(now, one.parent, one.child, WEEKS, late.slot_id)
        told = appointment_of(now, one.parent, one.child, visit)
        assert told.starts_at - told.change_by == timedelta(hours=24)
    clock.moment = told.change_by - timedelta(minutes=1)
    with work() as now:
        booking.cancel(now, one.parent, visit)
        assert broken(now.session) == []
