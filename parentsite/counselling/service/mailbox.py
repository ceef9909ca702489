"""The counsellors' mailbox, once it is unlocked: see who waits, open, answer, close.

The list holds no text, and nothing here asks who a parent is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from parentsite.counselling.keys.sealing import unseal_with
from parentsite.counselling.models import Message, Thread
from parentsite.counselling.rules.keeping import deleted_on
from parentsite.counselling.rules.vocabulary import Act, Side
from parentsite.counselling.service import audit, threads
from parentsite.counselling.service.threads import Conversation
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


class NoSuchThread(Exception):
    """No conversation has this designation (any more)."""


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


def open_thread(work: Work, mailbox: Unlocked, designation: str) -> Conversation:
    """Open one conversation: the audit tells who did on which day, and the parent that it was read. Raises
    `NoSuchThread`.
    """
    thread, key = _thread(work, mailbox, designation)
    threads.mark_read(work, thread.id, Side.HOUSE)
    audit.record(work, Act.OPENED, designation)
    return threads.conversation(work, thread, key)


def answer(work: Work, mailbox: Unlocked, designation: str, text: str) -> int:
    """Write to the parent; a counsellor may give a phone number, so nobody is asked about one. Raises `NoSuchThread`,
    `Refused`. Returns the message's number.
    """
    threads.check(text, asked=True)
    thread, key = _thread(work, mailbox, designation)
    audit.record(work, Act.ANSWERED, designation)
    return threads.add_message(work, thread.id, key, Side.HOUSE, text)


def close(work: Work, mailbox: Unlocked, designations: Iterable[str]) -> int:
    """Close conversations, one or a heap of junk: each is deleted 30 days on unless its parent writes. Returns how many
    were open.
    """
    wanted = sorted(set(designations))
    still_open = (Thread.designation.in_(wanted), Thread.closed_on.is_(None))
    found = work.session.scalars(select(Thread.designation).where(*still_open)).all()
    change(work.session, update(Thread).where(*still_open).values(closed_on=work.today))
    for designation in found:
        audit.record(work, Act.CLOSED, designation)
    return len(found)


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


def _thread(work: Work, mailbox: Unlocked, designation: str) -> tuple[Thread, bytes]:
    thread = work.session.scalars(select(Thread).where(Thread.designation == designation)).one_or_none()
    if thread is None:
        raise NoSuchThread
    return thread, unseal_with(mailbox.secret, thread.for_house)
