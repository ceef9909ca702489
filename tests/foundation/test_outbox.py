"""The outbox: one key is one letter, one worker holds it at a time, and a failure waits longer each time."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.foundation import outbox
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.outbox import Claim, LetterState, OutboxLetter
from parentsite.foundation.work import SYSTEM, Work

WORKERS = 4


class Box:
    """The outbox of a database, at the clock's moment."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self.database.write() as session:
            yield Work(session, self.clock.now(), SYSTEM)

    def post(self, key: str = "case:1:received", **ids: object) -> None:
        with self.work() as now:
            outbox.post(now, "places/application_received", new_id(), key, **ids)

    def due(self) -> list[UUID]:
        with self.database.read() as session:
            return outbox.due_letters(session, self.clock.now())

    def claim(self, letter: UUID | None = None) -> Claim | None:
        with self.work() as now:
            return outbox.claim(now, letter or self.row().id)

    def fail(self, held: Claim, error: str = "SMTPServerDisconnected") -> None:
        with self.work() as now:
            outbox.mark_failed(now, held, error)

    def row(self) -> OutboxLetter:
        with self.database.read() as session:
            row = session.scalars(select(OutboxLetter)).one()
            session.expunge(row)
            return row


@pytest.fixture
def box(empty_database: Database, clock: FixedClock) -> Box:
    return Box(empty_database, clock)


def held_by(box: Box) -> Claim:
    held = box.claim()
    assert held is not None
    return held


def test_a_letter_is_names_and_ids(box: Box) -> None:
    case = new_id()
    box.post(application=case)
    row = box.row()
    assert (row.name, row.ids, row.state, row.attempts) == (
        "places/application_received",
        {"application": str(case)},
        LetterState.DUE,
        0,
    )
    assert row.created_at == row.due_at == box.clock.now()


def test_the_same_key_is_the_same_letter(box: Box) -> None:
    for _ in range(3):
        box.post("case:1:received")
    box.post("case:2:received")
    assert len(box.due()) == 2


def test_a_letter_stands_or_falls_with_what_gives_rise_to_it(box: Box) -> None:
    def post_and_stumble() -> None:
        with box.work() as now:
            outbox.post(now, "places/application_received", new_id(), "k")
            raise RuntimeError

    with suppress(RuntimeError):
        post_and_stumble()
    assert box.due() == []


def test_one_key_posted_at_once_from_everywhere_is_one_letter(box: Box) -> None:
    start = threading.Barrier(WORKERS)

    def post(_: int) -> None:
        start.wait()
        box.post("case:1:received")

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(post, range(WORKERS)))
    assert len(box.due()) == 1


def test_the_oldest_comes_first(box: Box) -> None:
    for key in ("first", "second", "third"):
        box.post(key)
        box.clock.move(seconds=1)
    with box.database.read() as session:
        keys = {row.id: row.key for row in session.scalars(select(OutboxLetter))}
    assert [keys[letter] for letter in box.due()] == ["first", "second", "third"]


def test_who_holds_a_letter_holds_it_alone(box: Box) -> None:
    box.post()
    held_by(box)
    assert box.claim() is None
    assert box.due() == []


def test_a_race_for_a_letter_has_one_winner(box: Box) -> None:
    for number in range(10):
        box.post(f"k{number}")
    due, start = box.due(), threading.Barrier(WORKERS)

    def take(_: int) -> list[UUID]:
        start.wait()
        return [letter for letter in due if box.claim(letter)]

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [letter for won in pool.map(take, range(WORKERS)) for letter in won]
    assert sorted(taken) == sorted(due)


def test_a_worker_that_died_lets_go_after_the_lease(box: Box) -> None:
    box.post()
    dead = held_by(box)
    box.clock.moment += outbox.LEASE
    assert box.claim() is None
    box.clock.move(seconds=1)
    alive = held_by(box)
    assert alive.attempts == 2
    with box.work() as now:
        outbox.mark_sent(now, dead)
    assert box.row().state == LetterState.DUE, "a worker that was given up must not speak for the one that took over"
    with box.work() as now:
        outbox.mark_sent(now, alive)
    assert (box.row().state, box.row().sent_at, box.row().lease) == (LetterState.SENT, box.clock.now(), None)


def test_what_is_sent_is_not_sent_again(box: Box) -> None:
    box.post()
    held = held_by(box)
    with box.work() as now:
        outbox.mark_sent(now, held)
    box.clock.move(days=30)
    assert (box.due(), box.claim()) == ([], None)


def test_each_failure_waits_twice_as_long(box: Box) -> None:
    box.post()
    waits = []
    for _ in range(10):
        box.fail(held_by(box))
        waits.append(box.row().due_at - box.clock.now())
        assert box.claim() is None, "nobody may try before it is due again"
        box.clock.moment = box.row().due_at
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == outbox.LONGEST_RETRY


def test_in_the_end_it_is_given_up_and_stands_there_to_be_seen(box: Box) -> None:
    box.post()
    for _ in range(outbox.MOST_ATTEMPTS):
        box.fail(held_by(box), "x" * 1000)
        box.clock.moment = box.row().due_at
    row = box.row()
    assert (row.state, row.attempts) == (LetterState.FAILED, outbox.MOST_ATTEMPTS)
    assert len(row.last_error or "") == 200
    assert (box.due(), box.claim()) == ([], None)


def test_what_has_nobody_to_go_to_is_void(box: Box) -> None:
    box.post()
    held = held_by(box)
    with box.work() as now:
        outbox.mark_void(now, held)
    assert box.row().state == LetterState.VOID
    assert box.due() == []
