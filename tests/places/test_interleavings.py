"""Every order in which two people can meet over one case: one is stopped before each statement in turn, the other goes on.

Nobody is left with half of it, nobody meets an error that says nothing, and no two wait for each other.
"""

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from tests.databases import MOMENT
from tests.places.meetings import MEETINGS, Act, Meeting
from tests.places.racing import held_before, sound, told

pytestmark = pytest.mark.parametrize("backend", ["postgresql"])


@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_wherever_they_meet_the_case_stays_whole(database: Database, meeting: Meeting, turned: bool) -> None:
    number = 0
    while True:
        number += 1
        acts = _prepared(database, meeting)
        first, second = reversed(acts) if turned else acts
        done = held_before(database, number, first, second)
        if done is None:
            break
        one, other = reversed(done) if turned else done
        assert (told(one), told(other)) in meeting.fair, f"before statement {number}: {one}, {other}"
        assert one.tries == other.tries == 1, f"before statement {number} the two waited for each other"
    assert number > 3
    sound(database)


def _prepared(database: Database, meeting: Meeting) -> tuple[Act, Act]:
    with database.write() as session:
        return meeting.prepare(Work(session, MOMENT, SYSTEM))
