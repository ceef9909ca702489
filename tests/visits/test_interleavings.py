"""Every order in which two people can meet over one time: one is stopped before each statement, the other goes on.

Nobody is left with half of it, nobody meets an error that says nothing, and no two wait for each other. On SQLite there
is one order less: writers wait at the door; there both press at the same moment.
"""

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from tests.databases import MOMENT
from tests.places.meetings import Acts, Meeting
from tests.places.racing import at_once, held_before, told
from tests.visits.meetings import MEETINGS
from tests.visits.scene import broken

BOTH_WAYS = {
    f"{name}{' turned' if turned else ''}": (meeting, turned)
    for name, meeting in MEETINGS.items()
    for turned in ([False] if meeting.is_even else [False, True])
}


def prepared(database: Database, meeting: Meeting, turned: bool) -> Acts:
    with database.write() as session:
        one, other = meeting.prepare(Work(session, MOMENT, SYSTEM))
    return (other, one) if turned else (one, other)


def sound(database: Database) -> None:
    with database.read() as session:
        assert broken(session) == []


@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.parametrize(("meeting", "turned"), BOTH_WAYS.values(), ids=BOTH_WAYS)
def test_wherever_they_meet_each_time_is_given_once(database: Database, meeting: Meeting, turned: bool) -> None:
    number = 1
    while (done := held_before(database, number, *prepared(database, meeting, turned))) is not None:
        assert {one.tries for one in done} == {1}, f"before statement {number} two waited for each other"
        one, other = reversed(done) if turned else done
        assert (told(one), told(other)) in meeting.fair, f"before statement {number}: {one}, {other}"
        number += 1
    assert number >= 3
    sound(database)


@pytest.mark.parametrize(("meeting", "turned"), BOTH_WAYS.values(), ids=BOTH_WAYS)
def test_at_the_same_moment_too(database: Database, meeting: Meeting, turned: bool) -> None:
    done = at_once(database, *prepared(database, meeting, turned))
    one, other = reversed(done) if turned else done
    assert (told(one), told(other)) in meeting.fair
    sound(database)
