"""Whatever families and health visitors do, in whatever order: the tables stay sound."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service import asking, booking, errors, planning, visiting
from parentsite.visits.service.team import week_plan
from parentsite.visits.service.times import free_times, hold, let_go
from tests.builders import Pair
from tests.databases import MOMENT
from tests.visits.scene import TWO_MONTHS, WEEKS, broken, family, visitor

REFUSALS = tuple(found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Exception))
STEP = st.tuples(st.integers(0, 11), st.integers(0, 1), st.integers(0, 40), st.booleans())


class History:
    """Two families and one health visitor, and what they do next."""

    def __init__(self, work: Work) -> None:
        self.session, self.now = work.session, work.now
        self.visitor = visitor(work)
        self.families = [family(work), family(work)]
        self.visits: list[tuple[UUID, Pair, str]] = []
        self.slots: list[UUID] = []

    def do(self, verb: int, whose: int, number: int, flag: bool) -> None:
        """One step; a refusal is an answer like any other."""
        of, visit = self.families[whose], TWO_MONTHS if flag else WEEKS
        known, owner, kind = self.visits[number % len(self.visits)] if self.visits else (new_id(), of, visit)
        work = Work(self.session, self.now, SYSTEM)
        day = work.today + timedelta(days=number)
        verbs: tuple[Callable[[], object], ...] = (
            lambda: hold(work, of.parent, of.child, visit, self.slot(work, of, visit, number)),
            lambda: self.book(work, of, visit, number),
            lambda: self.propose(work, of, visit, number),
            lambda: booking.confirm(work, owner.parent, known, self.shown(work, owner, known)),
            lambda: booking.move(work, owner.parent, known, self.slot(work, owner, kind, number + whose)),
            lambda: booking.cancel(work, owner.parent, known, is_ill=flag),
            lambda: visiting.say_outcome(work, known, VisitState.DONE if flag else VisitState.NOT_AT_HOME),
            lambda: planning.be_away(work, self.visitor, day, day + timedelta(days=1)),
            lambda: self.be_back(work, number),
            lambda: let_go(work, of.parent, of.child),
            lambda: asking.ask_for_a_time(work, of.parent, of.child, visit),
            lambda: self.wait(number),
        )
        try:
            verbs[verb]()
        except REFUSALS:
            return

    def be_back(self, work: Work, number: int) -> None:
        if absences := week_plan(work, self.visitor, self.visitor).absences:
            planning.be_back(work, self.visitor, absences[number % len(absences)].id)

    def shown(self, work: Work, owner: Pair, known: UUID) -> UUID:
        """The time that stands on the page."""
        return booking.standing(work, owner.parent, known).slot_id

    def slot(self, work: Work, of: Pair, visit: str, number: int) -> UUID:
        """A time that is free, or one that was on a page before."""
        free = [one.slot_id for one in free_times(work, of.parent, of.child, visit)]
        self.slots.extend(free[:3])
        chosen = free if number % 4 and free else self.slots
        if not chosen:
            raise errors.SlotGone
        return chosen[number % len(chosen)]

    def book(self, work: Work, of: Pair, visit: str, number: int) -> None:
        made = booking.book(work, of.parent, of.child, visit, self.slot(work, of, visit, number))
        self.visits.append((made, of, visit))

    def propose(self, work: Work, of: Pair, visit: str, number: int) -> None:
        made = visiting.propose(work, of.child, of.parent, visit, self.slot(work, of, visit, number))
        self.visits.append((made, of, visit))

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=30))
def test_the_tables_stay_sound(database: Database, steps: list[tuple[int, int, int, bool]]) -> None:
    with database.write() as session:
        history = History(Work(session, MOMENT, SYSTEM))
        for step in steps:
            history.do(*step)
            assert broken(session) == []
        session.rollback()
