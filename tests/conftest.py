"""What every test may ask for: a database of its own, a clock that stands still, the town, the whole site."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from parentsite.app import create_site
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.settings import Settings
from parentsite.foundation.work import SYSTEM, Actor, Work
from parentsite.town.pack.parse import parse_pack
from parentsite.town.town import Town
from tests.databases import BACKENDS, KEYRING, MOMENT, PostgresServer, SqliteFiles, Template, shipped_pack
from tests.sites import Site

BASE_URL = "http://byen.example"
NewDatabase = Callable[[Template], Database]
Working = Callable[..., AbstractContextManager[Work]]


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL, started when the first test asks for a database on it."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each kind of database."""
    return str(request.param)


@pytest.fixture
def new_url(backend: str, sqlite_files: SqliteFiles, postgres: PostgresServer) -> Iterator[Callable[..., str]]:
    """Makes databases of the kind under test, for this test alone."""
    made: list[str] = []

    def fresh(template: Template | None = None) -> str:
        made.append((sqlite_files if backend == "sqlite" else postgres).fresh(template))
        return made[-1]

    yield fresh
    for url in made:
        (sqlite_files if backend == "sqlite" else postgres).drop(url)


@pytest.fixture
def new_database(new_url: Callable[..., str]) -> Iterator[NewDatabase]:
    """Makes databases of the kind under test, as `Database`."""
    made: list[Database] = []

    def fresh(template: Template = Template.TOWN) -> Database:
        made.append(Database(new_url(template), KEYRING))
        return made[-1]

    yield fresh
    for each in made:
        each.dispose()


@pytest.fixture
def database(new_database: NewDatabase) -> Database:
    """A database with the shipped town in it and nobody yet, on SQLite and on PostgreSQL."""
    return new_database(Template.TOWN)


@pytest.fixture
def empty_database(new_database: NewDatabase) -> Database:
    """A database with tables and nothing in them, on SQLite and on PostgreSQL."""
    return new_database(Template.EMPTY)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MOMENT)


@pytest.fixture
def work(database: Database, clock: FixedClock) -> Working:
    """`with work(actor) as now:` is one write transaction at the clock's moment, committed at the end."""

    @contextmanager
    def working(actor: Actor = SYSTEM) -> Iterator[Work]:
        with database.write() as session:
            yield Work(session, clock.now(), actor)

    return working


@pytest.fixture
def look(database: Database, clock: FixedClock) -> Working:
    """`with look(actor) as now:` reads at the clock's moment and cannot write."""

    @contextmanager
    def looking(actor: Actor = SYSTEM) -> Iterator[Work]:
        with database.read() as session:
            yield Work(session, clock.now(), actor)

    return looking


@pytest.fixture(scope="session")
def town() -> Town:
    """The shipped town."""
    return parse_pack(shipped_pack())


@pytest.fixture(scope="session")
def lilleby() -> str:
    """The pack of a town that does not exist, as text."""
    return (Path(__file__).parent / "town" / "packs" / "lilleby.toml").read_text(encoding="utf-8")


@pytest.fixture
def new_site(sqlite_files: SqliteFiles, tmp_path: Path, clock: FixedClock) -> Iterator[Callable[..., Site]]:
    """Makes whole sites, on SQLite unless a URL is given; the environment's settings may be changed by keyword."""
    made: list[Site] = []

    def site(template: Template = Template.TOWN, url: str | None = None, **changed: str) -> Site:
        settings = settings_for(tmp_path, url or sqlite_files.fresh(template), **changed)
        own = Database(settings.database_url, settings.keyring)
        made.append(Site(create_site(settings, clock), settings, own, clock))
        return made[-1]

    yield site
    for each in made:
        each.database.dispose()


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    """The whole site, with the shipped town and nobody in it yet."""
    return new_site()


def settings_for(folder: Path, database_url: str, **changed: str) -> Settings:
    """Settings as the environment would give them, in test mode, with the keys of the tests' databases."""
    environment: dict[str, Any] = {
        "MODE": "test",
        "DATA": str(folder),
        "DATABASE_URL": database_url,
        "BASE_URL": BASE_URL,
        "SEAL_KEYS": ",".join(b64encode(key).decode() for key in KEYRING.keys),
        "INDEX_KEY": b64encode(KEYRING.index_key).decode(),
        **{f"SECRET_{name}": name.lower() * 8 for name in ("PARENTS", "SAMTALE", "DESK")},
        **changed,
    }
    return Settings.from_env({f"PARENTSITE_{name}": value for name, value in environment.items()})
