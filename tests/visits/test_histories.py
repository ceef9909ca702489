"""Whatever families and health visitors do, in whatever order: the tables stay sound."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service import asking, booking, errors, planning, visiting
from parentsite.visits.service.times import free_times, hold, let_go
from tests.builders import Pair
from tests.databases import MOMENT
from tests.visits.scene import TWO_MONTHS, WEEKS, broken, family, visitor

REFUSALS = tuple(found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Exception))
STEPS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 1), st.integers(0, 40), st.booleans()), max_size=25)


class History:
    """Two families and one health visitor, and what they do next."""

    def __init__(self, work: Work) -> None:
        self.session, self.now = work.session, work.now
        self.visitor = visitor(work)
        self.families = [family(work), family(work)]
        self.visits: list[UUID] = []
        self.slots: list[UUID] = []

    def do(self, verb: int, whose: int, number: int, flag: bool) -> None:
        """One step; a refusal is an answer like any other."""
        of, visit = self.families[whose], TWO_MONTHS if flag else WEEKS
        work = Work(self.session, self.now, SYSTEM)
        day = work.today + timedelta(days=number)
        verbs: tuple[Callable[[], object], ...] = (
            lambda: hold(work, of.parent, of.child, visit, self.slot(work, of, visit, number)),
            lambda: self.made(booking.book(work, of.parent, of.child, visit, self.slot(work, of, visit, number))),
            lambda: self.made(visiting.propose(work, of.child, of.parent, visit, self.slot(work, of, visit, number))),
            lambda: booking.confirm(work, of.parent, self.visit(number)),
            lambda: booking.move(work, of.parent, self.visit(number), self.slot(work, of, visit, number)),
            lambda: booking.cancel(work, of.parent, self.visit(number), is_ill=flag),
            lambda: visiting.say_outcome(work, self.visit(number), VisitState.DONE if flag else VisitState.NOT_AT_HOME),
            lambda: planning.be_away(work, self.visitor, day, day + timedelta(days=1)),
            lambda: planning.be_back(work, self.visitor, day),
            lambda: let_go(work, of.parent, of.child),
            lambda: asking.ask_for_a_time(work, of.parent, of.child, visit),
            lambda: self.wait(number),
        )
        try:
            verbs[verb]()
        except REFUSALS:
            return

    def slot(self, work: Work, of: Pair, visit: str, number: int) -> UUID:
        """A time that is free, or one that was on a page before."""
        free = [one.slot_id for one in free_times(work, of.parent, of.child, visit)]
        self.slots.extend(free[:3])
        chosen = free if number % 2 and free else self.slots
        if not chosen:
            raise errors.SlotGone
        return chosen[number % len(chosen)]

    def visit(self, number: int) -> UUID:
        if not self.visits:
            raise errors.NotFound
        return self.visits[number % len(self.visits)]

    def made(self, visit: UUID) -> None:
        self.visits.append(visit)

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_tables_stay_sound(database: Database, steps: list[tuple[int, int, int, bool]]) -> None:
    with database.write() as session:
        history = History(Work(session, MOMENT, SYSTEM))
        for step in steps:
            history.do(*step)
            assert broken(session) == []
        session.rollback()
