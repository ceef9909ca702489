"""The site as a town runs it: production, `parentsite serve` as its own processes, the key held by counsellors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import psutil

from parentsite.counselling.office import Office, office_at
from parentsite.counselling.service import enrolment, roster
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.town.service import load_pack
from tests.bench.load import HOST
from tests.bench.served import free_port, site_at
from tests.counselling.test_shell import COUNSELLING
from tests.databases import KEYRING, MOMENT, SqliteFiles, Template
from tests.foundation.test_settings import production

BASE_URL = "https://byen.example"
COUNSELLORS = (UUID(int=1), UUID(int=2))
PATIENCE = 60.0
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What a server said, and how it said it."""

    status: int
    headers: HTTPMessage
    body: str


@dataclass
class Served:
    """A site that is being served, and what is known of it from outside."""

    folder: Path
    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)
    server: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def apart(self) -> Path:
        """The file of the conversations."""
        return Path(self.environment["PARENTSITE_COUNSELLING_DATABASE"])

    @property
    def keys(self) -> Path:
        return Path(self.environment["PARENTSITE_COUNSELLING_KEYS"])

    def ask(
        self, path: str, fields: Mapping[str, str] | None = None, cookie: str = "", more: Sequence[tuple[str, str]] = ()
    ) -> Answer:
        """Ask for a page or, with fields, send a form from the site's own page."""
        base_url = self.environment["PARENTSITE_BASE_URL"]
        told = {"Host": base_url.partition("//")[2], **({"Cookie": cookie} if cookie else {})}
        if fields is not None:
            told |= {"Origin": base_url, "Content-Type": FORM}
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        body = None if fields is None else urlencode(fields)
        connection.request("GET" if fields is None else "POST", path, body, {**told, **dict(more)})
        answered = connection.getresponse()
        read = Answer(answered.status, answered.headers, answered.read().decode("utf-8", "replace"))
        connection.close()
        return read

    def workers(self) -> list[psutil.Process]:
        """The processes that answer."""
        return [one for one in psutil.Process(self.server).children() if one.memory_info().rss > 20 * 1024 * 1024]


@contextmanager
def served(folder: Path, files: SqliteFiles, pack: str, workers: int, **changed: str) -> Iterator[Served]:
    """Serve a town whose counsellors hold the key; `changed` are settings."""
    temporary = folder / "tmp"
    temporary.mkdir()
    told = {"DATABASE_URL": files.fresh(Template.EMPTY), "BASE_URL": BASE_URL, **changed}
    environment = {**production(folder, **told), "TMPDIR": str(temporary)}
    made = Served(folder, environment)
    _found(made, pack)
    with site_at(made.port, environment, workers, made.log) as made.server:
        yield made


def _found(made: Served, pack: str) -> None:
    database = Database(made.environment["PARENTSITE_DATABASE_URL"], KEYRING)
    with database.write() as session:
        load_pack(Work(session, MOMENT, SYSTEM), pack + COUNSELLING, lambda _, codes: frozenset())
    database.dispose()
    office = office_at(made.apart, made.keys, each_hour=1)
    _enrol(office)
    office.database.dispose()


def _enrol(office: Office) -> None:
    prepared = [enrolment.prepare(office.derivation) for _ in COUNSELLORS]
    with office.database.write() as session:
        work = Work(session, MOMENT, SYSTEM)
        for who, one in zip(COUNSELLORS, prepared, strict=True):
            enrolment.enrol(work, who, "Anne", one)
        roster.found(work, None)
