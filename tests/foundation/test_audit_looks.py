"""What a read says of each child stands in the audit as firmly as the entry itself."""

import pytest
from sqlalchemy import Executable, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from parentsite.foundation import audit
from parentsite.foundation.audit import AuditEntry, AuditLook
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import Actor, ActorKind, Work
from tests.foundation.test_audit import Journal

IS_THE_CHILDS = AuditLook.of_id == AuditLook.child_id


@pytest.fixture
def looked(empty_database: Database, clock: FixedClock) -> Journal:
    """Three entries, the second of somebody who works in one house and has read of a child."""
    journal = Journal(empty_database, clock)
    clerk = Actor(ActorKind.STAFF, new_id(), frozenset({"school"}), frozenset({"globen"}))
    child, parent = new_id(), new_id()
    journal.write("act.0")
    clock.move(seconds=1)
    with journal.database.write() as session:
        shown = [(child, parent), (child, child)]
        audit.record(Work(session, clock.now(), clerk), "act.1", [child, parent], looks=shown)
    journal.write("act.2")
    assert journal.link() == 3
    assert journal.broken() == []
    return journal


@pytest.mark.parametrize("statement", [update(AuditLook).values(institution="x"), delete(AuditLook)], ids=str)
def test_a_look_cannot_be_changed_or_taken_away(looked: Journal, statement: Executable) -> None:
    with pytest.raises(DBAPIError, match="append-only"), looked.database.write() as session:
        session.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditLook).values(child_id=new_id()),
        update(AuditLook).where(IS_THE_CHILDS).values(of_id=new_id()),
        update(AuditLook).values(institution="another-house"),
        delete(AuditLook),
        delete(AuditLook).where(IS_THE_CHILDS),
    ],
    ids=str,
)
def test_one_that_was_changed_or_taken_away_past_the_guards_shows(looked: Journal, statement: Executable) -> None:
    looked.tamper(statement)
    assert looked.broken() == [2]


def test_one_that_was_never_made_shows(looked: Journal) -> None:
    entry = select(AuditEntry.id, AuditEntry.id, AuditEntry.id, AuditEntry.at).where(AuditEntry.action == "act.2")
    looked.tamper(insert(AuditLook).from_select(["entry_id", "child_id", "of_id", "at"], entry))
    assert looked.broken() == [3]
