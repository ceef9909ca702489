"""What the worker does, on time, twice and late: reminders, and forgetting what helped a visit."""

from datetime import date, datetime, timedelta

from parentsite.foundation.clock import COPENHAGEN, FixedClock
from parentsite.people.models import RelationKind
from parentsite.visits.journey import JOURNEY
from parentsite.visits.models import HomeVisit, VisitRequest
from parentsite.visits.service import asking, booking, homes, keeping, planning
from parentsite.visits.service.homes import Home
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.places.seen import letters, row
from tests.visits.scene import TWO_MONTHS, family, mornings, times, visitor

KEPT = timedelta(days=180)
"""The pack's `visit_keep_days`."""
TOLD = Home("Arabisk", "1234#", None)


def at(clock: FixedClock, day: date, hour: int, minute: int = 0) -> None:
    """Let it be this hour in Denmark."""
    clock.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)


def reminders(work: Working) -> tuple[int, int]:
    """How many are due at the first round of the worker, and at the next."""
    with work() as now:
        first = keeping.remind(now)
    with work() as now:
        return first, keeping.remind(now)


def reminded(work: Working) -> int:
    with work() as now:
        return [name for name, _ in letters(now.session)].count("visits/reminder")


def test_a_reminder_the_day_before_also_in_the_night_the_clock_changes(work: Working, clock: FixedClock) -> None:
    monday = date(2026, 3, 30)
    with work() as now:
        visitor(now, *mornings(days=(1,)))
        one = family(now, born=date(2026, 1, 28))
        free = next(slot for slot in times(now, one, TWO_MONTHS) if slot.starts_at.date() == monday)
        booking.book(now, one.parent, one.child, TWO_MONTHS, free.slot_id)
    for day, hour, minute, due in (
        (date(2026, 3, 28), 23, 59, 0),
        (date(2026, 3, 29), 0, 1, 1),
        (date(2026, 3, 29), 23, 59, 0),
        (monday, 0, 1, 0),
    ):
        at(clock, day, hour, minute)
        assert reminders(work) == (due, 0), (day, hour)
    assert reminded(work) == 1


def test_what_was_agreed_today_needs_no_reminder_today(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
    at(clock, date(2026, 3, 15), 8)
    with work() as now:
        tomorrow = next(slot for slot in times(now, one, TWO_MONTHS) if slot.starts_at.date() == date(2026, 3, 16))
        booking.book(now, one.parent, one.child, TWO_MONTHS, tomorrow.slot_id)
    assert reminders(work) == (0, 0)


def test_who_may_know_no_more_is_not_reminded(work: Working, clock: FixedClock) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        free = times(now, one, TWO_MONTHS)[0]
        booking.book(now, one.parent, one.child, TWO_MONTHS, free.slot_id)
        builders.block(now, one.parent, one.child)
    at(clock, free.starts_at.date() - timedelta(days=1), 12)
    reminders(work)
    assert reminded(work) == 0


def test_the_other_adult_of_the_home_is_reminded_where_the_first_is_shut_out(work: Working, clock: FixedClock) -> None:
    """And hears that the health visitor cannot come; another home of the child's hears of neither."""
    with work() as now:
        her, one = visitor(now), family(now)
        partner, elsewhere = builders.person(now), builders.person(now)
        builders.lives_with(now, partner, one.child)
        builders.relate(now, elsewhere, one.child, RelationKind.CUSTODY)
        builders.relate(now, elsewhere, one.child, RelationKind.RESIDENCE, shared=True)
        free = times(now, one, TWO_MONTHS)[0]
        visit = booking.book(now, one.parent, one.child, TWO_MONTHS, free.slot_id)
        builders.block(now, one.parent, one.child)
        before = len(letters(now.session))
    day = free.starts_at.date()
    at(clock, day - timedelta(days=1), 12)
    assert reminders(work) == (1, 0)
    with work() as now:
        planning.be_away(now, her, day, day)
        told = [name for name, who in letters(now.session) if who == partner]
        assert told == ["visits/must_move", "visits/reminder"]
        assert len(letters(now.session)) == before + len(told), "and nobody else"
        leads = JOURNEY.letters["must_move"]
        assert leads(now, partner, visit=str(visit)) is not None
        assert leads(now, one.parent, visit=str(visit)) is None
        assert leads(now, elsewhere, visit=str(visit)) is None


def tell(work: Working) -> Pair:
    """A family that tells what helps, and has a visit."""
    with work() as now:
        visitor(now)
        one = family(now)
        homes.save_home(now, one.parent, TOLD)
        booking.book(now, one.parent, one.child, TWO_MONTHS, times(now, one, TWO_MONTHS)[0].slot_id)
    return one


def home(work: Working, of: Pair) -> Home:
    with work() as now:
        keeping.forget_old(now)
        return homes.home_of(now, of.parent)


def test_what_helped_is_forgotten_after_the_last_visit_however_late_the_worker_is(
    work: Working, clock: FixedClock
) -> None:
    one = tell(work)
    clock.move(days=KEPT.days)
    assert home(work, one) == TOLD, "the visit was less than half a year ago"
    clock.move(days=500)
    assert home(work, one) == Home()


def test_what_was_told_and_never_led_to_a_visit_is_forgotten_too(work: Working, clock: FixedClock) -> None:
    with work() as now:
        one = family(now)
        homes.save_home(now, one.parent, TOLD)
    assert home(work, one) == TOLD
    clock.move(days=KEPT.days + 1)
    assert home(work, one) == Home()


def test_what_is_told_anew_stays_though_the_last_visit_is_old(work: Working, clock: FixedClock) -> None:
    one = tell(work)
    clock.move(days=KEPT.days + 60)
    with work() as now:
        homes.save_home(now, one.parent, Home(None, "9999#", None))
    assert home(work, one) == Home(None, "9999#", None)


def test_times_nobody_took_and_answered_requests_are_forgotten_and_visits_stay(
    work: Working, clock: FixedClock
) -> None:
    one = tell(work)
    with work() as now:
        visit = now.session.query(HomeVisit.id).scalar()
        asked = asking.ask_for_extra(now, one.parent, one.child, "Vi sover ikke.")
        asking.answer(now, asked)
    clock.move(days=700)
    for _ in range(3):
        with work() as now:
            keeping.forget_old(now)
    with work() as now:
        assert keeping.forget_old(now) == 0
        assert now.session.query(VisitRequest).count() == 0
        assert row(now.session, HomeVisit, visit).state == "booked"
        planning.lay_all(now)
        assert keeping.forget_old(now) == 0
