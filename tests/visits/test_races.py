"""Many families at once over few times, on both databases: each time is given once, and who loses is told so."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import asking, booking, planning, visiting
from parentsite.visits.service.times import hold
from tests.builders import Pair
from tests.databases import MOMENT
from tests.places.racing import Act, at_once, told
from tests.visits.scene import WEEKS, broken, family, mornings, times, visitor

FAMILIES, SLOTS, ROUNDS = 40, 4, 3


def prepared(database: Database, families: int = FAMILIES) -> tuple[list[Pair], list[UUID]]:
    """Families, and the only four times that there are for them: a Monday morning."""
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        visitor(now, *mornings(days=[1], until=MOMENT.date() + timedelta(days=5)))
        found = [family(now) for _ in range(families)]
        free = [slot.slot_id for slot in times(now, found[0])]
    assert len(free) >= SLOTS
    return found, free[:SLOTS]


def whole(database: Database) -> None:
    with database.read() as session:
        assert broken(session) == []


def holding_and_booking(of: Pair, slot: UUID) -> Act:
    """As the page does it, the confirmation at once."""

    def press(work: Work) -> object:
        hold(work, of.parent, of.child, WEEKS, slot)
        return booking.book(work, of.parent, of.child, WEEKS, slot)

    return Act(press)


def holding(of: Pair, slot: UUID, now: datetime = MOMENT) -> Act:
    return Act(lambda work: hold(work, of.parent, of.child, WEEKS, slot), now=now)


def booking_it(of: Pair, slot: UUID, now: datetime = MOMENT) -> Act:
    return Act(lambda work: booking.book(work, of.parent, of.child, WEEKS, slot), now=now)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_crowd_for_four_times(database: Database, attempt: int) -> None:
    families, free = prepared(database)
    acts = [holding_and_booking(one, free[(at + attempt) % SLOTS]) for at, one in enumerate(families)]
    done = at_once(database, *acts)
    assert Counter(map(told, done)) == {"done": SLOTS, "SlotGone": FAMILIES - SLOTS}
    whole(database)


def test_a_crowd_that_holds_first_and_confirms_later(database: Database) -> None:
    families, free = prepared(database)
    picks = [(one, free[at % SLOTS]) for at, one in enumerate(families)]
    holders = at_once(database, *(holding(*pick) for pick in picks))
    assert Counter(map(told, holders)) == {"done": SLOTS, "SlotGone": FAMILIES - SLOTS}
    later = MOMENT + timedelta(minutes=5)
    done = at_once(database, *(booking_it(*pick, now=later) for pick in picks))
    assert [told(one) for one in done] == [told(one) for one in holders]
    whole(database)


def test_two_families_after_each_others_old_times(database: Database) -> None:
    (one, other), (first, second, *_) = prepared(database, families=2)
    now = MOMENT
    for _ in range(ROUNDS):
        for held in ((one, first), (other, second)):
            at_once(database, holding(*held, now=now))
        now += timedelta(minutes=10)
        done = at_once(database, holding(one, second, now=now), holding(other, first, now=now))
        assert [(told(each), each.tries) for each in done] == [("done", 1), ("done", 1)]
        now += timedelta(minutes=10)


def test_a_double_click_is_one_appointment(database: Database) -> None:
    (one,), free = prepared(database, families=1)
    done = at_once(database, *[booking_it(one, free[0])] * 6)
    assert [told(each) for each in done] == ["done"] * 6
    assert len({each.answer for each in done}) == 1
    whole(database)


def test_two_parents_book_the_same_visit_at_two_times(database: Database) -> None:
    (one,), free = prepared(database, families=1)
    done = at_once(database, *(booking_it(one, slot) for slot in free))
    assert Counter(map(told, done)) == {"done": 1, "AlreadyBooked": SLOTS - 1}
    whole(database)


def test_families_change_places(database: Database) -> None:
    """Four families with a time each move, all at once, to two free ones; nobody loses what they had."""
    families, free = prepared(database, families=4)
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        visits = [
            booking.book(now, one.parent, one.child, WEEKS, slot) for one, slot in zip(families[:2], free, strict=False)
        ]
    movers = [
        Act(lambda work, one=one, visit=visit, slot=slot: booking.move(work, one.parent, visit, slot))
        for one, visit in zip(families, visits, strict=False)
        for slot in free[2:]
    ]
    newcomers = [holding_and_booking(one, slot) for one in families[2:] for slot in free[:2]]
    done = at_once(database, *movers, *newcomers)
    assert {told(one) for one in done} <= {"done", "SlotGone", "AlreadyBooked"}
    assert sum(told(one) == "done" for one in done[:4]) >= 2
    whole(database)


def test_illness_while_families_book_and_cancel(database: Database) -> None:
    families, free = prepared(database, families=8)
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        her = session.scalars(select(VisitSlot.visitor_id)).first()
        assert her is not None
        visit = booking.book(now, families[0].parent, families[0].child, WEEKS, free[0])
    monday = MOMENT.date() + timedelta(days=4)
    done = at_once(
        database,
        Act(lambda work: planning.be_away(work, her, monday, monday)),
        Act(lambda work: booking.cancel(work, families[0].parent, visit)),
        *(holding_and_booking(one, slot) for one, slot in zip(families[1:], free * 2, strict=False)),
    )
    assert {told(one) for one in done} <= {"done", "SlotGone"}
    assert (told(done[0]), told(done[1])) == ("done", "done")
    with database.read() as session:
        now = Work(session, MOMENT, SYSTEM)
        left = visiting.to_move(now)
        assert not set(session.scalars(select(VisitSlot.state))) & {"open"}
    assert len(left) == sum(told(one) == "done" for one in done[2:])
    whole(database)


def test_the_same_question_at_once_is_one_request(database: Database) -> None:
    (one,), _ = prepared(database, families=1)
    ask = Act(lambda work: asking.ask_for_a_time(work, one.parent, one.child, WEEKS))
    done = at_once(database, *[ask] * 5)
    assert [told(each) for each in done] == ["done"] * 5
    assert len({each.answer for each in done}) == 1


def test_two_health_visitors_plans_are_laid_at_once(database: Database) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        both = [visitor(now), visitor(now)]
    act = [Act(lambda work, her=her: planning.save_hours(work, her, mornings(days=[1, 2]))) for her in both]
    done = at_once(database, *act, *act, Act(planning.lay_all))
    assert [told(one) for one in done] == ["done"] * 5
    whole(database)
