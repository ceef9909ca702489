"""Every order in which two people can meet over one case: one is stopped before each statement, the other goes on.

Nobody is left with half of it, nobody meets an error that says nothing, and no two wait for each other.
"""

from collections.abc import Callable, Iterator

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.rules.answers import Answer
from parentsite.places.service import answers
from tests import builders
from tests.databases import MOMENT
from tests.places.meetings import EXPIRING, MEETINGS, Meeting, answering, offering, taking_back
from tests.places.racing import Act, Done, held_before, sound, told

pytestmark = pytest.mark.parametrize("backend", ["postgresql"])
BOTH_WAYS = {
    f"{name}{' turned' if turned else ''}": (meeting, turned)
    for name, meeting in MEETINGS.items()
    for turned in ([False] if meeting.is_even else [False, True])
}


@pytest.mark.parametrize(("meeting", "turned"), BOTH_WAYS.values(), ids=BOTH_WAYS)
def test_wherever_they_meet_the_case_stays_whole(database: Database, meeting: Meeting, turned: bool) -> None:
    def prepare(work: Work) -> tuple[Act, ...]:
        return meeting.prepare(work)[:: -1 if turned else 1]

    for number, done in _meetings(database, prepare):
        one, other = reversed(done) if turned else done
        assert (told(one), told(other)) in meeting.fair, f"before statement {number}: {one}, {other}"
    sound(database)


@pytest.mark.parametrize("late", ["a second No", "the worker"])
def test_a_place_that_has_gone_on_to_the_next_family_stays_theirs(database: Database, late: str) -> None:
    """Whoever closes the first family's offer too late must not take the place from the second."""

    def prepare(work: Work) -> tuple[Act, ...]:
        first, second = builders.family(work), builders.family(work)
        one, other = builders.sent(work, first), builders.sent(work, second)
        offer = builders.offer(work, one)
        vacancy = answers.offer_for(work, first.parent, offer).vacancy_id
        no = answering(first.parent, offer, Answer.NO)
        frees = no if late == "a second No" else taking_back(offer)
        return (no if late == "a second No" else EXPIRING), frees, offering(work, other, vacancy)

    for number, done in _meetings(database, prepare):
        assert told(done[-1]) == "done", f"before statement {number}: {done}"
        sound(database)


def _meetings(database: Database, prepare: Callable[[Work], tuple[Act, ...]]) -> Iterator[tuple[int, list[Done]]]:
    """The acts meet anew before each statement of the first one."""
    number = 0
    while True:
        number += 1
        with database.write() as session:
            acts = prepare(Work(session, MOMENT, SYSTEM))
        done = held_before(database, number, *acts)
        if done is None:
            break
        assert {one.tries for one in done} == {1}, f"before statement {number} two waited for each other"
        yield number, done
    assert number >= 3
