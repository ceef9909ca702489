"""The power goes while somebody joins or leaves: there is no half member, and no place that is lost for ever."""

from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.foundation.database import Base, Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import joining
from tests.databases import MOMENT
from tests.groups.dying import VERBS, do, killed_at
from tests.groups.scene import broken, family, group, meeting

FEWEST_MOMENTS = 8
Rows = dict[str, list[tuple[object, ...]]]


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        arguments = prepare(Work(session, MOMENT, SYSTEM), verb)
    url, before = database.url.render_as_string(hide_password=False), rows_of(database)
    for moment in count(1):
        assert killed_at(moment, url, verb, *arguments), f"{verb} ended before moment {moment}, and left nothing"
        if (after := rows_of(database)) != before:
            break
    assert moment >= FEWEST_MOMENTS
    with database.read() as session:
        assert broken(session) == []
    do(database, verb, *arguments)
    assert rows_of(database) == after


def prepare(work: Work, verb: str) -> tuple[UUID, UUID, UUID, UUID]:
    """A group of one with a member and one who waits; the arguments that each verb takes."""
    of, one, two, three = group(work, capacity=1), family(work), family(work), family(work)
    meeting(work, of)
    first = joining.join(work, one.parent, one.child, of, shares_phone=True).member_id
    second = joining.join(work, two.parent, two.child, of).member_id
    if verb == "join":
        return of, three.parent, three.child, first
    if verb == "accept":
        joining.leave(work, one.parent, first)
        return of, two.parent, two.child, second
    return of, one.parent, one.child, first


def rows_of(database: Database) -> Rows:
    """Every row of every table."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
