"""A withdrawal beside a school's read: what was taken back is not opened, and what was opened is in the audit."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from parentsite.consent.rules import Answer
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Actor, Work
from parentsite.readiness.rules.vocabulary import Reason
from parentsite.readiness.service import allowing, receiving
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.receiving import Opened
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT
from tests.places.racing import PATIENCE, until_somebody_waits
from tests.places.seen import entries
from tests.readiness.scene import DESCRIPTION, Scene, published, scene
from tests.readiness.test_service_receiving import READING, begin, say, teacher


def prepared(work: Working) -> tuple[Scene, Actor]:
    """A description that the school may read."""
    with work() as now:
        of = scene(now)
        published(now, of)
        say(now, of, *of.holders)
        return of, teacher(now)


def opened(work: Working, of: Scene, by: Actor) -> Opened | None:
    """What somebody at the school reads, if anything."""
    try:
        return receiving.open_document(begin(work, by), of.child, DESCRIPTION, Reason.SUPPORT)
    except NotFound:
        return None


def withdraw(database: Database, of: Scene) -> bool:
    """The first custody holder takes the yes back."""
    anne = of.holders[0]
    with database.write() as session:
        now = builders.as_parent(Work(session, MOMENT, SYSTEM), anne)
        return allowing.withdraw(now, anne, of.child, READING)


def test_a_read_that_began_before_a_withdrawal_was_finished_opens_nothing(database: Database, work: Working) -> None:
    of, by = prepared(work)
    with ThreadPoolExecutor(1) as thread:
        with work() as now:
            anne = of.holders[0]
            assert allowing.withdraw(builders.as_parent(now, anne), anne, of.child, READING)
            # The school asks while the yes still stands for everybody else.
            asking = thread.submit(opened, work, of, by)
            until_somebody_waits(database, asking)
        assert asking.result(PATIENCE) is None
    with work() as now:
        assert entries(now.session, "readiness.description_opened") == []


def test_a_withdrawal_during_a_read_waits_until_the_read_is_in_the_audit(database: Database, work: Working) -> None:
    of, by = prepared(work)
    taking_back: list[Future[bool]] = []

    @contextmanager
    def reading() -> Iterator[Work]:
        with work(by) as now:
            yield now
            taking_back.append(thread.submit(withdraw, database, of))
            until_somebody_waits(database, taking_back[0])
            assert not taking_back[0].done()

    with ThreadPoolExecutor(1) as thread:
        assert receiving.open_document(reading, of.child, DESCRIPTION, Reason.SUPPORT)
        assert taking_back[0].result(PATIENCE)
    assert opened(work, of, by) is None
    with work() as now:
        (read,) = entries(now.session, "readiness.description_opened")
        assert read.purpose == "support"


def test_the_last_yes_beside_a_read_lets_it_through_or_not_and_never_half(database: Database, work: Working) -> None:
    of, by = prepared(work)
    with work() as now:
        say(now, of, of.holders[1], said=Answer.NO)
    assert opened(work, of, by) is None
    with ThreadPoolExecutor(1) as thread:
        with work() as now:
            say(now, of, of.holders[1])
            asking = thread.submit(opened, work, of, by)
            until_somebody_waits(database, asking)
        found = asking.result(PATIENCE)
    with work() as now:
        assert len(entries(now.session, "readiness.description_opened")) == (found is not None)
    assert opened(work, of, by) is not None
