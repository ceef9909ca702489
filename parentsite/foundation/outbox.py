"""The outbox: a letter is a row in the transaction that gives rise to it, holding names and ids, never text.

The worker claims due rows with a lease, so that two workers never hold one letter at once; a letter is sent at least
once, and its key (also the mail's Message-ID) lets a receiver see a repeat as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Index, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, change, new_id, one_of
from parentsite.foundation.work import Work

LEASE = timedelta(minutes=5)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
MOST_ATTEMPTS = 12


class LetterState(StrEnum):
    """Where a letter stands: `failed` after the last attempt; `void` has no address, or nothing left to tell."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    VOID = "void"


class OutboxLetter(Base):
    """One letter to one person; `name` is `journey/letter`, `ids` what its text is built from."""

    __tablename__ = "outbox_letter"
    __table_args__ = (one_of("state", LetterState), Index(None, "state", "due_at", "id"), Index(None, "receiver_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    receiver_id: Mapped[UUID]
    ids: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=LetterState.DUE.value)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


@dataclass(frozen=True)
class Claim:
    """A letter held by one worker until the lease ends."""

    id: UUID
    lease: UUID
    key: str
    name: str
    receiver_id: UUID
    ids: Mapping[str, str]
    attempts: int


_POST = {
    dialect.dialect.name: dialect.insert(OutboxLetter).on_conflict_do_nothing(index_elements=["key"])
    for dialect in (sqlite, postgresql)
}


def post(work: Work, name: str, receiver: UUID, key: str, **ids: object) -> None:
    """Put a letter in the outbox; the same key again is the same letter, and nothing is added."""
    letter = {
        "id": new_id(),
        "key": key,
        "name": name,
        "receiver_id": receiver,
        "ids": {k: str(v) for k, v in ids.items()},
        "created_at": work.now,
        "due_at": work.now,
        "state": LetterState.DUE.value,
        "attempts": 0,
    }
    change(work.session, _POST[work.session.get_bind().dialect.name], letter)


def posted(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of the keys a letter has already, so that a chore need not post it again."""
    return set(session.scalars(select(OutboxLetter.key).where(OutboxLetter.key.in_(list(keys)))))


@dataclass(frozen=True)
class About:
    """What a letter is about: its name and ids."""

    name: str
    ids: Mapping[str, str]


def letter_for(session: Session, letter: UUID, receiver: UUID) -> About | None:
    """The letter, for the person it was written to."""
    row = session.execute(
        select(OutboxLetter.name, OutboxLetter.ids).where(
            OutboxLetter.id == letter, OutboxLetter.receiver_id == receiver
        )
    ).one_or_none()
    return About(row.name, row.ids) if row else None


def due_letters(session: Session, now: datetime, limit: int = 20) -> list[UUID]:
    """The letters that wait and that nobody holds, oldest first."""
    return list(
        session.scalars(
            select(OutboxLetter.id)
            .where(OutboxLetter.state == LetterState.DUE, OutboxLetter.due_at <= now, _free(now))
            .order_by(OutboxLetter.due_at, OutboxLetter.id)
            .limit(limit)
        )
    )


def claim(work: Work, letter_id: UUID) -> Claim | None:
    """Take the letter for this worker; `None` when another was quicker, or has tried in vain meanwhile."""
    lease = new_id()
    row = work.session.execute(
        update(OutboxLetter)
        .where(
            OutboxLetter.id == letter_id,
            OutboxLetter.state == LetterState.DUE,
            OutboxLetter.due_at <= work.now,
            _free(work.now),
        )
        .values(lease=lease, lease_until=work.now + LEASE, attempts=OutboxLetter.attempts + 1)
        .returning(
            OutboxLetter.id,
            OutboxLetter.key,
            OutboxLetter.name,
            OutboxLetter.receiver_id,
            OutboxLetter.ids,
            OutboxLetter.attempts,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claim(row.id, lease, row.key, row.name, row.receiver_id, row.ids, row.attempts) if row else None


def mark_sent(work: Work, held: Claim) -> None:
    """The transport took the letter."""
    _settle(work, held, state=LetterState.SENT.value, sent_at=work.now, last_error=None)


def mark_void(work: Work, held: Claim) -> None:
    """There is nobody to send the letter to, or nothing to say any more."""
    _settle(work, held, state=LetterState.VOID.value, last_error=None)


def mark_failed(work: Work, held: Claim, error: str) -> None:
    """The transport refused: try again later, each time after twice as long, until `MOST_ATTEMPTS`."""
    wait = min(FIRST_RETRY * 2 ** (held.attempts - 1), LONGEST_RETRY)
    state = LetterState.FAILED if held.attempts >= MOST_ATTEMPTS else LetterState.DUE
    _settle(work, held, state=state.value, due_at=work.now + wait, last_error=error[:200])


def _settle(work: Work, held: Claim, **values: object) -> None:
    change(
        work.session,
        update(OutboxLetter)
        .where(OutboxLetter.id == held.id, OutboxLetter.lease == held.lease)
        .values(lease=None, lease_until=None, **values),
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(OutboxLetter.lease_until.is_(None), OutboxLetter.lease_until < now)
