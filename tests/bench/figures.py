"""What is measured of each page, and how."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlsplit

from tests.bench.deeds import Press, asked_by, environ_of
from tests.bench.inprocess import WARMING, Timing, beside_the_bare_page, call, environ, statements
from tests.bench.load import HOST, Load, get, post, press
from tests.bench.looks import CLIENTS, Look, looks
from tests.bench.site import BenchSite

SECONDS = 0.5
ROUNDS = 5
DONE_A_ROUND, DEED_SECONDS = 40, 20.0
DEED_ROUNDS, DEED_CALLS = 9, 8
PRESSES_IN_PROCESS = 1 + WARMING + DEED_ROUNDS * DEED_CALLS
"""How many presses `done_in_process` takes: one counted, some to warm up, and the rounds."""
PRESSES = PRESSES_IN_PROCESS + ROUNDS * DONE_A_ROUND
"""How many presses of each deed the whole bench of one database takes."""
GROWTH_CALLS = 7
TWELVE_KB = 12_000


@dataclass(frozen=True)
class Served:
    """What clients saw over HTTP, and what they saw of the yardstick in turn with it; medians over the rounds."""

    own: Load
    bare: Load
    ratio: float
    """Answers a second, of the yardstick's in the same round."""


@dataclass(frozen=True)
class Figures:
    """One page: bytes as they are and as brotli sends them, SQL statements when it was asked for before, processor
    time; then, over HTTP.
    """

    look: Look
    size: int
    packed: int
    statements: int
    timing: Timing
    served: Served | None = None


def in_process(site: BenchSite) -> list[Figures]:
    """Every page but over HTTP."""
    return [of_page(site, look) for look in looks(site.filled)]


def of_page(site: BenchSite, look: Look) -> Figures:
    """One page but over HTTP."""
    plain = call(site.app, environ(look, site.base_url, "identity"))
    packed = call(site.app, environ(look, site.base_url))
    assert plain.status == packed.status == 200, (look.name, plain.status)
    with statements() as sent:
        call(site.app, environ(look, site.base_url))
    timing = beside_the_bare_page(site.app, lambda: environ(look, site.base_url), len(plain.body))
    return Figures(look, len(plain.body), len(packed.body), len(sent), timing)


def over_http(site: BenchSite, figures: Sequence[Figures], port: int, bare_port: int) -> list[Figures]:
    """The same pages, asked for by clients in turn with the bare page of the same bytes."""
    host = urlsplit(site.base_url).netloc
    found = []
    for one in figures:
        own = [get(one.look.path, host=host, cookie=one.look.cookie)]
        press(port, own, clients=CLIENTS, seconds=SECONDS / 2)
        served = in_turn(lambda own=own: _pressed(port, own), _bare(bare_port, one.size))  # type: ignore[misc]
        assert not served.own.refused, f"{one.look.name}: {served.own.refused} of {served.own.answers} were refused"
        found.append(replace(one, served=served))
    return found


def done_in_process(site: BenchSite, look: Look, presses: Iterator[Press], size: int) -> Figures:
    """A deed done by these presses; the yardstick is the bare page of so many bytes."""

    def ask() -> dict[str, Any]:
        return environ_of(next(presses), site.base_url)

    first = next(presses)
    with statements() as sent:
        told = call(site.app, environ_of(first, site.base_url))
    assert told.status == first.status, told.status
    timing = beside_the_bare_page(site.app, ask, size, rounds=DEED_ROUNDS, calls=DEED_CALLS)
    return Figures(look, size, 0, len(sent), timing)


def done_over_http(site: BenchSite, figures: Figures, presses: Iterator[Press], port: int, bare_port: int) -> Figures:
    """The presses that `done_in_process` left, each sent by its own parent, once."""
    host = urlsplit(site.base_url).netloc

    def sent(one: Press) -> bytes:
        head = [f"{name}: {value}" for name, value in asked_by(one).items()]
        return post(one.path, one.body, host=host, cookie=one.cookie, more=head)

    def some() -> list[bytes]:
        return [sent(one) for one in islice(presses, DONE_A_ROUND)]

    at_a_time = figures.look.clients
    served = in_turn(
        lambda: press(port, some(), clients=at_a_time, seconds=DEED_SECONDS, once=True),
        _bare(bare_port, figures.size, at_a_time),
    )
    assert not served.own.refused, f"{figures.look.name}: {served.own.refused} of {served.own.answers} were refused"
    return replace(figures, served=served)


def string_of_page(bare_port: int) -> float:
    """How often a bare string of 12 KB is answered for each bare page of 12 KB."""
    string = [get(f"/tekst/{TWELVE_KB}", host=HOST)]
    return in_turn(lambda: _pressed(bare_port, string), _bare(bare_port, TWELVE_KB)).ratio


def in_turn(own: Callable[[], Load], bare: Callable[[], Load]) -> Served:
    """Rounds of both, so that other work on the machine slows both alike."""
    pairs = [(bare(), own()) for _ in range(ROUNDS)]
    ratio = median(mine.per_second / yardstick.per_second for yardstick, mine in pairs)
    return Served(_middle([mine for _, mine in pairs]), _middle([yardstick for yardstick, _ in pairs]), ratio)


def grown(site: BenchSite) -> dict[str, tuple[int, float]]:
    """Statements of the first time and milliseconds of processor time of each page, by its name."""
    found = {}
    for look in looks(site.filled):
        with statements() as sent:
            call(site.app, environ(look, site.base_url))
        count, times = len(sent), []
        for _ in range(GROWTH_CALLS):
            asked, begun = environ(look, site.base_url), process_time()
            call(site.app, asked)
            times.append((process_time() - begun) * 1000)
        found[look.name] = (count, median(times))
    return found


def size_of(page: str, figures: Sequence[Figures]) -> int:
    return next(one.size for one in figures if one.look.name == page)


def _bare(port: int, size: int, clients: int = CLIENTS) -> Callable[[], Load]:
    request = [get(f"/side/{size}", host=HOST)]
    return lambda: _pressed(port, request, clients)


def _pressed(port: int, requests: Sequence[bytes], clients: int = CLIENTS) -> Load:
    return press(port, requests, clients=clients, seconds=SECONDS)


def _middle(loads: Sequence[Load]) -> Load:
    return Load(
        per_second=median(load.per_second for load in loads),
        p50=median(load.p50 for load in loads),
        p95=median(load.p95 for load in loads),
        answers=sum(load.answers for load in loads),
        refused=sum(load.refused for load in loads),
    )
