"""The power goes in the middle of a booking: there is no half appointment and no time that is lost for ever."""

from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.foundation.database import Base, Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.visits.service import booking
from parentsite.visits.service.times import free_times
from tests.databases import MOMENT
from tests.visits.dying import VERBS, do, killed_at
from tests.visits.scene import TWO_MONTHS, WEEKS, broken, family, times, visitor

FEWEST_MOMENTS = {"hold": 6, "book": 8, "move": 8, "cancel": 8, "propose": 8}


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        arguments = prepare(Work(session, MOMENT, SYSTEM), verb)
    url, before = database.url.render_as_string(hide_password=False), rows_of(database)
    for moment in count(1):
        assert killed_at(moment, url, verb, *arguments), f"{verb} ended before moment {moment}, and left nothing"
        if (after := rows_of(database)) != before:
            break
    assert moment >= FEWEST_MOMENTS[verb]
    with database.read() as session:
        assert broken(session) == []
    do(database, verb, *arguments)
    assert letters_and_visits(rows_of(database)) == letters_and_visits(after)


def prepare(work: Work, verb: str) -> tuple[UUID, UUID, UUID, UUID]:
    """A family with an appointment, and a time for the next one; the arguments that each verb takes."""
    visitor(work)
    one = family(work)
    visit = booking.book(work, one.parent, one.child, WEEKS, times(work, one)[2].slot_id)
    asked = WEEKS if verb in ("move", "cancel") else TWO_MONTHS
    return one.parent, one.child, free_times(work, one.parent, one.child, asked)[5].slot_id, visit


def rows_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def letters_and_visits(rows: dict[str, list[tuple[object, ...]]]) -> list[list[tuple[object, ...]]]:
    """What pressing again must not change; a hold pressed again is audited again."""
    return [rows[name] for name in ("home_visit", "visit_slot", "outbox_letter")]
