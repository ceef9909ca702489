"""What a page costs as the town grows: the number of SQL statements, and the bytes of its HTML."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import shortfalls
from tests.bench.deeds import DEEDS, Deed, environ_of
from tests.bench.inprocess import call, environ, statements
from tests.bench.looks import PACKED_BYTES, Look, looks
from tests.bench.site import BenchSite, bench_site
from tests.databases import MOMENT, SqliteFiles, Template

SMALL, LARGE = 1_000, 10_000


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> BenchSite:
    return _site(tmp_path_factory.mktemp("small"), sqlite_files, SMALL)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> BenchSite:
    """More children than Ballerup has: about 540 are born there in a year."""
    return _site(tmp_path_factory.mktemp("large"), sqlite_files, LARGE)


def test_no_page_asks_more_often_in_a_larger_town(small: BenchSite, large: BenchSite) -> None:
    assert _asked(large) == _asked(small)


def test_no_page_asks_more_often_than_it_may(large: BenchSite) -> None:
    asked = _asked(large)
    most = {look.name: shortfalls.STATEMENTS.get(look.name, look.statements) for look in looks(large.filled)}
    assert {name: number for name, number in asked.items() if number > most[name]} == {}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_takes_as_many_statements_in_a_larger_town(small: BenchSite, large: BenchSite, deed: Deed) -> None:
    counted = []
    for site in (small, large):
        press = next(deed.presses(site))
        with statements() as sent:
            assert call(site.app, environ_of(press, site.base_url)).status == press.status
        counted.append(len(sent))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_a_page_travels_in_a_few_packets(language: str, large: BenchSite) -> None:
    most = {look.name: shortfalls.BYTES.get(look.name, PACKED_BYTES) for look in looks(large.filled)}
    heavy = {look.name: size for look, size in _sizes(large, language) if size > most[look.name]}
    assert heavy == {}


def _asked(site: BenchSite) -> dict[str, int]:
    """How many statements each page takes when it was asked for once before."""
    found = {}
    for look in looks(site.filled):
        call(site.app, environ(look, site.base_url))
        with statements() as sent:
            assert call(site.app, environ(look, site.base_url)).status == 200
        found[look.name] = len(sent)
    return found


def _sizes(site: BenchSite, language: str) -> Iterator[tuple[Look, int]]:
    for look in looks(site.filled, language):
        yield look, len(call(site.app, environ(look, site.base_url)).body)


def _site(folder: Path, files: SqliteFiles, children: int) -> BenchSite:
    return bench_site(folder, files.fresh(Template.TOWN), MOMENT, children=children, presses=2)
