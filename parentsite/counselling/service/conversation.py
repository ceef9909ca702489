"""The parent's verbs: begin, come back, read, write, change the phrase, take a time, delete everything.

What is costly (a phrase made a key) is done by the caller before the transaction: see `keys.derivation`.
"""

import secrets
from dataclasses import replace

from sqlalchemy import select

from parentsite.counselling.keys.derivation import Derived
from parentsite.counselling.keys.sealing import bound, new_key, seal, seal_to, unseal
from parentsite.counselling.models import HouseKey, Message, Thread
from parentsite.counselling.rules.keeping import is_over
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.times import Slot
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.rules.words import some_words
from parentsite.counselling.service import talks, threads
from parentsite.counselling.service.sessions import THREAD_ID_BYTES, Ended, Inside, begin_session, keep, leave
from parentsite.counselling.service.threads import Conversation
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.work import Work
from parentsite.town.town import Town

MOST_UNANSWERED = 20
"""So many messages of a parent's in a row, so that one conversation cannot fill the disk."""


class Unknown(Exception):
    """No conversation has this phrase: there never was one, it was deleted, or its time is over; nobody hears which."""


class TooMany(Exception):
    """The parent has written so much that an answer must come first."""


class NobodyReads(Exception):
    """There is no house key yet, so that nobody could read a message."""


def begin(work: Work, derived: Derived, phrase: Phrase, text: str, asked: bool = False) -> Token:
    """Begin a conversation with its first message; the session knows the phrase until it is confirmed.

    Raises `Refused` for the text, `NobodyReads`.
    """
    threads.check(text, asked)
    house = work.session.get(HouseKey, 1)
    if house is None:
        raise NobodyReads
    key, thread_id = new_key(), secrets.token_bytes(THREAD_ID_BYTES)
    thread = Thread(
        id=thread_id,
        lookup=derived.lookup,
        designation=_free_designation(work),
        for_parent=seal(derived.kek, key, _for_parent(thread_id)),
        for_house=seal_to(house.public, key),
        talk=talks.no_talk(key, thread_id),
        visited_on=work.today,
    )
    work.session.add(thread)
    threads.add_message(work, thread_id, key, Side.PARENT, text)
    return begin_session(work, thread, key, phrase)


def come_back(work: Work, derived: Derived) -> Token:
    """Let in whoever has the phrase. Raises `Unknown`."""
    thread = work.session.scalars(select(Thread).where(Thread.lookup == derived.lookup)).one_or_none()
    if thread is None or is_over(thread.visited_on, thread.closed_on, work.today):
        raise Unknown
    key = unseal(derived.kek, thread.for_parent, _for_parent(thread.id))
    thread.visited_on = work.today
    return begin_session(work, thread, key, None)


def read(work: Work, inside: Inside) -> Conversation:
    """The whole conversation. Raises `Ended` when it was deleted meanwhile."""
    return threads.conversation(work, _thread(work, inside), inside.key)


def needs_marks(work: Work, inside: Inside) -> bool:
    """Whether reading now has to be written down: a side-transaction then calls `mark`."""
    return inside.needs_mark(work) or threads.has_unread(work.session, inside.thread, Side.PARENT)


def mark(work: Work, inside: Inside) -> None:
    """What the house wrote was read today."""
    threads.mark_read(work, inside.thread, Side.PARENT)


def write(work: Work, inside: Inside, text: str, asked: bool = False) -> int:
    """Write to the house; a closed conversation is open again. Raises `Refused`, `TooMany`. Returns the number."""
    threads.check(text, asked)
    thread = _thread(work, inside)
    sides = select(Message.side).where(Message.thread == thread.id).order_by(Message.number.desc())
    last = work.session.scalars(sides.limit(MOST_UNANSWERED)).all()
    if len(last) == MOST_UNANSWERED and Side.HOUSE not in last:
        raise TooMany
    thread.closed_on, thread.visited_on = None, work.today
    return threads.add_message(work, thread.id, inside.key, Side.PARENT, text)


def change_phrase(work: Work, inside: Inside, derived: Derived, phrase: Phrase) -> Inside:
    """From now on only the new phrase leads here: the old one dies, and with it every other session that it opened."""
    thread = _thread(work, inside)
    thread.lookup = derived.lookup
    thread.for_parent = seal(derived.kek, inside.key, _for_parent(thread.id))
    work.session.flush()
    return keep(work, replace(inside, lookup=derived.lookup, phrase=phrase))


def delete_everything(work: Work, inside: Inside) -> None:
    """Delete the conversation on both sides, give its time back, end the session. Cut the log afterwards."""
    talks.give_back(work, _thread(work, inside), inside.key)
    threads.delete_thread(work, inside.thread)
    leave(work, inside.token)


def take_time(work: Work, inside: Inside, slot: Slot, town: Town) -> None:
    """Take a time to talk; one taken before is given back. Raises `TimeGone`."""
    talks.take_time(work, _thread(work, inside), inside.key, slot, town)


def cancel_time(work: Work, inside: Inside) -> None:
    """Give the time to talk back."""
    talks.give_back(work, _thread(work, inside), inside.key)


def _thread(work: Work, inside: Inside) -> Thread:
    thread = work.session.get(Thread, inside.thread)
    if thread is None:
        raise Ended
    return thread


def _free_designation(work: Work) -> str:
    while True:
        designation = some_words(secrets.token_bytes(4))
        if not work.session.scalar(select(Thread.designation).where(Thread.designation == designation)):
            return designation


def _for_parent(thread: bytes) -> bytes:
    return bound("parent", thread)
