"""The audit is append-only by the database's own word, and a chain shows whatever was changed behind its back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta, timezone
from enum import StrEnum, auto
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql.base import Executable

from parentsite.foundation import audit, chain
from parentsite.foundation.audit import AuditEntry, AuditLink, AuditLoose, AuditSubject
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work

TABLES = ("audit_entry", "audit_subject", "audit_look", "audit_link", "audit_loose")


class Purpose(StrEnum):
    """A journey's short list."""

    CASEWORK = auto()


class Journal:
    """An audit that is written to."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    def write(self, action: str = "case.read", *subjects: UUID, actor: Actor = SYSTEM) -> None:
        self.clock.move(seconds=1)
        with self.database.write() as session:
            now = Work(session, self.clock.now(), actor)
            audit.record(now, action, subjects, about=("case", "1"), purpose=Purpose.CASEWORK)

    def link(self, limit: int = 500) -> int:
        with self.database.write() as session:
            return chain.link_entries(Work(session, self.clock.now(), SYSTEM), limit)

    def adrift(self) -> int:
        with self.database.read() as session:
            return chain.count_adrift(session)

    def broken(self) -> list[int]:
        with self.database.read() as session:
            return chain.broken_links(session)

    def end(self) -> str | None:
        with self.database.read() as session:
            return chain.end_of_chain(session)

    def holds(self, noted: str) -> bool:
        with self.database.read() as session:
            return chain.still_holds(session, noted)

    def tamper(self, statement: Executable, **values: object) -> None:
        """Change something as one could who owns the database: without its guards."""
        with self.database.engine.begin() as connection:
            for table in TABLES:
                for trigger in (f"{table}_kept", f"{table}_stays"):
                    on = "" if self.database.is_sqlite else f' ON "{table}"'
                    connection.execute(text(f'DROP TRIGGER IF EXISTS "{trigger}"{on}'))
            connection.execute(statement, values)


@pytest.fixture
def journal(empty_database: Database, clock: FixedClock) -> Journal:
    return Journal(empty_database, clock)


@pytest.fixture
def chained(journal: Journal) -> Journal:
    """Five entries, each about two, all linked."""
    for number in range(5):
        journal.write(f"act.{number}", new_id(), new_id())
    assert journal.link() == 5
    return journal


def test_an_entry_says_who_did_what_about_whom_and_why(journal: Journal) -> None:
    clerk = Actor(ActorKind.STAFF, new_id(), frozenset({"placement", "school"}))
    child, parent = new_id(), new_id()
    journal.write("case.read", child, parent, child, actor=clerk)
    with journal.database.read() as session:
        entry = session.scalars(select(AuditEntry)).one()
        told = (entry.actor_kind, entry.actor_id, entry.role, entry.action, entry.record_kind, entry.record_id)
        assert told == ("staff", clerk.id, "placement+school", "case.read", "case", "1")
        assert (entry.at, entry.purpose) == (journal.clock.now(), "casework")
        assert set(session.scalars(select(AuditSubject.subject_id))) == {child, parent}


def test_an_entry_stands_or_falls_with_what_it_tells_of(journal: Journal) -> None:
    def act_and_stumble() -> None:
        with journal.database.write() as session:
            audit.record(Work(session, journal.clock.now(), SYSTEM), "case.changed", [])
            raise RuntimeError

    with suppress(RuntimeError):
        act_and_stumble()
    with journal.database.read() as session:
        assert chain.count_entries(session) == 0


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditEntry).values(action="nothing.happened"),
        update(AuditEntry).values(actor_id=UUID(int=7)),
        update(AuditEntry).values(record_id=None),
        update(AuditEntry).values(digest="0"),
        delete(AuditEntry),
        update(AuditSubject).values(subject_id=UUID(int=7)),
        delete(AuditSubject),
        update(AuditLink).values(link="0"),
        delete(AuditLink),
    ],
    ids=str,
)
def test_nothing_can_be_changed_or_taken_away(chained: Journal, statement: Executable) -> None:
    with pytest.raises(DBAPIError, match="append-only"), chained.database.write() as session:
        session.execute(statement)
    assert chained.broken() == []


def test_an_untouched_chain_proves_itself(chained: Journal) -> None:
    assert chained.broken() == []
    assert chained.link() == 0
    chained.write()
    assert chained.link() == 1
    assert chained.broken() == []


@pytest.mark.parametrize(
    "values",
    [
        {"action": "other"},
        {"actor_id": UUID(int=7)},
        {"role": "x"},
        {"record_id": "2"},
        {"purpose": None},
    ],
    ids=str,
)
def test_a_changed_entry_shows(chained: Journal, values: dict[str, object]) -> None:
    chained.tamper(update(AuditEntry).where(AuditEntry.action == "act.2").values(values))
    assert chained.broken() == [3]


def test_an_entry_moved_in_time_shows(chained: Journal) -> None:
    moved = update(AuditEntry).where(AuditEntry.action == "act.0").values(at=chained.clock.now())
    chained.tamper(moved)
    assert chained.broken() == [1]


def test_a_subject_added_or_taken_away_shows(chained: Journal) -> None:
    entry = select(AuditEntry.id).where(AuditEntry.action == "act.1").scalar_subquery()
    chained.tamper(insert(AuditSubject).values(entry_id=entry, subject_id=new_id()))
    assert chained.broken() == [2]
    chained.tamper(delete(AuditSubject).where(AuditSubject.entry_id == entry))
    assert chained.broken() == [2]


def test_an_entry_taken_away_shows(chained: Journal) -> None:
    entry = select(AuditEntry.id).where(AuditEntry.action == "act.3").scalar_subquery()
    chained.tamper(delete(AuditSubject).where(AuditSubject.entry_id == entry))
    chained.tamper(delete(AuditEntry).where(AuditEntry.action == "act.3"))
    assert chained.broken() == [4]


def test_a_changed_entry_with_its_digest_put_right_shows_all_the_same(chained: Journal) -> None:
    chained.tamper(update(AuditEntry).where(AuditEntry.action == "act.1").values(digest="f" * 64))
    assert 2 in chained.broken()


def test_a_link_taken_away_shows(chained: Journal) -> None:
    chained.tamper(delete(AuditLink).where(AuditLink.number == 2))
    assert chained.broken() == [3]


def test_an_entry_left_out_of_the_chain_shows(chained: Journal) -> None:
    chained.write("act.left")
    assert chained.adrift() == 0
    chained.tamper(delete(AuditLoose))
    assert (chained.link(), chained.broken(), chained.adrift()) == (0, [], 1)


def cut_after(journal: Journal, kept: int) -> None:
    """Take away the newest entries and all that refers to them."""
    gone = select(AuditLink.entry_id).where(AuditLink.number > kept)
    for table in (AuditSubject, AuditLoose):
        journal.tamper(delete(table).where(table.entry_id.in_(gone)))
    with journal.database.read() as session:
        entries = session.scalars(gone).all()
    journal.tamper(delete(AuditLink).where(AuditLink.number > kept))
    journal.tamper(delete(AuditEntry).where(AuditEntry.id.in_(entries)))


def test_a_chain_that_was_cut_short_shows_to_who_noted_its_end(chained: Journal) -> None:
    end = chained.end()
    assert end is not None
    assert chained.holds(end)
    chained.write()
    chained.link()
    assert chained.holds(end)
    cut_after(chained, kept=3)
    assert (chained.broken(), chained.adrift()) == ([], 0)
    assert not chained.holds(end)


def test_a_chain_made_anew_shows_to_who_noted_its_end(chained: Journal) -> None:
    end = chained.end()
    assert end is not None
    cut_after(chained, kept=0)
    for number in range(6):
        chained.write(f"act.{number}")
    chained.link()
    assert (chained.broken(), chained.holds(end)) == ([], False)


@pytest.mark.parametrize("noted", ["", "5", "5:", ":", "x:y", "-1:ab", "99999999999999999999:ab", "5:" + "0" * 64])
def test_an_end_that_was_never_noted_does_not_hold(chained: Journal, noted: str) -> None:
    assert not chained.holds(noted)


def test_an_entry_that_is_linked_and_waits_again_shows(chained: Journal) -> None:
    """Linking would stumble over it for ever, and what comes after would never be linked."""
    entry = select(AuditEntry.id, AuditEntry.at).where(AuditEntry.action == "act.1")
    chained.tamper(insert(AuditLoose).from_select(["entry_id", "at"], entry))
    assert chained.adrift() == 1


def test_what_waits_is_counted(journal: Journal) -> None:
    journal.write()
    journal.write()
    journal.link(limit=1)
    with journal.database.read() as session:
        assert chain.count_waiting(session) == 1


def test_what_waits_is_linked_in_bounded_steps_and_each_entry_once(journal: Journal) -> None:
    for _ in range(5):
        journal.write()
    assert [journal.link(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert (journal.broken(), journal.adrift()) == ([], 0)


def test_the_moment_counts_and_not_how_its_zone_was_written(journal: Journal) -> None:
    elsewhere = journal.clock.now().astimezone(timezone(timedelta(hours=9)))
    with journal.database.write() as session:
        audit.record(Work(session, elsewhere, SYSTEM), "case.read", [])
    journal.link()
    assert journal.broken() == []


def test_entries_written_at_once_wait_for_nobody_and_are_all_linked(journal: Journal) -> None:
    start = threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        for _ in range(5):
            with journal.database.write() as session:
                audit.record(Work(session, journal.clock.now(), SYSTEM), f"act.{number}", [new_id()])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert journal.link() == 20
    assert journal.broken() == []


def test_two_that_link_at_once_make_one_chain(journal: Journal) -> None:
    for _ in range(20):
        journal.write()
    start = threading.Barrier(2)

    def link(_: int) -> int:
        start.wait()
        try:
            return journal.link()
        except IntegrityError:
            return 0  # The other was quicker; nothing of this one's is kept.

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(link, range(2))) == 20
    assert journal.broken() == []
    with journal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditLink)) == 20
