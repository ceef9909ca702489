"""Fifty parents come back at the same moment, to the site as it is served for real: one key is made at a time, the
others are told at once, and every other page goes on answering.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from parentsite.counselling.keys.derivation import Cost
from parentsite.counselling.rules.phrase import Phrase
from tests.counselling.serving import Answer, Served, served
from tests.databases import SqliteFiles

CROWD, MOST_LET_IN = 50, 10
BACK, SEARCH = "/samtale/da/tilbage", "/da/bornehuse?q=sol"
QUIET_PAGES, QUIET_RETURNS = 15, 5
MIB = 1024 * 1024
MOST_WAITED_FOR = 6
"""Keys, made one after another: no page waits for as many (as a queue they would be fifty, and were)."""


@pytest.fixture(params=[1, 2])
def site(request: pytest.FixtureRequest, tmp_path: Path, sqlite_files: SqliteFiles, lilleby: str) -> Iterator[Served]:
    """Served by one process, and by two."""
    with served(tmp_path, sqlite_files, lilleby, request.param) as town:
        yield town


def test_fifty_come_back_at_once(site: Served) -> None:
    page, back = (lambda: site.ask(SEARCH)), (lambda: comes_back(site))
    for _ in range(QUIET_PAGES):
        assert page().status == 200
    one_key = median(took(back)[0] for _ in range(QUIET_RETURNS))
    with most_memory_of(site) as memory, ThreadPoolExecutor(CROWD) as pool:
        together = threading.Barrier(CROWD)
        answers = [pool.submit(lambda: (together.wait(), comes_back(site))[1]) for _ in range(CROWD)]
        waited = [took(page)]
        while not all(one.done() for one in answers):
            waited.append(took(page))
    told = [one.result() for one in answers]
    assert {one.status for one in told} == {422, 503}
    assert len([one for one in told if one.status == 422]) <= MOST_LET_IN
    assert [one for one in told if one.status == 503 and not says_what_to_do(one)] == []
    assert {answer.status for _, answer in waited} == {200}
    assert max(seconds for seconds, _ in waited) < MOST_WAITED_FOR * one_key
    assert memory[-1] - memory[0] < 1.5 * Cost().memory, f"{[one // MIB for one in memory]} MiB"


def comes_back(site: Served) -> Answer:
    return site.ask(BACK, {"phrase": " ".join(Phrase.new().words)})


def says_what_to_do(answer: Answer) -> bool:
    """Help numbers, when to come again, and a form that comes again by itself with the words still in it."""
    told = ('href="tel:112"', "data-again", 'name="phrase"')
    return answer.headers["Retry-After"] == "5" and all(one in answer.body for one in told)


def took(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = perf_counter()
    answer = ask()
    return perf_counter() - begun, answer


@contextmanager
def most_memory_of(site: Served) -> Iterator[list[int]]:
    """The bytes that all processes of the site hold together: when it begins and, in the end, the most."""
    workers, over = site.workers(), threading.Event()

    def held() -> int:
        return sum(one.memory_info().rss for one in workers)

    found = [held()]
    most = found[0]

    def watch() -> None:
        nonlocal most
        while not over.wait(0.001):
            most = max(most, held())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
        found.append(most)
