"""The site as it runs for real, on a database of its own, with as many connections to it as it may have."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psutil
from sqlalchemy import make_url, text

from parentsite.foundation.clock import FileClock
from parentsite.foundation.database import POOL_SIZE, Database
from parentsite.foundation.settings import Settings
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from tests.bench.load import HOST
from tests.bench.served import free_port, site_at
from tests.bench.site import environment_for
from tests.contended.crowd import Browser
from tests.databases import MOMENT

MOST_CONNECTIONS = 16
ROUNDS, LONGEST = 50, 3600
"""How often a race is run, and the seconds in which all of them are over on a machine that is busy: what hangs is found
long before, by the first browser that is not answered.
"""
WORKERS = MOST_CONNECTIONS // POOL_SIZE
"""More than the machine has processors: the more requests are under way at once, the more can go wrong."""
TROUBLE = ("Traceback", " ERROR ", "incident ")
BESIDE = "the-test-itself"
_CONNECTED = text(
    "SELECT count(*) FROM pg_stat_activity"
    f" WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> '{BESIDE}'"
)
_DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@dataclass
class Running:
    """A site that is being served, and a hand on its database beside it."""

    database: Database
    clock: FileClock
    port: int
    server: int
    log: Path

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A write transaction beside the site's own."""
        with self.database.write() as session:
            yield Work(session, self.clock.now(), SYSTEM)

    @contextmanager
    def look(self) -> Iterator[Work]:
        """A look into the database."""
        with self.database.read() as session:
            yield Work(session, self.clock.now(), SYSTEM)

    def sign_in(self, work: Work, person: UUID) -> Browser:
        """A browser in which this parent is signed in."""
        return Browser(self.port, sessions.begin(work, Zone.MIT, Actor(ActorKind.PARENT, person)))

    def connections(self) -> int:
        """How many connections the site has to its database just now."""
        if self.database.is_sqlite:
            children = psutil.Process(self.server).children()
            return sum(one.path == self.database.url.database for child in children for one in child.open_files())
        with self.database.read() as session:
            return session.execute(_CONNECTED).scalar_one()

    def deadlocks(self) -> int:
        """How often two transactions have waited for one another, whether or not the second try succeeded."""
        if self.database.is_sqlite:
            return 0
        with self.database.read() as session:
            return session.execute(_DEADLOCKS).scalar_one()

    def trouble(self) -> list[str]:
        """What the site has complained of."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if any(sign in line for sign in TROUBLE)]


@contextmanager
def running(folder: Path, url: str, workers: int = WORKERS) -> Iterator[Running]:
    """Serve the site by so many processes on the database at `url`, which has a town; it is the tests' Thursday."""
    port, log = free_port(), folder / "site.log"
    environment = environment_for(folder, url, f"http://{HOST}:{port}")
    settings = Settings.from_env(environment)
    clock = FileClock(settings.data / "clock")
    clock.set(MOMENT)
    database = Database(_beside(settings.database_url), settings.keyring)
    try:
        with site_at(port, environment, workers, log) as server:
            yield Running(database, clock, port, server, log)
    finally:
        database.dispose()


def _beside(url: str) -> str:
    """The same database, by connections that PostgreSQL can tell from the site's: one that is closed goes on for a
    moment, and would be counted with them.
    """
    made = make_url(url)
    if made.get_backend_name() == "postgresql":
        made = made.update_query_dict({"application_name": BESIDE})
    return made.render_as_string(hide_password=False)
