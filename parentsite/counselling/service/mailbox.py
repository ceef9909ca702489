"""The counsellors' mailbox: unlock it with one's own phrase, see who waits, open, answer, close.

The list holds no text, and nothing here asks who a parent is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from parentsite.counselling.keys.sealing import DoesNotOpen, bound, seal, unseal, unseal_with
from parentsite.counselling.models import Counsellor, MailboxSession, Message, Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.keeping import deleted_on, idle_until, lives_until, step_of
from parentsite.counselling.rules.vocabulary import Act, HouseMode, Side
from parentsite.counselling.service import audit, threads
from parentsite.counselling.service.threads import Conversation
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


class Locked(Exception):
    """The mailbox is not unlocked, or no longer."""


class WrongPhrase(Exception):
    """The phrase is not this counsellor's."""


class NotAdmitted(Exception):
    """The counsellor has a key, but nobody has shared the house key with it yet."""


class NoSuchThread(Exception):
    """No conversation has this designation (any more)."""


@dataclass(frozen=True, repr=False)
class Unlocked:
    """The house key's private half, in the hands of one request."""

    secret: bytes


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


def salt_of(session: Session, counsellor: UUID | None) -> bytes:
    """What the counsellor's phrase is made a key with, before the transaction. Raises `NotAdmitted`: has no key yet."""
    salt = session.scalar(select(Counsellor.salt).where(Counsellor.id == counsellor))
    if salt is None:
        raise NotAdmitted
    return salt


def unlock(work: Work, wrapping: bytes, token: Token) -> Unlocked:
    """Open the mailbox for the actor; it stays open under the browser's token for 20 minutes without use, 60 at most.

    Raises `WrongPhrase`, `NotAdmitted`.
    """
    unlocked = opened(work, wrapping)
    lock(work, token)
    work.session.add(
        MailboxSession(
            token_hash=token.hash,
            counsellor=work.actor.id,
            sealed=seal(token.key, unlocked.secret, bound("mailbox", token.hash)),
            idle_until=idle_until(work.now),
            ends=lives_until(work.now),
        )
    )
    return unlocked


def opened(work: Work, wrapping: bytes) -> Unlocked:
    """The house key by the actor's own phrase, for this one transaction. Raises `WrongPhrase`, `NotAdmitted`."""
    holder = work.session.get(Counsellor, work.actor.id)
    if holder is None or holder.share is None:
        raise NotAdmitted
    secret = unseal_with(own_key(holder, wrapping), holder.share)
    audit.record(work, Act.UNLOCKED)
    return Unlocked(secret)


def own_key(holder: Counsellor, wrapping: bytes) -> bytes:
    """A counsellor's own private key. Raises `WrongPhrase`."""
    try:
        return unseal(wrapping, holder.wrapped, bound("counsellor", holder.id.bytes, holder.public))
    except DoesNotOpen as error:
        raise WrongPhrase from error


def unlocked(work: Work, token: Token) -> Unlocked:
    """The mailbox as this browser has unlocked it. Raises `Locked`."""
    row = work.session.get(MailboxSession, token.hash)
    if row is None or row.counsellor != work.actor.id or step_of(work.now) > min(row.idle_until, row.ends):
        raise Locked
    return Unlocked(unseal(token.key, row.sealed, bound("mailbox", token.hash)))


def mark_used(work: Work, token: Token) -> None:
    """The mailbox was used now."""
    used = update(MailboxSession).where(MailboxSession.token_hash == token.hash)
    change(work.session, used.values(idle_until=idle_until(work.now)))


def embedded(office: Office) -> Unlocked | None:
    """The mailbox of a demo: while a file holds the house key, whoever may open the desk reads without a phrase."""
    secret = office.embedded_secret() if office.house_mode() is HouseMode.EMBEDDED else None
    return Unlocked(secret) if secret else None


def lock(work: Work, token: Token) -> None:
    """Lock the mailbox again."""
    change(work.session, delete(MailboxSession).where(MailboxSession.token_hash == token.hash))


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


def answer(work: Work, mailbox: Unlocked, designation: str, text: str, asked: bool = False) -> int:
    """Write to the parent. Raises `NoSuchThread`, `Refused`. Returns the message's number."""
    threads.check(text, asked)
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
