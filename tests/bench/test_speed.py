"""The gate of the goals in `performance.md`: processor time beside the bare page of the same bytes, rounds in turn.

Processor time repeats where the clock on the wall does not; over HTTP only `make bench` measures. What is too slow is
measured once more: a page that is slow is slow twice, a machine that is busy seldom so.
"""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.bench import shortfalls
from tests.bench.deeds import DEEDS, Deed
from tests.bench.figures import PRESSES_IN_PROCESS, Figures, done_in_process, of_page
from tests.bench.looks import Look, looks
from tests.bench.site import BenchSite, bench_site
from tests.databases import BACKENDS, MOMENT, PostgresServer, SqliteFiles, Template

GATE = 0.8
"""How much of a goal must be reached here: the rest is left to the difference between machines."""
CHILDREN = 1_000
TRIES = 2


@pytest.fixture(scope="module", autouse=True)
def _steady_collector() -> Iterator[None]:
    """What other tests of this process left behind is not looked through while something is measured."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> BenchSite:
    return _site(tmp_path_factory.mktemp("speed"), sqlite_files.fresh(Template.TOWN), 1)


def test_pages(site: BenchSite) -> None:
    slow = [_too_slow(look, partial(of_page, site, look)) for look in looks(site.filled)]
    assert [one for one in slow if one] == []


@pytest.mark.parametrize("kind", BACKENDS)
def test_deeds(kind: str, site: BenchSite, tmp_path: Path, sqlite_files: SqliteFiles, postgres: PostgresServer) -> None:
    url = (sqlite_files if kind == "sqlite" else postgres).fresh(Template.TOWN)
    busy = _site(tmp_path, url, PRESSES_IN_PROCESS * TRIES)
    slow = [_too_slow(deed.on(kind), _measuring(deed, busy, site, kind)) for deed in DEEDS]
    assert [one for one in slow if one] == []


def test_what_falls_short_is_measured_and_falls_short(site: BenchSite) -> None:
    goals = {
        look.name: look.goal for look in (*looks(site.filled), *(deed.on(kind) for deed in DEEDS for kind in BACKENDS))
    }
    assert {name: ratio for name, ratio in shortfalls.RATIO.items() if ratio >= goals[name]} == {}


def _measuring(deed: Deed, busy: BenchSite, site: BenchSite, kind: str) -> Callable[[], Figures]:
    size = next(of_page(site, look).size for look in looks(site.filled) if look.name == deed.page)
    return partial(done_in_process, busy, deed.on(kind), deed.presses(busy), size)


def _too_slow(look: Look, measure: Callable[[], Figures]) -> str | None:
    """What there is to say of a page that takes too long, in every try."""
    floor = GATE * shortfalls.RATIO.get(look.name, look.goal)
    ratios = []
    for _ in range(TRIES):
        ratios.append(measure().timing.ratio)
        if ratios[-1] >= floor:
            return None
    return f"{look.name}: {' and '.join(f'{ratio:.3f}' for ratio in ratios)} of the bare page, not {floor:.3f}"


def _site(folder: Path, url: str, presses: int) -> BenchSite:
    return bench_site(folder, url, MOMENT, children=CHILDREN, presses=presses)
