"""Both databases keep the same promises: reading cannot write, writing is whole or nothing, moments have a zone."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session

from parentsite.foundation.database import Database, is_conflict, new_id
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.sqlite import BUSY_MILLISECONDS
from parentsite.foundation.work import Work
from parentsite.people.models import Person, Relation
from tests import builders
from tests.databases import MOMENT

Working = Callable[..., AbstractContextManager[Work]]
TOGETHER = 8


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Person.given_name).order_by(Person.given_name)))


def add(session: Session, name: str) -> None:
    session.execute(insert(Person).values(id=new_id(), given_name=name, family_name="Lund"))


def test_what_is_written_is_there_afterwards(database: Database) -> None:
    with database.write() as session:
        add(session, "Asta")
    assert names(database) == ["Asta"]


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    def write_and_stumble() -> None:
        with database.write() as session:
            add(session, "Asta")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_stumble()
    assert names(database) == []


def test_a_reading_session_cannot_write(database: Database) -> None:
    for statement in (
        insert(Person).values(id=new_id(), given_name="Asta", family_name="Lund"),
        update(Person).values(given_name="Asta"),
        text("CREATE TABLE secret (id integer)"),
    ):
        with pytest.raises(DBAPIError), database.read() as session:
            session.execute(statement)
    assert names(database) == []


def test_a_pooled_connection_forgets_that_it_was_for_reading(database: Database) -> None:
    for name in ("Asta", "Bo", "Carl"):
        before = len(names(database))
        with database.write() as session:
            add(session, name)
        assert len(names(database)) == before + 1
        with pytest.raises(DBAPIError), database.read() as session:
            add(session, "never")


def test_a_reader_sees_one_state_or_the_next_and_never_half(database: Database) -> None:
    with database.write() as writing:
        add(writing, "Asta")
        assert names(database) == []
    assert names(database) == ["Asta"]


def test_foreign_keys_hold(database: Database) -> None:
    row = {"id": new_id(), "child_id": new_id(), "person_id": new_id(), "kind": "custody", "since": MOMENT.date()}
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(insert(Relation).values(row))


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.write() as session:
        session.execute(update(OutboxLetter).values(due_at=datetime(2026, 2, 12, 9, 0)))  # noqa: DTZ001


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=11))])
def test_a_moment_comes_back_as_the_same_moment_in_utc(work: Working, database: Database, zone: timezone) -> None:
    moment = datetime(2026, 3, 29, 1, 30, 15, 123456, tzinfo=UTC)
    with work() as now:
        letter = OutboxLetter(
            key="k", name="places/x", receiver_id=new_id(), ids={}, created_at=now.now, due_at=moment.astimezone(zone)
        )
        now.session.add(letter)
    with database.read() as session:
        found = session.scalars(select(OutboxLetter.due_at)).one()
    assert (found, found.tzinfo) == (moment, UTC)


def test_ids_are_random_and_come_back_as_ids(work: Working, look: Working) -> None:
    with work() as now:
        made = [builders.person(now) for _ in range(5)]
    with look() as now:
        found = set(now.session.scalars(select(Person.id)))
    assert found == set(made)
    assert all(isinstance(one, UUID) and one.version == 4 for one in found)


def test_writers_take_turns_and_none_is_lost(database: Database) -> None:
    start = threading.Barrier(TOGETHER)

    def write(number: int) -> None:
        start.wait()
        for turn in range(5):
            with database.write() as session:
                add(session, f"{number}-{turn}")

    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(write, range(TOGETHER)))
    assert len(names(database)) == TOGETHER * 5


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as session, ThreadPoolExecutor(1) as pool:
        add(session, "Asta")
        assert pool.submit(names, database).result(timeout=BUSY_MILLISECONDS / 2000) == []


def test_a_lost_race_is_told_from_a_mistake(database: Database) -> None:
    with pytest.raises(DBAPIError) as mistake, database.write() as session:
        session.execute(text("SELECT * FROM nowhere"))
    assert not is_conflict(mistake.value)  # type: ignore[arg-type]


@pytest.mark.parametrize("backend", ["postgresql"])
def test_two_that_wait_for_one_another_are_told_so(database: Database, work: Working) -> None:
    """PostgreSQL ends one of them; on SQLite writers queue, so that it cannot come to it."""
    with work() as now:
        pair = [builders.person(now), builders.person(now)]
    meet, lost = threading.Barrier(2), []

    def cross(first: UUID, second: UUID) -> None:
        try:
            with database.write() as session:
                session.execute(update(Person).where(Person.id == first).values(given_name="x"))
                meet.wait()
                session.execute(update(Person).where(Person.id == second).values(given_name="x"))
        except OperationalError as error:
            lost.append(is_conflict(error))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(cross, pair, reversed(pair)))
    assert lost == [True]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_sqlite_survives_a_power_cut_and_forgets_what_is_deleted(database: Database) -> None:
    with database.write() as session:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        told = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked}
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": BUSY_MILLISECONDS,
    }
