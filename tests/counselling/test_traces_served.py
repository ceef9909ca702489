"""The site as it is served for real, in the log of its server too: nothing that was written, no secret and nothing of
who came is found in any file, whatever was answered on the way.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from uuid import UUID

import pytest

from parentsite.app import JOURNEYS
from parentsite.counselling.chores import chores
from parentsite.counselling.journey import JOURNEY
from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.office import office_at
from parentsite.foundation.clock import COPENHAGEN, FixedClock, SystemClock
from parentsite.foundation.database import Database
from parentsite.foundation.post import FolderTransport
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import StaffMember
from parentsite.worker import Worker
from tests.bench.load import HOST
from tests.counselling.people import crowded
from tests.counselling.serving import BASE_URL, COUNSELLORS, Answer, Served, served
from tests.counselling.test_stolen import bytes_around
from tests.databases import KEYRING, SqliteFiles
from tests.page_laws import Sheet

MARKER = "Kvartsurmagerens hemmelighed"
ADDRESS, LOCAL_ADDRESS, AGENT = "203.0.113.77", "127.0.0.77", "Lommelaerke/7.1"
COMES_FROM = (("User-Agent", AGENT), ("X-Forwarded-For", ADDRESS), ("Referer", f"https://{ADDRESS}/hjemme"))
FRONT, BACK, INSIDE, WORDS = "/samtale/da/", "/samtale/da/tilbage", "/samtale/da/samtale", "/samtale/da/ord"
CALENDAR = "/mit/kalender/findes-ikke.ics"
"""Asked for too often, it answers 429; the anonymous zone never does."""


@pytest.fixture
def site(tmp_path: Path, sqlite_files: SqliteFiles, lilleby: str) -> Iterator[Served]:
    """One process behind one proxy; two conversations may begin in an hour."""
    with served(tmp_path, sqlite_files, lilleby, 1, PROXIES="1", COUNSELLING_EACH_HOUR="2") as town:
        yield town


class Attacked:
    """Somebody who writes, and everything that a server can answer."""

    def __init__(self, site: Served) -> None:
        self.site, self.told = site, set[int]()
        self.cookie, self.token = "", ""

    def asks(self, path: str, status: int, more: tuple[tuple[str, str], ...] = (), **fields: str) -> Answer:
        sent = {**fields, "csrf_token": self.token} if fields else None
        answer = self.site.ask(path, sent, self.cookie, (*COMES_FROM, *more))
        assert answer.status == status, (path, answer.status, answer.body)
        self.told.add(status)
        return answer

    def writes(self) -> list[str]:
        """Writes for the first time. Returns the secrets."""
        first = self.asks(FRONT, 303, text=f"{MARKER} 1")
        self.cookie = first.headers["Set-Cookie"].partition(";")[0]
        sheet = Sheet(WORDS, self.asks(WORDS, 200).body)
        words = [each.text for each in sheet.all("//ol[@class='secret']/li")]
        (digits,) = (each.text for each in sheet.all("//p[@class='secret']"))
        self.token = str(sheet.all("//input[@name='csrf_token']/@value")[0])
        spelt = [" ".join(words), "-".join(words), digits, digits.replace(" ", ""), " ".join(w[:4] for w in words)]
        return [*spelt, self.token, self.cookie.partition("=")[2]]

    def provokes_refusals(self, phrase: str) -> None:
        text = f"{MARKER} 2"
        self.asks(INSIDE, 303, text=text)
        self.asks(f"{INSIDE}?q=Kvartsurmagerens", 200)
        self.asks(INSIDE, 400, (("Origin", "https://evil.example"),), text=text)
        self.asks(INSIDE, 400, (("Host", "evil.example"),), text=text)
        self.asks(f"{FRONT}Kvartsurmagerens", 404)
        self.asks("/samtale/da/gem", 405, text=text)
        self.asks(INSIDE, 413, text=MARKER * 40_000)
        self.asks(INSIDE, 422, text=f"{MARKER} 010120-1234")
        self.asks(BACK, 422, phrase=f"{phrase} Kvartsurmagerens")
        for _ in range(120):
            self.asks(CALENDAR, 404)
        self.asks(CALENDAR, 429)
        self.token, token = "Kvartsurmagerens", self.token
        self.asks(INSIDE, 401, text=text)
        self.token = token

    def provokes_trouble(self, phrase: str) -> None:
        """The slot is taken, the hour is full, the keys are not there."""
        keys, text = self.site.keys, f"{MARKER} 3"
        with crowded(Slot(keys)):
            self.asks(BACK, 503, phrase=phrase, text=text)
            self.asks(FRONT, 503, text=text)
        self.asks(FRONT, 303, text=text)
        self.asks(FRONT, 503, text=text)
        shutil.move(keys, keys.with_name("elsewhere"))
        self.asks(BACK, 500, phrase=phrase, text=text)
        shutil.move(keys.with_name("elsewhere"), keys)

    def loses_the_database(self) -> None:
        with sqlite3.connect(self.site.apart) as file:
            file.execute("ALTER TABLE house_key RENAME TO lost")
        file.close()
        self.asks(FRONT, 503, text=f"{MARKER} 4")

    def breaks_the_protocol(self) -> None:
        """No request at all, and one whose head never ends, from an address of its own."""
        for rubbish in (f"{AGENT} {MARKER}\r\n\r\n", f"GET /samtale/da/ HTTP/1.1\r\nX: {MARKER * 9000}\r\n\r\n"):
            raw = HTTPConnection(HOST, self.site.port, timeout=5, source_address=(LOCAL_ADDRESS, 0))
            raw.connect()
            raw.sock.sendall(rubbish.encode())
            raw.close()


def counsellors_are_told(site: Served) -> None:
    """The worker's next working morning: the digest, and whatever else a round writes."""
    now = SystemClock().now().astimezone(COPENHAGEN)
    morning = (now + timedelta(days=8 - now.isoweekday())).replace(hour=9)
    database = Database(site.environment["PARENTSITE_DATABASE_URL"], KEYRING)
    office, post = office_at(site.apart, site.keys, each_hour=1), FolderTransport(site.folder / "letters")
    with database.write() as session:
        for each in COUNSELLORS:
            _tell_address(Work(session, morning, SYSTEM), each)
    apart = chores(office, database)
    Worker(database, FixedClock(morning), post, "byen@example.org", BASE_URL, (*JOURNEYS, JOURNEY), apart).round()
    office.database.dispose()
    database.dispose()


def _tell_address(work: Work, who: UUID) -> None:
    told = {"issuer": "https://staff.example", "subject": str(who), "seen_on": work.today}
    work.session.add(StaffMember(id=who, name="Anne", email=f"{who}@example.org", **told))


def test_nothing_is_found_where_an_attacker_would_look(site: Served) -> None:
    attacked = Attacked(site)
    secrets = attacked.writes()
    attacked.provokes_refusals(secrets[0])
    attacked.provokes_trouble(secrets[0])
    attacked.breaks_the_protocol()
    counsellors_are_told(site)
    attacked.loses_the_database()
    assert attacked.told >= {200, 303, 400, 401, 404, 405, 413, 422, 429, 500, 503}
    main = Path(site.environment["PARENTSITE_DATABASE_URL"].removeprefix("sqlite:///"))
    found = bytes_around(site.folder) + b"".join(path.read_bytes() for path in main.parent.glob(f"{main.name}*"))
    assert b"incident" in site.log.read_bytes(), "the log is where the server writes it"
    assert len(list((site.folder / "letters").iterdir())) == len(COUNSELLORS)
    sought = [MARKER, MARKER.split()[0], ADDRESS, LOCAL_ADDRESS, AGENT, *secrets]
    assert [one for one in sought if one.encode() in found] == []
