"""The power goes while somebody joins or leaves: there is no half member, and no place that is lost for ever."""

from uuid import UUID

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import joining
from tests.databases import MOMENT
from tests.dying import killed_until_it_is_done, rows_of
from tests.groups.dying import PATIENCE, VERBS, do
from tests.groups.scene import broken, family, group, meeting

FEWEST_MOMENTS = 8


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        arguments = prepare(Work(session, MOMENT, SYSTEM), verb)
    moment, _, after = killed_until_it_is_done(database, do, verb, *arguments, patience=PATIENCE)
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
    if verb == "promote":
        joining.leave(work, one.parent, first)
        joining.join(work, three.parent, three.child, of)
    if verb == "accept":
        joining.leave(work, one.parent, first)
        return of, two.parent, two.child, second
    return of, one.parent, one.child, first
