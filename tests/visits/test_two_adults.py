"""Two adults of one child: neither's words get lost behind the other's, and both know what the one has done."""

from parentsite.visits.service import asking, booking, waiting
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.places.seen import letters
from tests.visits.scene import WEEKS, family, times, visitor

SLEEP, FOOD = "Vi sover ikke.", "Hun spiser ikke nok: تعبت"


def reasons(work: Working, child: Pair) -> list[str | None]:
    with work() as now:
        return sorted(str(one.reason) for one in waiting.open_requests(now, child.child))


def test_both_adults_words_reach_the_health_visitors(work: Working) -> None:
    with work() as now:
        one = family(now)
        partner = builders.person(now)
        builders.lives_with(now, partner, one.child)
        made = asking.ask_for_extra(now, one.parent, one.child, SLEEP)
        theirs = asking.ask_for_extra(now, partner, one.child, FOOD)
        assert made != theirs
    assert reasons(work, one) == [FOOD, SLEEP]
    with work() as now:
        asking.take_back(now, one.parent, made)
    assert reasons(work, one) == [FOOD], "one adult takes back the own question alone"


def test_what_is_written_last_is_what_is_read(work: Working) -> None:
    with work() as now:
        one = family(now)
        first, again = (asking.ask_for_extra(now, one.parent, one.child, told) for told in (SLEEP, FOOD))
        assert first == again
    assert reasons(work, one) == [FOOD]


def test_who_had_the_visit_hears_that_the_other_has_moved_it(work: Working) -> None:
    with work() as now:
        visitor(now)
        one = family(now)
        partner = builders.person(now)
        builders.lives_with(now, partner, one.child)
        first, second, third = (free.slot_id for free in times(now, one)[:3])
        visit = booking.book(now, one.parent, one.child, WEEKS, first)
        booking.move(now, partner, visit, second)
        assert {who for name, who in letters(now.session) if name == "visits/moved"} == {one.parent, partner}
        builders.block(now, one.parent, one.child)
        booking.move(now, partner, visit, third)
        assert [who for name, who in letters(now.session) if name == "visits/moved"].count(one.parent) == 1
