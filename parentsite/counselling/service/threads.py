"""What both sides do with a thread whose key they hold: read it, write in it, mark it read, delete it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from parentsite.counselling.keys.sealing import bound, pad, seal, unpad, unseal
from parentsite.counselling.models import KeptAnswer, Message, Thread
from parentsite.counselling.rules.keeping import deleted_on
from parentsite.counselling.rules.message import Trouble, trouble_with
from parentsite.counselling.rules.times import Slot
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service.talks import talk_of
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


class Refused(Exception):
    """A message is not taken as it stands; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, repr=False)
class Said:
    """One message as both sides see it."""

    number: int
    side: Side
    day: date
    text: str
    read_on: date | None


@dataclass(frozen=True, repr=False)
class Conversation:
    """A whole conversation; `talk` is the time to talk that was taken, if it is still to come."""

    designation: str
    messages: Sequence[Said]
    closed_on: date | None
    deleted_on: date
    talk: Slot | None


def conversation(work: Work, thread: Thread, key: bytes) -> Conversation:
    """Everything that was said, opened."""
    rows = work.session.scalars(select(Message).where(Message.thread == thread.id).order_by(Message.number))
    talk = talk_of(thread, key)
    return Conversation(
        designation=thread.designation,
        messages=[
            Said(row.number, Side(row.side), row.day, unpad(unseal(key, row.sealed, place_of(row))), row.read_on)
            for row in rows
        ],
        closed_on=thread.closed_on,
        deleted_on=deleted_on(thread.visited_on, thread.closed_on),
        talk=talk.slot if talk and talk.slot.day >= work.today else None,
    )


def check(text: str, asked: bool) -> None:
    """Raise `Refused` for a message that may not be sent, or not before its writer has been asked."""
    if trouble := trouble_with(text, asked):
        raise Refused(trouble)


def add_message(work: Work, thread: bytes, key: bytes, side: Side, text: str) -> int:
    """Write one message. Returns its number."""
    last = work.session.scalar(select(func.max(Message.number)).where(Message.thread == thread)) or 0
    message = Message(thread=thread, number=last + 1, side=side.value, day=work.today, read_on=None)
    message.sealed = seal(key, pad(text), place_of(message))
    work.session.add(message)
    work.session.flush()
    return message.number


def has_unread(session: Session, thread: bytes, reader: Side) -> bool:
    """Whether something of the other side's has not been marked as read."""
    unread = select(Message.number).where(Message.thread == thread, _unread_by(reader)).limit(1)
    return session.scalar(unread) is not None


def mark_read(work: Work, thread: bytes, reader: Side) -> None:
    """What the other side wrote was read today, if not before."""
    rows = update(Message).where(Message.thread == thread, _unread_by(reader))
    change(work.session, rows.values(read_on=work.today))


def delete_thread(work: Work, thread: bytes) -> None:
    """Delete a conversation on both sides, and what was typed for it; the bytes go with the next cut of the log."""
    change(work.session, delete(KeptAnswer).where(KeptAnswer.thread == thread))
    change(work.session, delete(Message).where(Message.thread == thread))
    change(work.session, delete(Thread).where(Thread.id == thread))


def place_of(message: Message) -> bytes:
    """What a message is bound to: it opens in no other conversation, at no other place, as nobody else's."""
    return bound("message", message.thread, message.number, message.side)


def _unread_by(reader: Side) -> ColumnElement[bool]:
    return (Message.side == reader.other.value) & Message.read_on.is_(None)
