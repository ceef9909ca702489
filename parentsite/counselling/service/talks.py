"""Anonymous times to talk: which are free, taking one from inside a conversation, giving it back.

The list of taken times does not say whose they are: the conversation alone holds the token that gives one back, sealed
under its key.
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from parentsite.counselling.keys.sealing import bound, seal, unseal
from parentsite.counselling.models import TakenTime, Thread
from parentsite.counselling.rules.times import Open, Slot, slots
from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.town.closed import closed_days
from parentsite.town.town import Town

_TOKEN_BYTES = 16
_BYTES = 32
_EMPTY = bytes(_BYTES)


class TimeGone(Exception):
    """Somebody else was quicker, or there is no such time."""


class Standing(StrEnum):
    """What has become of a time that the town's pack offers."""

    FREE = "free"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Talk:
    """A time that was taken, and the token that gives it back."""

    slot: Slot
    token: bytes


def free_times(work: Work, town: Town) -> tuple[Slot, ...]:
    """The times that can be taken, from tomorrow on; none in a town without open counselling."""
    taken = set(taken_times(work.session))
    return tuple(slot for slot in offered_times(town, work.today) if slot not in taken)


def offered_times(town: Town, today: date) -> tuple[Slot, ...]:
    """Every time of the open counselling in the days that the pack opens for booking."""
    opening = town.counselling
    if opening is None:
        return ()
    first, days = today + timedelta(days=1), opening.days_ahead
    closed: Collection[date] = closed_days(town, first, first + timedelta(days=days))
    hours = [Open(day, row.opens, row.closes) for row in opening.hours for day in range(row.first, row.last + 1)]
    return slots(hours, opening.minutes, first, days, closed)


def taken_times(session: Session) -> Sequence[Slot]:
    """What is taken or withdrawn, without a word of whose it is."""
    rows = session.execute(select(TakenTime.day, TakenTime.starts).order_by(TakenTime.day, TakenTime.starts))
    return [Slot(day, starts) for day, starts in rows]


def standings(work: Work, town: Town) -> Sequence[tuple[Slot, Standing]]:
    """Every time ahead as the house sees it: free, withdrawn, or taken, without a word of by whom. One that is taken
    stays in sight when the pack offers it no more.
    """
    rows = work.session.execute(select(TakenTime.day, TakenTime.starts, TakenTime.token_hash))
    held = {Slot(day, starts): Standing.TAKEN if token else Standing.WITHDRAWN for day, starts, token in rows}
    taken = {slot for slot, standing in held.items() if standing is Standing.TAKEN and slot.day >= work.today}
    return [(slot, held.get(slot, Standing.FREE)) for slot in sorted(taken | set(offered_times(town, work.today)))]


def moment_of(slot: Slot) -> datetime:
    """When a time begins, in Denmark."""
    return datetime.combine(slot.day, slot.at, COPENHAGEN)


def take_time(work: Work, thread: Thread, key: bytes, slot: Slot, town: Town) -> None:
    """Take a time; one taken before is given back. Raises `TimeGone`."""
    if slot not in offered_times(town, work.today):
        raise TimeGone
    give_back(work, thread, key)
    talk = Talk(slot, secrets.token_bytes(_TOKEN_BYTES))
    _insert(work, slot, _hash(talk.token))
    _keep(work, thread, key, _written(talk))


def give_back(work: Work, thread: Thread, key: bytes) -> None:
    """The time that this conversation took, if any, is free again."""
    talk = talk_of(thread, key)
    if talk is None:
        return
    change(work.session, delete(TakenTime).where(_is(talk.slot), TakenTime.token_hash == _hash(talk.token)))
    _keep(work, thread, key, _EMPTY)


def withdraw_time(work: Work, slot: Slot) -> None:
    """The house cannot receive anybody then. Raises `TimeGone` when somebody has taken it."""
    held = select(TakenTime.day).where(_is(slot), TakenTime.token_hash.is_(None))
    if work.session.scalar(held) is None:
        _insert(work, slot, None)


def offer_again(work: Work, slot: Slot) -> None:
    """A time that the house had withdrawn is free again; one that a parent has taken stays taken."""
    change(work.session, delete(TakenTime).where(_is(slot), TakenTime.token_hash.is_(None)))


def forget_past(work: Work) -> None:
    """Times of past days tell nothing any more."""
    change(work.session, delete(TakenTime).where(TakenTime.day < work.today))


def no_talk(key: bytes, thread: bytes) -> bytes:
    """What a new conversation holds in the place of a time: as many bytes as with one."""
    return seal(key, _EMPTY, bound("talk", thread))


def talk_of(thread: Thread, key: bytes) -> Talk | None:
    """The time that a conversation has taken."""
    plain = unseal(key, thread.talk, bound("talk", thread.id))
    if plain == _EMPTY:
        return None
    slot = Slot(date.fromordinal(int.from_bytes(plain[:4], "big")), int.from_bytes(plain[4:6], "big"))
    return Talk(slot, plain[_BYTES - _TOKEN_BYTES :])


def _written(talk: Talk) -> bytes:
    head = talk.slot.day.toordinal().to_bytes(4, "big") + talk.slot.starts.to_bytes(2, "big")
    return head.ljust(_BYTES - _TOKEN_BYTES, b"\0") + talk.token


def _keep(work: Work, thread: Thread, key: bytes, plain: bytes) -> None:
    thread.talk = seal(key, plain, bound("talk", thread.id))
    work.session.flush()


def _insert(work: Work, slot: Slot, token_hash: bytes | None) -> None:
    try:
        with work.session.begin_nested():
            change(work.session, insert(TakenTime).values(day=slot.day, starts=slot.starts, token_hash=token_hash))
    except IntegrityError as error:
        raise TimeGone from error


def _is(slot: Slot) -> ColumnElement[bool]:
    return (TakenTime.day == slot.day) & (TakenTime.starts == slot.starts)


def _hash(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
