"""The power goes in the middle of a booking: there is no half appointment and no time that is lost for ever."""

from uuid import UUID

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.visits.service import booking, visiting
from parentsite.visits.service.times import free_times
from tests.databases import MOMENT
from tests.dying import killed_until_it_is_done, rows_of
from tests.visits.dying import VERBS, do
from tests.visits.scene import TWO_MONTHS, WEEKS, broken, family, times, visitor

FEWEST_MOMENTS = {"hold": 6, "book": 8, "move": 8, "cancel": 8, "propose": 8, "propose anew": 8, "confirm": 6}


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        arguments = prepare(Work(session, MOMENT, SYSTEM), verb)
    moment, _, after = killed_until_it_is_done(database, do, verb, *arguments)
    assert moment >= FEWEST_MOMENTS[verb]
    with database.read() as session:
        assert broken(session) == []
    do(database, verb, *arguments)
    assert letters_and_visits(rows_of(database)) == letters_and_visits(after)


def prepare(work: Work, verb: str) -> tuple[UUID, UUID, UUID, UUID]:
    """A family with an appointment, and a time for the next one; the arguments that each verb takes."""
    visitor(work)
    one = family(work)
    first = times(work, one)[2].slot_id
    if verb == "confirm":
        visit = visiting.propose(work, one.child, one.parent, WEEKS, first)
    else:
        visit = booking.book(work, one.parent, one.child, WEEKS, first)
    asked = WEEKS if verb in ("move", "cancel", "propose anew") else TWO_MONTHS
    return one.parent, one.child, free_times(work, one.parent, one.child, asked)[5].slot_id, visit


def letters_and_visits(rows: dict[str, list[tuple[object, ...]]]) -> list[list[tuple[object, ...]]]:
    """What pressing again must not change; a hold pressed again is audited again."""
    return [rows[name] for name in ("home_visit", "visit_slot", "outbox_letter")]
