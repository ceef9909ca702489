"""Several people at once: each in a thread and a session of their own, as requests are."""

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from parentsite.foundation.database import Database, is_conflict
from parentsite.foundation.work import SYSTEM, Actor, Work
from tests.databases import MOMENT
from tests.places.soundness import broken

PATIENCE = 20.0
"""Seconds until a race that does not end counts as stuck."""
_SHARED = re.compile(
    r"\b(application|wish|vacancy|offer|placement|attendance|home_visit|visit_(slot|request|contact))\b"
)
"""Statements at which two cases, or two families after one time, can meet."""
GLANCE = 0.005
"""Seconds between two looks at whether the other has to wait."""


@dataclass(frozen=True)
class Act:
    """What one person does; `do` is a verb of the service."""

    do: Callable[[Work], object]
    actor: Actor = SYSTEM
    now: datetime = MOMENT


@dataclass(frozen=True)
class Done:
    """What came of it: an answer, or the error the person is told of; `tries` is two when the first was a conflict."""

    answer: object = None
    error: Exception | None = None
    tries: int = 1


def perform(database: Database, act: Act) -> Done:
    """Do it as a request does: commit at the end, roll back on an error, once more after a conflict."""
    for tries in (1, 2):
        try:
            with database.write() as session:
                answer = act.do(Work(session, act.now, act.actor))
        except OperationalError as error:
            if tries == 2 or not is_conflict(error):
                return Done(error=error, tries=tries)
        except Exception as error:
            return Done(error=error, tries=tries)
        else:
            return Done(answer, tries=tries)
    raise AssertionError


def at_once(database: Database, *acts: Act) -> list[Done]:
    """Let all go at the same moment."""
    barrier = threading.Barrier(len(acts))

    def run(act: Act) -> Done:
        barrier.wait(PATIENCE)
        return perform(database, act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result(PATIENCE) for each in [threads.submit(run, act) for act in acts]]


def told(done: Done) -> str:
    """What the person is told: `done`, or the name of the error."""
    return "done" if done.error is None else type(done.error).__name__


def sound(database: Database) -> None:
    """Nothing of what must always hold is broken."""
    with database.write() as session:
        problems = broken(session)
        session.rollback()
    assert not problems, "\n".join(problems)


def held_before(database: Database, number: int, first: Act, *then: Act) -> list[Done] | None:
    """`first` is held before its statement of that number until the others are done, or have to wait for `first`.

    The others act one after the other. None when `first` has no such statement. PostgreSQL only: on SQLite writers wait
    at the door.
    """
    with _pausing(database, number) as pause, ThreadPoolExecutor(2) as threads:
        one = threads.submit(pause.run, lambda: perform(database, first))
        if not pause.reached_or(one):
            return None
        others = threads.submit(lambda: [perform(database, act) for act in then])
        while not others.done() and not _somebody_waits(database):
            pause.nothing.wait(GLANCE)
        pause.go.set()
        return [one.result(PATIENCE), *others.result(PATIENCE)]


def until_somebody_waits(database: Database, other: Future[Any]) -> None:
    """Wait until the other has to wait, or is done. On SQLite writers wait at the door: there is nothing to see."""
    nothing = threading.Event()
    while not database.is_sqlite and not other.done() and not _somebody_waits(database):
        nothing.wait(GLANCE)


class _Pause:
    def __init__(self, number: int) -> None:
        self.number = number
        self.seen = 0
        self.thread: int | None = None
        self.here, self.go, self.nothing = threading.Event(), threading.Event(), threading.Event()

    def run(self, do: Callable[[], Done]) -> Done:
        self.thread = threading.get_ident()
        try:
            return do()
        finally:
            self.here.set()

    def reached_or(self, one: Future[Done]) -> bool:
        self.here.wait(PATIENCE)
        return not (one.done() or self.seen < self.number)

    def statement(self, *arguments: Any) -> None:
        is_commit = len(arguments) == 1
        if threading.get_ident() == self.thread and (is_commit or _SHARED.search(arguments[2])):
            self.seen += 1
            if self.seen == self.number:
                self.here.set()
                assert self.go.wait(PATIENCE)


@contextmanager
def _pausing(database: Database, number: int) -> Iterator[_Pause]:
    pause = _Pause(number)
    listening = [(database.engine, "before_cursor_execute"), (database.engine, "commit")]
    for target, name in listening:
        event.listen(target, name, pause.statement)
    try:
        yield pause
    finally:
        pause.go.set()
        for target, name in listening:
            event.remove(target, name, pause.statement)


_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def _somebody_waits(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(connection.scalar(_WAITING))
