"""The register comes to know a child while its parent books, joins or applies: nothing is left with the declared one.

Every order in which the two can meet, on PostgreSQL; on SQLite writers wait at the door, and both press at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.database import Base, Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import joining
from parentsite.people.merging import merge_declared
from parentsite.people.models import Child, Relation
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import drafts
from parentsite.visits.service import asking, booking, start_talks
from parentsite.visits.service.times import hold
from tests import builders
from tests.databases import MOMENT
from tests.groups import scene as groups
from tests.people.test_children import tell
from tests.places.meetings import by_parent
from tests.places.racing import Act, at_once, held_before, told
from tests.visits.scene import BORN, DISTRICT, WEEKS, mornings, times, visitor


@dataclass(frozen=True)
class Met:
    """A parent, the child she has told of, and the same one as the register knows it; a free time and a free group."""

    parent: UUID
    declared: UUID
    registered: UUID
    slot: UUID
    group: UUID


Verb = Callable[[Work, Met], object]
VERBS: dict[str, Verb] = {
    "holds a time": lambda work, met: hold(work, met.parent, met.declared, WEEKS, met.slot),
    "books": lambda work, met: booking.book(work, met.parent, met.declared, WEEKS, met.slot),
    "asks for a visit": lambda work, met: asking.ask_for_extra(work, met.parent, met.declared, "Vi sover ikke."),
    "asks to the start talk": lambda work, met: start_talks.ask(work, met.parent, met.declared, "globen"),
    "joins a group": lambda work, met: joining.join(work, met.parent, met.declared, met.group),
    "applies": lambda work, met: drafts.start(work, met.parent, met.declared, Care.NURSERY),
}
every_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


def met(database: Database) -> Met:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        visitor(now, *mornings())
        parent = builders.person(now, district=DISTRICT)
        declared = tell(now, parent, day=BORN, name="Alba")
        registered = builders.child(now, born=BORN, name="Alba", district=DISTRICT)
        builders.lives_with(now, parent, registered)
        slot = times(now, builders.Pair(parent, declared))[0].slot_id
        return Met(parent, declared, registered, slot, groups.group(now))


def merging(of: Met) -> Act:
    return Act(lambda now: merge_declared(now, now.session.get_one(Child, of.registered), [of.parent]))


def doing(of: Met, verb: Verb) -> Act:
    return by_parent(of.parent, lambda now: verb(now, of))


def left_behind(database: Database, of: Met) -> list[str]:
    """The tables in which something still refers to the declared child."""
    with database.read() as session:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if table not in (Child.__table__, Relation.__table__)
            and any(key.column.table is Child.__table__ for key in column.foreign_keys)
            and session.scalar(select(func.count()).select_from(table).where(column == of.declared))
        ]


def fair(parent: str, database: Database, of: Met) -> None:
    """What she did stands with the child that the register knows, or she is told that the page is another by now."""
    assert parent in {"done", "NotFound"}
    assert left_behind(database, of) == []


@every_verb
def test_at_the_same_moment(database: Database, verb: Verb) -> None:
    of = met(database)
    done = at_once(database, doing(of, verb), merging(of))
    assert told(done[1]) == "done"
    assert done[1].answer == [of.declared]
    fair(told(done[0]), database, of)


@every_verb
@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.parametrize("parent_first", [True, False])
def test_wherever_they_meet(database: Database, verb: Verb, parent_first: bool) -> None:
    number = 1
    while True:
        of = met(database)
        acts = (doing(of, verb), merging(of))
        done = held_before(database, number, *(acts if parent_first else reversed(acts)))
        if done is None:
            break
        parent, merged = done if parent_first else reversed(done)
        assert told(merged) == "done", f"before statement {number}: {merged}"
        assert {one.tries for one in done} == {1}, f"before statement {number} two waited for each other"
        fair(told(parent), database, of)
        number += 1
    assert number >= 2
