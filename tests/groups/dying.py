"""A process that joins, accepts, leaves or closes and is killed in the middle of it."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from itertools import count
from uuid import UUID

from sqlalchemy import event

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import joining, staffing
from tests.databases import KEYRING, MOMENT

PATIENCE = 60.0


def join(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.join(work, person, child, group, shares_phone=True)


def accept(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.accept(work, person, member, shares_phone=True)


def leave(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.leave(work, person, member)


def cancel(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return staffing.cancel(work, group)


VERBS: Mapping[str, Callable[..., object]] = {"join": join, "accept": accept, "leave": leave, "cancel": cancel}


def do(database: Database, verb: str, *arguments: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, SYSTEM), *arguments)


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
