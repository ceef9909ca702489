"""The real thing: `parentsite demo` as its own processes, a real mail server, and a hand on the clock."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
from aiosmtpd.controller import Controller
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from parentsite.app import office_of
from parentsite.counselling.office import Office
from parentsite.counselling.service import doors, enrolment
from parentsite.counselling.service.tokens import Token
from parentsite.demo.running import DemoSite
from parentsite.foundation.clock import FileClock, monotonic
from parentsite.foundation.database import Database
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.settings import Settings
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from parentsite.people.models import Child, Person
from tests import builders
from tests.browser import Visitor
from tests.builders import Pair
from tests.databases import MOMENT

START_SECONDS = 120.0
END_SECONDS = 15.0
LETTER_SECONDS = 20.0
TROUBLE = ("Traceback", " ERROR ", "chore failed", "incident ")


class PostOffice:
    """Receives letters over SMTP and keeps them."""

    def __init__(self) -> None:
        self._letters: list[EmailMessage] = []
        self._news = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_ports(1))
        self._controller.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=default)
        with self._news:
            self._letters.append(letter)
            self._news.notify_all()
        return "250 OK"

    def to(self, receiver: str) -> list[EmailMessage]:
        """The letters that a person has got so far, oldest first."""
        with self._news:
            return [letter for letter in self._letters if receiver in str(letter["To"])]

    def wait_for(self, receiver: str, number: int) -> EmailMessage:
        """The person's letter with this number (from 1), as soon as it is there."""
        with self._news:
            came = self._news.wait_for(lambda: len(self.to(receiver)) >= number, LETTER_SECONDS)
        assert came, f"letter {number} to {receiver} did not come; {len(self.to(receiver))} did"
        return self.to(receiver)[number - 1]

    def wait_for_day(self, receiver: str, day: date) -> None:
        """Until the person gets a letter on this day of the site's clock."""
        with self._news:
            came = self._news.wait_for(lambda: any(_day_of(one) == day for one in self.to(receiver)), LETTER_SECONDS)
        assert came, f"no letter to {receiver} on {day}"

    def close(self) -> None:
        self._controller.stop()


def _day_of(letter: EmailMessage) -> date:
    """When the site says that it was sent."""
    return parsedate_to_datetime(str(letter["Date"])).date()


@dataclass(frozen=True)
class Keyholder:
    """A counsellor who holds the key of the anonymous conversations; `words` stand on their paper."""

    actor: Actor
    words: str


@dataclass
class RunningSite:
    """The demo site of one test process."""

    data: Path
    port: int
    post: PostOffice

    @property
    def site(self) -> DemoSite:
        return DemoSite(self.data, self.port)

    @property
    def url(self) -> str:
        return self.site.base_url

    @property
    def hosts(self) -> frozenset[str]:
        """Who is no stranger: the site and its sign-in provider."""
        return frozenset(url.partition("//")[2] for url in (self.site.base_url, self.site.issuer))

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    @property
    def clock(self) -> FileClock:
        return FileClock(self.data / "clock")

    @cached_property
    def settings(self) -> Settings:
        return Settings.from_env({**self.site.environment(), "PARENTSITE_MAIL_URL": self.post.url})

    @cached_property
    def database(self) -> Database:
        return Database(self.settings.database_url, self.settings.keyring)

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A write transaction beside the site's own."""
        with self.database.write() as session:
            yield Work(session, self.clock.now(), actor)

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A look into the database, also while something else writes."""
        with self.database.read() as session:
            yield session

    @cached_property
    def keyholders(self) -> tuple[Keyholder, Keyholder]:
        """Two counsellors, who alone hold the key from now on."""
        office, now = office_of(self.settings, self.clock), self.clock.now()
        first, second = (self._keyholder(office, name) for name in ("Inger Birk", "Bente Lund"))
        with office.database.read() as session:
            seen = enrolment.sign_of_all(enrolment.roster(session))
        doors.found(office, now, first.actor, seen)
        office.database.dispose()
        return first, second

    def _keyholder(self, office: Office, name: str) -> Keyholder:
        with self.work() as work:
            who = builders.clerk(work, name=name)
        actor = Actor(ActorKind.STAFF, who, frozenset({"counsellor"}))
        phrase = doors.enrol(office, self.clock.now(), actor, who, name)
        return Keyholder(actor, " ".join(phrase.words))

    def admit(self, visitor: Visitor, who: Actor | UUID | Token | Keyholder) -> None:
        """Let a browser in as this person (a parent's id, or an actor), beside the provider; by a token as whoever is
        in a conversation without a name; a keyholder's mailbox is unlocked.
        """
        if isinstance(who, Token):
            self._give(visitor, Zone.SAMTALE, who.written)
            return
        actor = who.actor if isinstance(who, Keyholder) else who
        actor = actor if isinstance(actor, Actor) else Actor(ActorKind.PARENT, actor)
        zone = Zone.MIT if actor.kind is ActorKind.PARENT else Zone.DESK
        with self.work() as work:
            token = sessions.begin(work, zone, actor)
        if isinstance(who, Keyholder):
            office = office_of(self.settings, self.clock)
            doors.unlock_mailbox(office, self.clock.now(), actor, who.words, Token.beside(token))
            office.database.dispose()
        self._give(visitor, zone, token)

    @staticmethod
    def _give(visitor: Visitor, zone: Zone, token: str) -> None:
        visitor.context.add_cookies(
            [{"name": zone.value, "value": token, "domain": "127.0.0.1", "path": f"/{zone.value}", "httpOnly": True}]
        )

    def later(self, by: timedelta) -> None:
        """Let time pass, for every process of the site."""
        self.clock.set(self.clock.now() + by)

    def on_time(self, moment: datetime = MOMENT) -> None:
        """Back to the day on which the tests take place."""
        self.clock.set(moment)

    def mail_of(self, parent: str) -> str:
        """Where a demo parent gets letters, by the parent's key in the register."""
        with self.look() as session:
            return str(session.scalars(select(Person.email).where(Person.register_key == parent)).one())

    def letters_so_far(self, parent: str) -> int:
        """How many letters the demo has written to a parent, once they have come."""
        with self.look() as session:
            written = select(func.count()).select_from(OutboxLetter).join(Person, Person.id == OutboxLetter.receiver_id)
            number = session.scalars(written.where(Person.register_key == parent)).one()
        if number:
            self.post.wait_for(self.mail_of(parent), number)
        return number

    def child(self, child: str) -> UUID:
        """A child of the demo, by its key in the register."""
        with self.look() as session:
            return session.scalars(select(Child.id).where(Child.register_key == child)).one()

    def pair(self, parent: str, child: str) -> Pair:
        """A parent and a child of the demo."""
        with self.look() as session:
            adult = session.scalars(select(Person.id).where(Person.register_key == parent)).one()
        return Pair(adult, self.child(child))

    def trouble(self) -> list[str]:
        """What the processes complained of."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if any(sign in line for sign in TROUBLE)]


@contextmanager
def running_site(folder: Path) -> Iterator[RunningSite]:
    """Start everything, hand it out when it is ready, and end it again."""
    (folder / "data").mkdir()
    town = RunningSite(folder / "data", free_ports(2), PostOffice())
    town.on_time()
    with town.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "parentsite", "demo", "--port", str(town.port), "--data", str(town.data)],
            env={**os.environ, "PARENTSITE_MAIL_URL": town.post.url, "PARENTSITE_COUNSELLING_EACH_HOUR": "1000"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(town, process)
        yield town
    finally:
        _end(process)
        town.post.close()
        if "database" in town.__dict__:
            town.database.dispose()


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that nobody listens on."""
    for _ in range(100):
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
        try:
            for number in range(port, port + count):
                with socket.socket() as each:
                    each.bind(("127.0.0.1", number))
        except OSError:
            continue
        return port
    raise AssertionError("no free ports")


def _wait_until_ready(town: RunningSite, process: subprocess.Popen[bytes]) -> None:
    pause, end = threading.Event(), monotonic() + START_SECONDS
    doors = [f"{town.url}/readyz", f"{town.site.issuer}/.well-known/openid-configuration"]
    while monotonic() < end and process.poll() is None:
        if all(_answers(door) for door in doors):
            return
        pause.wait(0.1)
    raise AssertionError(f"the demo site did not start:\n{town.log.read_text(encoding='utf-8', errors='replace')}")


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == requests.codes.ok
    except requests.ConnectionError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
