"""Commit by rule: an unsafe request that ends below 400 commits once, everything else leaves nothing behind.

A GET reads in a read-only transaction. A request that lost a race the database can settle (deadlock, serialization)
is tried once more.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Any

from flask import Response, current_app, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from parentsite.foundation.clock import Clock
from parentsite.foundation.database import Database, is_conflict
from parentsite.foundation.work import ANONYMOUS, Work

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class _RolledBackError(Exception):
    """Leaves a block without committing."""


def database() -> Database:
    """The database of the app that answers."""
    return current_app.extensions["parentsite.database"]  # type: ignore[no-any-return]


def moment() -> datetime:
    """The one moment that the whole request counts as."""
    known: datetime | None = g.get("moment")
    if known is None:
        clock: Clock = current_app.extensions["parentsite.clock"]
        known = g.moment = clock.now()
    return known


def work() -> Work:
    """This request's work: its one session, opened when first asked for; its moment; the signed-in person."""
    return Work(_session(), moment(), g.get("actor", ANONYMOUS))


@contextmanager
def brief_read() -> Iterator[Session]:
    """Read before an unsafe request's write begins; a safe request reads in the transaction it has anyway."""
    if request.method in SAFE_METHODS:
        yield _session()
    else:
        with database().read() as session:
            yield session


@contextmanager
def look() -> Iterator[Work]:
    """As `brief_read`, with the moment and the person: a write is kept short by reading first."""
    with brief_read() as session:
        yield Work(session, moment(), g.get("actor", ANONYMOUS))


@contextmanager
def side_work() -> Iterator[Work]:
    """A short write transaction of its own, kept whatever becomes of the request.

    The closed list of its uses: sign-in and session marks, read marks, audit of reads and refusals, counters of failed
    attempts, text saved from an expired session.
    """
    settle(commit=False)
    with database().write() as session:
        yield Work(session, moment(), g.get("actor", ANONYMOUS))


def in_transaction(view: Callable[[], Response]) -> Response:
    """Run a view and settle its transaction by the status it answers with."""
    try:
        return _attempt(view)
    except OperationalError as error:
        if not is_conflict(error):
            raise
        return _attempt(view)


def may_write() -> bool:
    """Whether the request's own transaction can still be written in: the app writes here at all, and no
    side-transaction has come before.
    """
    return (
        current_app.extensions["parentsite.writes"]
        and request.method not in SAFE_METHODS
        and not g.get("settled", True)
    )


def settle(commit: bool) -> None:
    """End the request's transaction, if it has one. What comes after can only read.

    Whoever refuses something that many press at once gives up the write before the page is made: the others do not
    wait for that.
    """
    g.settled = True
    ended: Session | None = g.pop("session", None)
    if ended is not None and request.method in SAFE_METHODS:
        g.known = ended.info
    stack: ExitStack | None = g.pop("transaction", None)
    if stack is None:
        return
    if commit:
        stack.close()
    else:
        with suppress(_RolledBackError):
            _throw_into(stack)


def _attempt(view: Callable[[], Response]) -> Response:
    g.settled = False
    try:
        response = view()
        # What only reads ends by COMMIT in any case, which keeps PostgreSQL's prepared statements.
        settle(commit=not may_write() or response.status_code < 400)
    except BaseException:
        settle(commit=False)
        raise
    return response


def _session() -> Session:
    session: Session | None = g.get("session")
    if session is None:
        stack = ExitStack()
        session = g.session = stack.enter_context(database().write() if may_write() else database().read())
        # What a page that only reads knew before it wrote down who reads (the town) need not be read again.
        session.info.update(g.get("known", {}))
        g.transaction = stack
    return session


def _throw_into(stack: ExitStack) -> None:
    error: Any = _RolledBackError()
    if not stack.__exit__(type(error), error, None):
        raise error
