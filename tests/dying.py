"""A process that does one verb and is killed in the middle of it, as a machine that loses its power would be."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import event, select

from parentsite.foundation.database import Base, Database
from tests.databases import KEYRING

PATIENCE = 30.0
Do = Callable[..., object]
"""Does a verb, by its name, in a transaction of its own; a function of a module, so that a process finds it."""


Rows = dict[str, list[tuple[object, ...]]]


def rows_of(database: Database) -> Rows:
    """Every row of every table."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def killed_until_it_is_done(
    database: Database, do: Do, verb: str, *arguments: Any, patience: float = PATIENCE
) -> tuple[int, Rows, Rows]:
    """Kill the verb at each moment until something is there.

    Returns at which moment (from 1) that was, and all rows before and after it.
    """
    url, before = database.url.render_as_string(hide_password=False), rows_of(database)
    for moment in count(1):
        died = _killed_at(moment, url, do, verb, *arguments, patience=patience)
        assert died, f"{verb} ended before moment {moment}, and left nothing"
        if (after := rows_of(database)) != before:
            return moment, before, after
    raise AssertionError


def _killed_at(number: int, url: str, do: Do, verb: str, *arguments: Any, patience: float) -> bool:
    """Whether a process that does the verb was killed at that moment; false when it came to its end before.

    The moments are: after each statement, before the commit, after the commit.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([do.__module__])
    process = context.Process(target=_do_and_die, args=(number, url, do, verb, *arguments))
    process.start()
    process.join(patience)
    assert process.exitcode in {0, -signal.SIGKILL}, f"{verb} ended with {process.exitcode}"
    return process.exitcode == -signal.SIGKILL


def _do_and_die(number: int, url: str, do: Do, verb: str, *arguments: Any) -> None:
    moments = count(1)

    def pass_a_moment(*_: object) -> None:
        if next(moments) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, KEYRING)
    event.listen(database.engine, "after_cursor_execute", pass_a_moment)
    event.listen(database.engine, "commit", pass_a_moment)
    do(database, verb, *arguments)
    pass_a_moment()
