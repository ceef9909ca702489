"""What the worker does for the anonymous conversation: it forgets, cuts the log, tells the counsellors once a day."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from parentsite.app import JOURNEYS
from parentsite.counselling.chores import chores
from parentsite.counselling.office import Office
from parentsite.counselling.service import doors
from parentsite.counselling.service.conversation import Unknown
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.post import FolderTransport
from parentsite.foundation.work import Work
from parentsite.people.models import StaffMember
from parentsite.worker import Worker
from tests.counselling.conftest import Doing
from tests.counselling.people import TEXT, Reader, founded, parent
from tests.counselling.test_gone import left, pieces

Working = Callable[..., AbstractContextManager[Work]]
BASE_URL = "https://byen.example"


@pytest.fixture
def worker(office: Office, database: Database, clock: FixedClock, tmp_path: Path) -> Worker:
    folder = FolderTransport(tmp_path / "letters")
    apart = chores(office, database)
    return Worker(database, clock, folder, "byen@example.org", BASE_URL, JOURNEYS, apart)


def letters(folder: Path) -> list[EmailMessage]:
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted((folder / "letters").glob("*"))]
    return [one for one in found if isinstance(one, EmailMessage)]


def counsellors(office: Office, doing: Doing, work: Working) -> list[Reader]:
    """Two who hold the house key, and whose addresses the site knows."""
    readers, _ = founded(office, doing)
    with work() as now:
        for reader in readers:
            email = f"{reader.id}@example.org"
            known = {"issuer": "https://staff.example", "subject": str(reader.id), "name": reader.name}
            now.session.add(StaffMember(id=reader.id, email=email, seen_on=now.today, **known))
    return readers


def test_each_counsellor_is_told_once_a_day_that_somebody_waits(
    office: Office, doing: Doing, work: Working, worker: Worker, clock: FixedClock, tmp_path: Path
) -> None:
    readers = counsellors(office, doing, work)
    designation = parent(office, doing).designation()
    worker.round()
    assert letters(tmp_path) == []
    clock.move(days=1)
    for _ in range(3):
        worker.round()
        clock.move(hours=1)
    assert sorted(letter["To"] for letter in letters(tmp_path)) == sorted(f"{one.id}@example.org" for one in readers)
    clock.move(days=2)
    worker.round()
    assert len(letters(tmp_path)) == 2, "not on a Sunday"
    readers[0].unlocks()
    readers[0].answers(designation)
    clock.move(days=1)
    worker.round()
    assert len(letters(tmp_path)) == 2, "nobody waits"


def test_the_letter_is_one_constant_sentence(
    office: Office, doing: Doing, work: Working, worker: Worker, clock: FixedClock, tmp_path: Path
) -> None:
    counsellors(office, doing, work)
    waiting = [parent(office, doing).designation() for _ in range(2)]
    clock.move(days=1)
    worker.round()
    bodies = set()
    for letter in letters(tmp_path):
        plain = letter.get_body(("plain",))
        assert plain is not None
        bodies.add(plain.get_content().strip())
        assert not [one for one in waiting if one in letter.as_string()]
    assert bodies == {"Nogen venter på svar i postkassen."}


def test_before_eight_nobody_is_written_to(
    office: Office, doing: Doing, work: Working, worker: Worker, clock: FixedClock, tmp_path: Path
) -> None:
    counsellors(office, doing, work)
    parent(office, doing)
    clock.move(hours=21, minutes=59)
    worker.round()
    assert letters(tmp_path) == []
    clock.move(minutes=1)
    worker.round()
    assert len(letters(tmp_path)) == 2


def test_what_is_over_is_forgotten_by_the_round_and_the_log_is_silent_about_it(
    office: Office, doing: Doing, worker: Worker, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    somebody = parent(office, doing)
    sought = pieces(office)
    clock.move(days=90)
    caplog.set_level(logging.DEBUG)
    worker.round()
    assert left(office, sought) == []
    assert "counselling" not in caplog.text
    with pytest.raises(Unknown):
        somebody.comes_back()


def test_when_the_last_one_began_is_forgotten_with_its_hour(office: Office, worker: Worker, clock: FixedClock) -> None:
    counted = office.budget.folder / "begun"
    doors.begin(office, clock.now(), TEXT)
    in_its_hour = counted.read_text()
    clock.move(hours=1)
    worker.round()
    now = counted.read_text()
    counted.unlink()
    worker.round()
    assert counted.read_text() == now != in_its_hour, "as if nobody had ever begun"


def test_bytes_that_a_reader_held_back_go_with_the_next_round(
    office: Office, doing: Doing, worker: Worker, clock: FixedClock
) -> None:
    parent(office, doing)
    sought = pieces(office)
    clock.move(days=90)
    with office.database.read() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM thread")
        worker.round()
        assert left(office, sought)
    worker.round()
    assert left(office, sought) == []
