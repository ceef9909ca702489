"""What the worker does, on time, twice and late: reminders, and forgetting what helped a visit."""

from datetime import date, datetime, timedelta

from parentsite.foundation.clock import COPENHAGEN, FixedClock
from parentsite.people.models import RelationKind
from parentsite.visits.journey import JOURNEY
from parentsite.visits.models.appointments import HomeVisit, VisitShift
from parentsite.visits.models.families import VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import LOOKED_FOR
from parentsite.visits.service import asking, booking, homes, keeping, planning, shifting, visiting
from parentsite.visits.service.homes import Home
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.places.seen import entries, letters, row
from tests.visits.scene import TWO_MONTHS, broken, family, mornings, times, visitor

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


def test_times_nobody_took_and_answered_requests_are_forgotten_and_visits_stay_while_the_plan_runs(
    work: Working, clock: FixedClock
) -> None:
    one = tell(work)
    with work() as now:
        visit = now.session.query(HomeVisit.id).scalar()
        asked = asking.ask_for_extra(now, one.parent, one.child, "Vi sover ikke.")
        asking.answer(now, asked)
    clock.move(days=KEPT.days + 60)
    for _ in range(3):
        with work() as now:
            keeping.forget_old(now)
    with work() as now:
        assert keeping.forget_old(now) == 0
        assert now.session.query(VisitRequest).count() == 0
        assert row(now.session, HomeVisit, visit).state == "booked"
        planning.lay_all(now)
        assert keeping.forget_old(now) == 0


OUTGROWN = KEPT + LOOKED_FOR
"""So long after a visit it is forgotten: as long as its child may be looked for, and then as long as all is kept."""


def forget_all(work: Working) -> None:
    """The worker comes round as often as there is something to do."""
    for _ in range(6):
        with work() as now:
            keeping.forget_old(now)
    with work() as now:
        assert keeping.forget_old(now) == 0


def test_visits_are_forgotten_when_the_child_has_outgrown_the_plan(work: Working, clock: FixedClock) -> None:
    """Held, nobody at home, or never said: each leaves an entry alone; also where another was cancelled on it."""
    with work() as now:
        visitor(now)
        of = [family(now) for _ in range(3)]
        cancelled = booking.book(now, of[0].parent, of[0].child, TWO_MONTHS, times(now, of[0], TWO_MONTHS)[0].slot_id)
        booking.cancel(now, of[0].parent, cancelled)
        made = [booking.book(now, o.parent, o.child, TWO_MONTHS, times(now, o, TWO_MONTHS)[0].slot_id) for o in of]
        last = max(row(now.session, VisitSlot, row(now.session, HomeVisit, one).slot_id).starts_at for one in made)
    at(clock, last.date() + timedelta(days=1), 12)
    with work() as now:
        visiting.say_outcome(now, made[0], VisitState.DONE)
        visiting.say_outcome(now, made[1], VisitState.NOT_AT_HOME)
    at(clock, last.date() + OUTGROWN, 12)
    forget_all(work)
    with work() as now:
        assert now.session.query(HomeVisit).filter(HomeVisit.id == made[2]).count() == 1, "not a day before"
    clock.move(days=1)
    forget_all(work)
    with work() as now:
        assert now.session.query(HomeVisit).count() == 0
        assert broken(now.session) == []
        told = {entry.record_id for entry in entries(now.session, "visit.forgotten")}
        assert told == {str(one) for one in made}


def test_why_the_days_were_moved_is_forgotten_with_the_plan(work: Working, clock: FixedClock) -> None:
    with work() as now:
        born, due = family(now), builders.child(now, due=now.today + timedelta(days=200))
        for child in (born.child, due):
            shifting.shift_window(now, child, TWO_MONTHS, 14, "Født tidligt.")
    clock.move(days=OUTGROWN.days)
    forget_all(work)
    with work() as now:
        assert now.session.query(VisitShift).count() == 2
    clock.move(days=1)
    forget_all(work)
    with work() as now:
        assert [one.child_id for one in now.session.query(VisitShift)] == [due], "the plan of this child still runs"
        (entry,) = entries(now.session, "visit.shift_forgotten")
        assert entry.record_kind == "visit_shift"
