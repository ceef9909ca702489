"""Whatever parents and staff do, in whatever order: the tables stay sound, and nobody passes another in line."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.models import GroupMember
from parentsite.groups.service import chores, errors, meetings, sharing, staffing
from parentsite.groups.service.joining import accept, join, leave
from parentsite.groups.service.seats import last_meeting
from tests.databases import MOMENT
from tests.groups.scene import broken, family, group, meeting

REFUSALS = tuple(found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Exception))
STEP = st.tuples(st.integers(0, 11), st.integers(0, 3), st.integers(1, 60), st.booleans())


class History:
    """Four families, one group, and what happens next."""

    def __init__(self, work: Work) -> None:
        self.session, self.now = work.session, work.now
        self.group = group(work)
        self.families = [family(work) for _ in range(4)]
        self.meetings: list[UUID] = []

    def do(self, verb: int, whose: int, number: int, flag: bool) -> None:
        """One step; a refusal is an answer like any other, and leaves no trace."""
        work, one = Work(self.session, self.now, SYSTEM), self.families[whose]
        member, made = (
            self.member(one.parent),
            self.meetings[number % len(self.meetings)] if self.meetings else new_id(),
        )
        verbs: tuple[Callable[[], object], ...] = (
            lambda: join(work, one.parent, one.child, self.group, shares_phone=flag),
            lambda: join(work, one.parent, one.child, self.group),
            lambda: accept(work, one.parent, member, shares_phone=flag),
            lambda: leave(work, one.parent, member),
            lambda: sharing.share_phone(work, one.parent, member),
            lambda: meetings.cannot_come(work, one.parent, member, made),
            lambda: self.meetings.append(meeting(work, self.group, days=number)),
            lambda: meetings.cancel_meeting(work, made),
            lambda: staffing.resize(work, self.group, 1 + whose),
            lambda: staffing.close(work, self.group) if flag else staffing.take_out(work, self.group, member),
            lambda: staffing.reopen(work, self.group),
            lambda: self.wait(number),
        )
        try:
            with self.session.begin_nested():
                verbs[verb]()
        except REFUSALS:
            return

    def member(self, person: UUID) -> UUID:
        """The newest place of a person, whatever became of it."""
        found = select(GroupMember.id).where(GroupMember.person_id == person).order_by(GroupMember.turn.desc())
        return self.session.scalars(found.limit(1)).one_or_none() or new_id()

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        work = Work(self.session, self.now, SYSTEM)
        for of in chores.overdue_groups(work):
            chores.settle_group(work, of)

    def problems(self) -> list[str]:
        """A line that no worker moves stands still only when the last meeting has begun: then no place is worth it."""
        work = Work(self.session, self.now, SYSTEM)
        last = last_meeting(work, self.group)
        is_over = last is not None and last <= self.now
        return [one for one in broken(self.session) if not (is_over and one.startswith("a place stands free"))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=25))
def test_the_tables_stay_sound(database: Database, steps: list[tuple[int, int, int, bool]]) -> None:
    with database.write() as session:
        history = History(Work(session, MOMENT, SYSTEM))
        for step in steps:
            history.do(*step)
            assert history.problems() == []
        session.rollback()
