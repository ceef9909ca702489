"""`make bench`: measures the site beside the yardstick in one run, and writes `results.md`. About eight minutes."""

import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from parentsite.foundation.clock import SystemClock, local_date
from parentsite.foundation.database import Database
from parentsite.foundation.settings import Settings
from parentsite.foundation.web.collector import collected_seldom
from parentsite.foundation.work import SYSTEM, Work
from tests.bench import figures, served
from tests.bench.allocation import measured
from tests.bench.contention import Contended, under_contention
from tests.bench.copies import copy_families
from tests.bench.deeds import DEEDS
from tests.bench.load import HOST
from tests.bench.report import Machine, OnDatabase, Results, as_markdown
from tests.bench.site import BenchSite, bench_site, environment_for, site_on
from tests.bench.town_of import fill_town
from tests.databases import Backend, PostgresServer, SqliteFiles, Template

RESULTS = Path(__file__).with_name("results.md")
SMALL, LARGE, COPIED = 1_000, 200_000, 5_000


@dataclass(frozen=True)
class Bench:
    """One run: where its files are, and when it is."""

    folder: Path
    files: SqliteFiles
    now: datetime

    def on(self, name: str, backend: str, url: str, other: str) -> OnDatabase:
        """Every page and every deed, in this process and over HTTP, with the database at `url`; crowds on the other."""
        port, bare_port = served.free_port(), served.free_port()
        address = f"http://{HOST}:{port}"
        site = bench_site(self.folder, url, self.now, children=SMALL, presses=figures.PRESSES, base_url=address)
        collected_seldom(site.app)
        pages = figures.in_process(site)
        presses = {deed: deed.presses(site) for deed in DEEDS}
        done = [
            (figures.done_in_process(site, deed.on(backend), some, figures.size_of(deed.page, pages)), some)
            for deed, some in presses.items()
        ]
        start = served.start_of_a_worker(site.environment)
        with served.site_at(port, site.environment) as server, served.bare_at(bare_port):
            pages = figures.over_http(site, pages, port, bare_port)
            pages += [figures.done_over_http(site, one, some, port, bare_port) for one, some in done]
            memory = served.memory_of_workers(server)
            strings = figures.string_of_page(bare_port)
        return OnDatabase(name, pages, strings, memory, start, self._crowds(backend, other))

    def on_sqlite(self) -> OnDatabase:
        return self.on(f"SQLite {sqlite3.sqlite_version}", "sqlite", *self._two(self.files))

    def on_postgresql(self) -> OnDatabase:
        server = PostgresServer()
        try:
            url, other = self._two(server)
            return self.on(f"PostgreSQL {_make_durable(url)}", "postgresql", url, other)
        finally:
            server.stop()

    def _two(self, backend: Backend) -> tuple[str, str]:
        return backend.fresh(Template.TOWN), backend.fresh(Template.TOWN)

    def _crowds(self, backend: str, url: str) -> list[Contended]:
        folder = self.folder / f"crowds-{backend}"
        folder.mkdir()
        return under_contention(folder, url)

    def small_town(self) -> BenchSite:
        return bench_site(self.folder, self.files.fresh(Template.TOWN), self.now, children=SMALL)

    def large_town(self) -> BenchSite:
        """A few thousand families by the rules, and copies of them."""
        url = self.files.fresh(Template.TOWN)
        environment = environment_for(self.folder, url)
        settings = Settings.from_env(environment)
        database = Database(url, settings.keyring)
        with database.write() as session:
            fill_town(Work(session, self.now, SYSTEM), COPIED, seed=1)
        database.dispose()
        copy_families(Path(str(make_url(url).database)), LARGE // COPIED - 1)
        with database.write() as session:
            filled = fill_town(Work(session, self.now, SYSTEM), 0, seed=2)
        return site_on(settings, database, filled, environment, self.now)


def main() -> None:
    """Measure everything, print it, write it down."""
    load, now = os.getloadavg()[0], SystemClock().now()
    with _folder() as folder:
        bench = Bench(folder, SqliteFiles(folder), now)
        _say("pages and answers on SQLite")
        sqlite = bench.on_sqlite()
        _say("pages and answers on PostgreSQL")
        postgresql = bench.on_postgresql()
        _say(f"growth from {SMALL:,} to {LARGE:,} children")
        small, large = figures.grown(bench.small_town()), figures.grown(bench.large_town())
    _say("the allocation run")
    allocated = tuple(measured())
    machine = Machine(platform.python_version(), platform.machine(), os.cpu_count() or 1, load, os.getloadavg()[0])
    text = as_markdown(Results(local_date(now), machine, (sqlite, postgresql), {SMALL: small, LARGE: large}, allocated))
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _make_durable(url: str) -> str:
    """The tests' server forgets what it acknowledged when the power fails; the one measured must not. Returns its
    version.
    """
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")
        return str(connection.info.parameter_status("server_version"))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(what: str) -> None:
    sys.stderr.write(f"bench: {what} …\n")


if __name__ == "__main__":
    main()
