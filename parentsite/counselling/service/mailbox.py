"""The counsellors' mailbox, once it is unlocked: see who waits, open, answer, close.

The list holds no text, and nothing here asks who a parent is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from parentsite.counselling.keys.sealing import unpad, unseal, unseal_with
from parentsite.counselling.models import Message, Thread
from parentsite.counselling.rules.keeping import deleted_on
from parentsite.counselling.rules.vocabulary import Act, Side
from parentsite.counselling.service import audit, threads
from parentsite.counselling.service.threads import Conversation
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.database import change
from parentsite.foundation.work import Work

ON_A_PAGE = 25


class NoSuchThread(Exception):
    """No conversation has this designation (any more)."""


class ChangedMeanwhile(Exception):
    """Something has been written that the counsellor has not seen."""


@dataclass(frozen=True)
class Listed:
    """One conversation in the list: `waits` for an answer since a day, or the last answer was given that day."""

    designation: str
    waits: bool
    since: date
    read_on: date | None
    messages: int
    closed_on: date | None
    deleted_on: date


@dataclass(frozen=True)
class Sheet:
    """One page of the list, and whether there is another."""

    rows: Sequence[Listed]
    number: int
    has_more: bool


def sheet(work: Work, *, is_open: bool, number: int) -> Sheet:
    """A page of the conversations that are open, or of those that are closed."""
    rows = [one for one in listed(work) if (one.closed_on is None) is is_open]
    start = (number - 1) * ON_A_PAGE
    return Sheet(rows[start : start + ON_A_PAGE], number, len(rows) > start + ON_A_PAGE)


def listed(work: Work) -> Sequence[Listed]:
    """Every conversation, those that wait first and longest, closed ones last; no text."""
    last = select(Message.thread, func.max(Message.number).label("number")).group_by(Message.thread).subquery()
    rows = work.session.execute(
        select(Thread, Message)
        .join(last, last.c.thread == Thread.id)
        .join(Message, (Message.thread == Thread.id) & (Message.number == last.c.number))
    )
    found = [_listed(thread, message) for thread, message in rows]
    return sorted(found, key=lambda one: (one.closed_on is not None, not one.waits, one.since, one.designation))


def count_waiting(work: Work) -> int:
    """How many conversations wait for an answer: told outside the mailbox, and nothing else of them is."""
    return sum(one.waits for one in listed(work))


def open_thread(work: Work, mailbox: Unlocked, designation: str) -> Conversation:
    """Open one conversation: the audit tells who did on which day, and the parent that it was read. Raises
    `NoSuchThread`.
    """
    thread, key = _thread(work, mailbox, designation)
    threads.mark_read(work, thread.id, Side.HOUSE)
    audit.record(work, Act.OPENED, designation)
    return threads.conversation(work, thread, key)


def answer(work: Work, mailbox: Unlocked, designation: str, text: str, *, read: int) -> int:
    """Write to the parent, who had `read` messages with the house when the form was made; a closed conversation is open
    again. The same answer sent twice stands once. A counsellor may give a phone number: nobody is asked about one.

    Raises `NoSuchThread`, `Refused`, and `ChangedMeanwhile`, so that of two counsellors the slower one reads first.
    Returns the message's number.
    """
    threads.check(text, asked=True)
    thread, key = _thread(work, mailbox, designation)
    last = _last(work, thread)
    if last.number == read + 1 and last.side == Side.HOUSE and _opened(last, key) == text:
        return last.number
    if last.number != read:
        raise ChangedMeanwhile
    thread.closed_on = None
    audit.record(work, Act.ANSWERED, designation)
    return threads.add_message(work, thread.id, key, Side.HOUSE, text)


def close(work: Work, mailbox: Unlocked, read: Mapping[str, int]) -> int:
    """Close conversations, one or a heap of junk: each is deleted 30 days on unless its parent writes. `read` says how
    many messages stood in each; one with more stays open. Returns how many were closed.
    """
    last = select(func.max(Message.number)).where(Message.thread == Thread.id).scalar_subquery()
    still_open = (Thread.designation.in_(sorted(read)), Thread.closed_on.is_(None))
    found = work.session.execute(select(Thread.designation, last).where(*still_open)).all()
    done = [designation for designation, number in found if read[designation] == number]
    change(work.session, update(Thread).where(Thread.designation.in_(done)).values(closed_on=work.today))
    for designation in done:
        audit.record(work, Act.CLOSED, designation)
    return len(done)


def _listed(thread: Thread, last: Message) -> Listed:
    return Listed(
        designation=thread.designation,
        waits=last.side == Side.PARENT and thread.closed_on is None,
        since=last.day,
        read_on=last.read_on,
        messages=last.number,
        closed_on=thread.closed_on,
        deleted_on=deleted_on(thread.visited_on, thread.closed_on),
    )


def _last(work: Work, thread: Thread) -> Message:
    newest = select(Message).where(Message.thread == thread.id).order_by(Message.number.desc()).limit(1)
    return work.session.scalars(newest).one()


def _opened(message: Message, key: bytes) -> str:
    return unpad(unseal(key, message.sealed, threads.place_of(message)))


def _thread(work: Work, mailbox: Unlocked, designation: str) -> tuple[Thread, bytes]:
    thread = work.session.scalars(select(Thread).where(Thread.designation == designation)).one_or_none()
    if thread is None:
        raise NoSuchThread
    return thread, unseal_with(mailbox.secret, thread.for_house)
