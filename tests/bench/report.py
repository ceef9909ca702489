"""The figures as a page to read: `results.md`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.bench.allocation import CHILDREN, HOUSES, Allocated
from tests.bench.allocation import GOAL as ALLOCATION_GOAL
from tests.bench.contention import ROUNDS as RACES
from tests.bench.contention import Contended
from tests.bench.figures import Figures
from tests.bench.looks import PACKED_BYTES
from tests.bench.served import Start

MEMORY_GOAL, START_GOAL, LATEST_GOAL = 150, 1.5, 250
HEADS = ("page", "bytes", "br", "SQL", "req/s", "p50 ms", "p95 ms", "bare req/s", "ratio", "goal", "", "in process")
Grown = Mapping[str, tuple[int, float]]


@dataclass(frozen=True)
class Machine:
    """The kind of machine, and how many processes wanted its processors in the minute before and after."""

    python: str
    architecture: str
    processors: int
    load_before: float
    load_after: float


@dataclass(frozen=True)
class OnDatabase:
    """What was measured with one database. `strings`: how often a bare string of 12 KB is answered for each bare page
    of 12 KB; `memory`: MiB of each worker.
    """

    name: str
    figures: Sequence[Figures]
    strings: float
    memory: Sequence[float]
    start: Start
    contended: Sequence[Contended]


@dataclass(frozen=True)
class Results:
    """All of one run; what grew, by the number of children."""

    day: date
    machine: Machine
    databases: Sequence[OnDatabase]
    grown: Mapping[int, Grown]
    allocated: Sequence[Allocated]


def as_markdown(results: Results) -> str:
    """The whole page."""
    return "\n".join(
        (
            "# Bench: the last figures",
            "",
            *_conditions(results),
            "",
            "## Goals that are missed",
            "",
            *([f"- {one}" for one in missed(results)] or ["None."]),
            "",
            *(line for database in results.databases for line in _of_database(database)),
            *_growth(results.grown),
            *_allocation(results.allocated),
        )
    )


def missed(results: Results) -> Iterator[str]:
    """Every goal of `performance.md` that this run did not reach, in words."""
    for database in results.databases:
        for one in database.figures:
            if not _met(one):
                yield f"{database.name}: {one.look.name}, {_ratio(one):.2f} of the bare page (goal {one.look.goal:.2f})"
            if one.packed > PACKED_BYTES:
                yield f"{database.name}: {one.look.name}, {one.packed:,} bytes (goal {PACKED_BYTES:,})"
        if max(database.memory) > MEMORY_GOAL:
            yield f"{database.name}: memory of a worker, {max(database.memory):.0f} MiB (goal {MEMORY_GOAL})"
        if database.start.seconds > START_GOAL:
            yield f"{database.name}: start to the first answer, {database.start.seconds:.1f} s (goal {START_GOAL})"
        for race in database.contended:
            if race.wrong or race.errors:
                yield f"{database.name}: {race.name}, {race.wrong} runs wrong, {race.errors} errors (goal: none)"
            if race.p99 > LATEST_GOAL:
                yield f"{database.name}: {race.name}, p99 {race.p99:,.0f} ms (goal {LATEST_GOAL})"
    for run in results.allocated:
        if run.seconds > ALLOCATION_GOAL:
            told = f"{run.places} places a hundred children"
            yield f"the allocation run, {told}: {run.seconds:.2f} s (goal {ALLOCATION_GOAL})"
    for one in results.databases[0].figures:
        counts = {grown[one.look.name][0] for grown in results.grown.values() if one.look.name in grown}
        if len(counts) > 1:
            yield f"{one.look.name}: the number of SQL statements grows with the town"
        if counts and max(counts) > one.look.statements:
            yield f"{one.look.name}: {max(counts)} SQL statements (goal {one.look.statements})"


def _conditions(results: Results) -> Iterator[str]:
    machine, strings = results.machine, [database.strings for database in results.databases]
    yield (
        f"`make bench`, {results.day.isoformat()}: Python {machine.python}, {machine.processors} processors "
        f"({machine.architecture}) shared with other work: load {machine.load_before:.1f} when it began, "
        f"{machine.load_after:.1f} when it ended. Only ratios within one run carry over to another machine."
    )
    yield ""
    yield (
        "The yardstick is a bare Flask and Jinja page of the same bytes: no language, no database, no compression, "
        "served by the same server with the same workers and threads. A string of 12 KB was answered "
        f"{' and '.join(f'{one:.1f}' for one in strings)} times as often as its 12 KB."
    )
    yield ""
    yield (
        "Over HTTP: granian, 2 workers with 2 blocking threads, 4 clients on the same machine, the site and the "
        "yardstick in turn, medians of the rounds. The last column is the ratio of processor time inside one process. "
        "All at once: each client on a connection of its own, every form sent before an answer is read; times count "
        "from there."
    )


def _of_database(database: OnDatabase) -> Iterator[str]:
    yield f"## {database.name}"
    yield ""
    yield from _table(HEADS, [_row(one) for one in database.figures])
    yield ""
    yield from _table(
        ("all at once", "runs right", "5xx", "won/s", "answers/s", "p50 ms", "p95 ms", "p99 ms"),
        [_race(one) for one in database.contended],
    )
    yield ""
    memory = ", ".join(f"{size:.0f}" for size in database.memory)
    yield f"- a worker at rest after all this: {memory} MiB (goal: {MEMORY_GOAL})"
    yield (
        f"- from the start of a worker to its first answer: {database.start.seconds:.1f} s (goal: {START_GOAL}), of "
        f"which the processor worked {database.start.of_processor:.1f} s"
    )
    yield ""


def _growth(grown: Mapping[int, Grown]) -> Iterator[str]:
    sizes = sorted(grown)
    yield "## Growth"
    yield ""
    yield "SQL statements of the first visit, and milliseconds of processor time, by the number of children (SQLite)."
    yield ""
    heads = ("page", *(f"SQL at {size:,}" for size in sizes), *(f"ms at {size:,}" for size in sizes))
    rows = [
        (name, *(str(grown[size][name][0]) for size in sizes), *(f"{grown[size][name][1]:.1f}" for size in sizes))
        for name in grown[sizes[0]]
    ]
    yield from _table(heads, rows)
    yield ""


def _allocation(allocated: Sequence[Allocated]) -> Iterator[str]:
    yield "## The allocation run"
    yield ""
    yield (
        f"{CHILDREN:,} children and {HOUSES} houses, every reason included: seconds of processor time in one process, "
        f"the best of some rounds (goal: {ALLOCATION_GOAL})."
    )
    yield ""
    heads = ("free places", "counted in", "seconds", "by a wish", "guaranteed", "guarantees not met")
    yield from _table(
        heads,
        [
            (
                f"for {one.places} of 100 children",
                "units" if one.in_units else "children",
                f"{one.seconds:.2f}",
                *(f"{number:,}" for number in (one.wished, one.guaranteed, one.short)),
            )
            for one in allocated
        ],
    )
    yield ""


def _met(one: Figures) -> bool:
    return _ratio(one) >= one.look.goal


def _ratio(one: Figures) -> float:
    assert one.served is not None
    return one.served.ratio


def _row(one: Figures) -> tuple[str, ...]:
    assert one.served is not None
    own, bare = one.served.own, one.served.bare
    return (
        one.look.name,
        f"{one.size:,}",
        f"{one.packed:,}" if one.packed else "",
        str(one.statements),
        f"{own.per_second:,.0f}",
        f"{own.p50:.1f}",
        f"{own.p95:.1f}",
        f"{bare.per_second:,.0f}",
        f"{one.served.ratio:.2f}",
        f"{one.look.goal:.2f}",
        "" if _met(one) else "missed",
        f"{one.timing.ratio:.2f}",
    )


def _race(one: Contended) -> tuple[str, ...]:
    times = (f"{one.won:,.0f}", f"{one.answered:,.0f}", f"{one.p50:,.0f}", f"{one.p95:,.0f}", f"{one.p99:,.0f}")
    return (one.name, f"{RACES - one.wrong} of {RACES}", str(one.errors), *times)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    ruler = ["---", *["---:" for _ in heads[1:]]]
    for cells in (heads, ruler, *rows):
        yield f"| {' | '.join(cells)} |"
