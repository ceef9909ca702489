"""A process that books, moves or cancels and is killed in the middle of it."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from itertools import count
from uuid import UUID

from sqlalchemy import event

from parentsite.foundation.database import Database
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.visits.service import booking, visiting
from parentsite.visits.service.times import hold
from tests.databases import KEYRING, MOMENT
from tests.visits.scene import TWO_MONTHS

PATIENCE = 30.0


def hold_it(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return hold(work, person, child, TWO_MONTHS, slot)


def book(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.book(work, person, child, TWO_MONTHS, slot)


def move(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.move(work, person, visit, slot)


def cancel(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.cancel(work, person, visit)


def propose(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return visiting.propose(work, child, person, TWO_MONTHS, slot)


VERBS: Mapping[str, Callable[..., object]] = {
    "hold": hold_it,
    "book": book,
    "move": move,
    "cancel": cancel,
    "propose": propose,
}


def do(database: Database, verb: str, person: UUID, *arguments: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, Actor(ActorKind.PARENT, person)), person, *arguments)


def killed_at(number: int, url: str, verb: str, *arguments: UUID) -> bool:
    """Whether a process that does the verb was killed at that moment; false when it came to its end before.

    The moments are: after each statement, before the commit, after the commit.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_do_and_die, args=(number, url, verb, *arguments))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode in {0, -signal.SIGKILL}, f"{verb} ended with {process.exitcode}"
    return process.exitcode == -signal.SIGKILL


def _do_and_die(number: int, url: str, verb: str, *arguments: UUID) -> None:
    moments = count(1)

    def pass_a_moment(*_: object) -> None:
        if next(moments) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, KEYRING)
    event.listen(database.engine, "after_cursor_execute", pass_a_moment)
    event.listen(database.engine, "commit", pass_a_moment)
    do(database, verb, *arguments)
    pass_a_moment()
