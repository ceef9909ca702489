"""Pages asked for inside this process: processor time, not the clock on the wall, and rounds that take turns.

Other work on the machine slows the site and the yardstick alike; what is compared is how they did in the same round.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import create_environ

from parentsite.foundation.web.zones import WSGIApp
from tests.bench.bare import bare
from tests.bench.looks import Look

ROUNDS = 15
CALLS = 12
WARMING = 3
DATA = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@dataclass(frozen=True)
class Answer:
    """What a call was answered."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Timing:
    """Seconds of processor time for one answer, and for the bare page of as many bytes; medians over the rounds."""

    own: float
    bare: float
    ratio: float


def environ(look: Look, base_url: str, accept: str = "br", **more: Any) -> dict[str, Any]:
    """A browser's request for a page."""
    headers = {"Accept-Encoding": accept, **({"Cookie": look.cookie} if look.cookie else {})}
    made: dict[str, Any] = create_environ(look.path, base_url, headers=headers, **more)
    return made


def call(app: WSGIApp, asked: dict[str, Any]) -> Answer:
    """Ask the app, as a server does."""
    told: list[str] = []
    parts = app(asked, lambda status, headers, trouble=None: told.append(status))
    close: Callable[[], object] = getattr(parts, "close", tuple)
    try:
        body = b"".join(parts)
    finally:
        close()
    return Answer(int(told[0][:3]), body)


def beside_the_bare_page(
    app: WSGIApp, ask: Callable[[], dict[str, Any]], size: int, *, rounds: int = ROUNDS, calls: int = CALLS
) -> Timing:
    """Let the app and the bare page of `size` bytes answer in turn; `ask` makes each request anew."""
    yardstick = bare()
    _spent(app, ask, WARMING)
    _spent(yardstick, lambda: _bare_page(size), WARMING)
    pairs = [(_spent(app, ask, calls), _spent(yardstick, lambda: _bare_page(size), calls)) for _ in range(rounds)]
    return Timing(median(own for own, _ in pairs), median(bare for _, bare in pairs), median(b / a for a, b in pairs))


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What the databases are sent meanwhile: statements that read or change data, with their values."""
    sent: list[tuple[str, Any]] = []

    def keep(connection: object, cursor: object, statement: str, values: Any, *rest: object) -> None:
        if statement.lstrip().startswith(DATA):
            sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
        # SQLAlchemy would go on to look for listeners around every statement, and what is timed next would pay for it.
        Engine._has_events = False


def _spent(app: WSGIApp, ask: Callable[[], dict[str, Any]], calls: int) -> float:
    requests: Sequence[dict[str, Any]] = [ask() for _ in range(calls)]
    begun = process_time()
    for asked in requests:
        answered = call(app, asked)
    spent = process_time() - begun
    assert answered.status < 400, answered.status
    return spent / calls


def _bare_page(size: int) -> dict[str, Any]:
    made: dict[str, Any] = create_environ(f"/side/{size}")
    return made
