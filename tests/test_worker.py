"""The letter worker: a real mail server receives each letter once, in its reader's language, whoever else works."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from parentsite.app import JOURNEYS
from parentsite.foundation import chain
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.journey import Journey
from parentsite.foundation.outbox import LetterState, OutboxLetter
from parentsite.foundation.post import FolderTransport, SmtpTransport, transport_for
from parentsite.foundation.work import Work
from parentsite.people.models import Person
from parentsite.worker import Worker
from tests import builders

Working = Callable[..., AbstractContextManager[Work]]
SENDER = "Byen <byen@example.org>"
BASE_URL = "https://byen.example"


@dataclass
class Postbox:
    """What the mail server was given; `refuse` makes it say no."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuse: str | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return "250 OK"


@dataclass
class Post:
    """A mail server on a real socket, and workers that send to it."""

    postbox: Postbox
    port: int
    database: Database
    clock: FixedClock

    def worker(self, *journeys: Journey) -> Worker:
        transport = SmtpTransport("127.0.0.1", self.port)
        return Worker(self.database, self.clock, transport, SENDER, BASE_URL, journeys or JOURNEYS)

    def states(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(OutboxLetter.state)))


@pytest.fixture
def post(database: Database, clock: FixedClock) -> Iterator[Post]:
    postbox = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    yield Post(postbox, port, database, clock)
    server.stop()


def apply(work: Working, language: str = "da") -> builders.Pair:
    with work() as now:
        pair = builders.family(now, language=language)
        builders.sent(now, pair)
    return pair


def test_a_letter_arrives_once(post: Post, work: Working) -> None:
    apply(work)
    assert post.worker().round() == 1
    assert post.worker().round() == 0
    (letter,) = post.postbox.letters
    assert (letter["To"], letter["From"], letter["Auto-Submitted"]) == ("parent@example.org", SENDER, "auto-generated")
    assert post.states() == [LetterState.SENT]


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_it_is_in_its_readers_language_with_the_danish_below(post: Post, work: Working, language: str) -> None:
    apply(work, language)
    post.worker().round()
    (letter,) = post.postbox.letters
    plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert letter["Content-Language"] == language
    assert f"{BASE_URL}/mit/{language}/nyt/" in plain.get_content()
    assert (f"{BASE_URL}/mit/da/nyt/" in plain.get_content(), "———" in plain.get_content()) == (
        True,
        language != "da",
    )
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in rich.get_content()


def test_it_says_that_there_is_news_and_not_what_it_is(post: Post, work: Working) -> None:
    with work() as now:
        pair = builders.family(now)
        case = builders.sent(now, pair, confirmed=True)
        builders.offer(now, case)
        houses = builders.houses(now)[:2]
    post.worker().round()
    assert len(post.postbox.letters) == 2
    for letter in post.postbox.letters:
        told = letter.as_string()
        assert not [word for word in ("Asta", "Lund", "PL-2026", *houses) if word in told]


def test_two_workers_at_once_never_send_one_letter_twice(post: Post, work: Working) -> None:
    for _ in range(12):
        apply(work)
    start = threading.Barrier(3)

    def round_(_: int) -> int:
        worker = post.worker()
        start.wait()
        return worker.round()

    with ThreadPoolExecutor(3) as pool:
        sent = sum(pool.map(round_, range(3)))
    assert sent == len(post.postbox.letters) == 12
    assert len({letter["Message-ID"] for letter in post.postbox.letters}) == 12


def test_a_letter_that_is_refused_comes_later_as_the_same_letter(post: Post, work: Working, clock: FixedClock) -> None:
    apply(work)
    post.postbox.refuse = "451 try again"
    assert post.worker().round() == 0
    with post.database.read() as session:
        row = session.scalars(select(OutboxLetter)).one()
        assert (row.state, row.last_error) == (LetterState.DUE, "SMTPDataError 451")
    post.postbox.refuse = None
    assert post.worker().round() == 0
    clock.move(minutes=1)
    assert post.worker().round() == 1


def test_a_mail_server_that_is_away_costs_nothing_but_time(post: Post, work: Working, clock: FixedClock) -> None:
    apply(work)
    away = Worker(post.database, clock, SmtpTransport("127.0.0.1", 1), SENDER, BASE_URL, JOURNEYS)
    assert away.round() == 0
    clock.move(minutes=1)
    assert post.worker().round() == 1


def test_a_parent_without_an_address_is_told_on_the_site_alone(post: Post, work: Working) -> None:
    with work() as now:
        pair = builders.Pair(builders.person(now, email=None), builders.child(now))
        builders.lives_with(now, pair.parent, pair.child)
        builders.sent(now, pair)
    assert post.worker().round() == 0
    assert (post.states(), post.postbox.letters) == ([LetterState.VOID], [])


def test_one_letter_that_cannot_be_made_does_not_keep_the_others(post: Post, work: Working) -> None:
    with work() as now:
        now.session.add(
            OutboxLetter(
                key="broken",
                name="nowhere/nothing",
                receiver_id=builders.person(now),
                ids={},
                created_at=now.now,
                due_at=now.now,
            )
        )
    apply(work)
    assert post.worker().round() == 1
    assert sorted(post.states()) == [LetterState.DUE, LetterState.SENT]


def test_one_chore_that_fails_does_not_keep_the_others(post: Post, work: Working) -> None:
    def fail(now: Work) -> int:
        now.session.query(Person).delete()
        raise RuntimeError

    apply(work)
    troubled = Journey(name="troubled", chores={"fail": fail})
    assert post.worker(troubled, *JOURNEYS).round() == 1
    with post.database.read() as session:
        assert session.scalars(select(Person.id)).first() is not None
        assert chain.broken_links(session) == []


def test_it_works_until_it_is_told_to_stop(post: Post, work: Working) -> None:
    apply(work)
    stop, arrived = threading.Event(), threading.Event()

    def last_chore(now: Work) -> int:
        if post.postbox.letters:
            stop.set()
            arrived.set()
        return 0

    watching = Journey(name="watching", chores={"watch": last_chore})
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(post.worker(watching, *JOURNEYS).run, stop, 0.01)
        assert arrived.wait(30)
        done.result(30)
    assert len(post.postbox.letters) == 1


def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(clock: FixedClock, tmp_path: Path) -> None:
    class Stop(threading.Event):
        rounds = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.rounds += 1
            if self.rounds == 3:
                self.set()
            return self.is_set()

    stop, nowhere = Stop(), Database(f"sqlite:///{tmp_path}/no/such.db")
    Worker(nowhere, clock, FolderTransport(tmp_path), SENDER, BASE_URL, ()).run(stop)
    assert stop.rounds == 3


@pytest.mark.parametrize(
    ("url", "transport"),
    [
        ("smtp://mail.example", SmtpTransport("mail.example", 25)),
        ("smtp://mail.example:2525", SmtpTransport("mail.example", 2525)),
        ("smtps://u%40x:p%3Aw@mail.example", SmtpTransport("mail.example", 465, "u@x", "p:w", True)),
        ("file:///some/fold%20er", FolderTransport(Path("/some/fold er"))),
    ],
)
def test_addresses_of_mail_servers(url: str, transport: object) -> None:
    assert transport_for(url) == transport


def test_a_demos_letters_lie_in_a_folder_and_a_repeat_overwrites_itself(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Message-ID"] = "<abc@example.org>"
    for text in ("first", "second"):
        message.set_content(text)
        FolderTransport(tmp_path / "letters").send(message)
    (path,) = (tmp_path / "letters").iterdir()
    assert (path.name, b"second" in path.read_bytes()) == ("abc.eml", True)
