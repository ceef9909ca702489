"""What is deleted is gone, its bytes too: at once when the parent asks, by itself when its time is over."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text

from parentsite.counselling.models import AuditDay, Message, OpenSession, TakenTime, Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.times import Slot
from parentsite.counselling.service import conversation, mailbox, retention, sessions, talks, unlocking
from parentsite.counselling.service.conversation import Unknown
from parentsite.foundation.clock import FixedClock
from parentsite.town.town import Town
from tests.counselling.conftest import Doing
from tests.counselling.people import Parent, founded, parent
from tests.counselling.test_stolen import FREE_DAY

PIECE = 24


def pieces(office: Office) -> list[bytes]:
    """Pieces of every sealed value that there is: what a thief would look for to know that it had been there."""
    columns = (Message.sealed, Thread.for_parent, Thread.for_house, Thread.talk, Thread.lookup, OpenSession.sealed)
    with office.database.read() as session:
        values = [value for column in columns for value in session.scalars(select(column))]
        names = [name.encode() for name in session.scalars(select(Thread.designation))]
    return [value[at : at + PIECE] for value in values for at in range(0, len(value) - PIECE, 100)] + names


def left(office: Office, sought: list[bytes]) -> list[bytes]:
    """Which of the pieces stand in any file of the database."""
    found = b"".join(path.read_bytes() for path in office.path.parent.iterdir())
    return [piece for piece in sought if piece in found]


def long_talk(office: Office, doing: Doing) -> Parent:
    somebody = parent(office, doing)
    for number in range(6):
        somebody.writes(f"nummer {number} " * 300)
    return somebody


def deletes(somebody: Parent, doing: Doing) -> None:
    with doing() as work:
        conversation.delete_everything(work, sessions.enter(work, somebody.token))


def test_deleting_everything_leaves_no_byte(office: Office, doing: Doing) -> None:
    kept = parent(office, doing)
    before = pieces(office)
    somebody = long_talk(office, doing)
    sought = [piece for piece in pieces(office) if piece not in before]
    assert len(left(office, sought)) == len(sought) > 60
    deletes(somebody, doing)
    assert office.cut_log()
    assert left(office, sought) == []
    assert kept.reads().messages


def test_while_somebody_reads_the_log_cannot_be_cut_and_then_it_is(office: Office, doing: Doing) -> None:
    somebody = long_talk(office, doing)
    sought = pieces(office)
    with office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 7
        deletes(somebody, doing)
        assert not office.cut_log()
        assert left(office, sought)
    assert office.cut_log()
    assert left(office, sought) == []


def test_a_changed_phrase_leaves_no_way_in_by_the_old_one(office: Office, doing: Doing) -> None:
    somebody = parent(office, doing)
    with office.database.read() as session:
        old = [*session.scalars(select(Thread.lookup)), *session.scalars(select(Thread.for_parent))]
    phrase = Phrase.new()
    derived = office.derivation.of(phrase)
    with doing() as work:
        conversation.change_phrase(work, sessions.enter(work, somebody.token), derived, phrase)
    assert office.cut_log()
    assert left(office, [value[:PIECE] for value in old]) == []


@pytest.fixture
def forgetting(office: Office, doing: Doing) -> Callable[[], None]:
    """Runs retention as the worker does."""

    def forget() -> None:
        with doing() as work:
            retention.forget(work)
        assert office.cut_log()

    return forget


@pytest.mark.parametrize(("days", "there"), [(89, True), (90, False)])
def test_ninety_days_after_the_last_visit(
    office: Office, doing: Doing, clock: FixedClock, forgetting: Callable[[], None], days: int, there: bool
) -> None:
    somebody = parent(office, doing)
    sought = pieces(office)
    clock.move(days=days)
    forgetting()
    assert bool(left(office, sought)) is there
    if there:
        assert somebody.comes_back()
    else:
        with pytest.raises(Unknown):
            somebody.comes_back()


@pytest.mark.parametrize(("days", "there"), [(29, True), (30, False)])
def test_thirty_days_after_closing_visited_or_not(
    office: Office, doing: Doing, clock: FixedClock, forgetting: Callable[[], None], days: int, there: bool
) -> None:
    somebody = parent(office, doing)
    (anne, _), _ = founded(office, doing)
    designation = somebody.designation()
    with doing(anne.actor) as work:
        mailbox.close(work, unlocking.unlocked(work, anne.token), {designation: 1})
    clock.move(days=20)
    somebody.comes_back()
    clock.move(days=days - 20)
    forgetting()
    with office.database.read() as session:
        assert bool(session.scalar(select(func.count()).select_from(Thread))) is there


def test_ended_sessions_past_times_and_old_audit_go_too(
    office: Office, doing: Doing, clock: FixedClock, forgetting: Callable[[], None], town: Town
) -> None:
    somebody = parent(office, doing)
    (anne, _), _ = founded(office, doing)
    anne.opens(somebody.designation())
    with doing() as work:
        talks.take_time(
            work, work.session.scalars(select(Thread)).one(), sessions.enter(work, somebody.token).key, SLOT, town
        )
    clock.move(minutes=24)
    forgetting()
    assert count(office, OpenSession) == 1
    clock.move(minutes=1)
    forgetting()
    assert (count(office, OpenSession), count(office, TakenTime)) == (0, 1)
    clock.move(days=6)
    forgetting()
    assert (count(office, TakenTime), bool(count(office, AuditDay))) == (0, True)
    clock.move(days=731)
    forgetting()
    assert count(office, AuditDay) == 0
    with office.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM mailbox_session")).scalar_one() == 0


SLOT = Slot(FREE_DAY, 14 * 60)


def count(office: Office, kind: type) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0
