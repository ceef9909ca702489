"""The tables of the anonymous conversation, in a database of their own: no foreign key to anything, no time finer than
a day but the coarse steps of sessions and the times to talk, and no order of rows but that of random ids.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Integer, LargeBinary, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from parentsite.counselling.rules.vocabulary import Act, HouseMode, Side
from parentsite.foundation.database import Base, one_of

_ROWS_BY_KEY = {"sqlite_with_rowid": False}
"""A hidden row number would tell in which order conversations began."""


class Apart(DeclarativeBase):
    """The base of these tables alone."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    type_annotation_map = {str: Text(), int: Integer(), date: Date(), UUID: Uuid(), bytes: LargeBinary()}


def _table(*checks: CheckConstraint) -> Any:
    return (*checks, _ROWS_BY_KEY)


class Thread(Apart):
    """One conversation. `lookup` finds it by its phrase; its key T is sealed for the parent (`for_parent`) and for the
    house (`for_house`); `talk`, sealed under T, holds the time to talk that was taken, or as many bytes of nothing.
    """

    __tablename__ = "thread"
    __table_args__ = _table()

    id: Mapped[bytes] = mapped_column(primary_key=True)
    lookup: Mapped[bytes] = mapped_column(unique=True)
    designation: Mapped[str] = mapped_column(unique=True)
    for_parent: Mapped[bytes]
    for_house: Mapped[bytes]
    talk: Mapped[bytes]
    visited_on: Mapped[date]
    closed_on: Mapped[date | None]


class Message(Apart):
    """One message, sealed under T and bound to thread, number and side; `read_on` when the other side first saw it."""

    __tablename__ = "message"
    __table_args__ = _table(one_of("side", Side))

    thread: Mapped[bytes] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str]
    day: Mapped[date]
    read_on: Mapped[date | None]
    sealed: Mapped[bytes]


class OpenSession(Apart):
    """A parent's session: which thread it is in only its own token can tell. Times are steps of five minutes."""

    __tablename__ = "open_session"
    __table_args__ = _table()

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    idle_until: Mapped[int]
    ends: Mapped[int]


class TakenTime(Apart):
    """A time to talk that is not free: taken by whoever holds the token, or withdrawn by the house (no token)."""

    __tablename__ = "taken_time"
    __table_args__ = _table()

    day: Mapped[date] = mapped_column(primary_key=True)
    starts: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes | None]


class PepperSign(Apart):
    """By what the pepper is known that all phrases here were made keys with: a hash that gives nothing of it away."""

    __tablename__ = "pepper_sign"
    __table_args__ = _table(CheckConstraint("one = 1", name="one"))

    one: Mapped[int] = mapped_column(primary_key=True, default=1)
    sign: Mapped[bytes]


class HouseKey(Apart):
    """The one key that the house reads with: its public half, and its private half sealed to the paper key."""

    __tablename__ = "house_key"
    __table_args__ = _table(CheckConstraint("one = 1", name="one"), one_of("mode", HouseMode))

    one: Mapped[int] = mapped_column(primary_key=True, default=1)
    mode: Mapped[str]
    public: Mapped[bytes]
    recovery_public: Mapped[bytes | None]
    recovery_share: Mapped[bytes | None]
    made_on: Mapped[date]


class Counsellor(Apart):
    """Who may hold the house key: a key pair of one's own, wrapped under one's phrase; `share` is the house key's
    private half sealed to it, none until somebody has admitted the counsellor.
    """

    __tablename__ = "counsellor"
    __table_args__ = _table()

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    public: Mapped[bytes]
    salt: Mapped[bytes]
    wrapped: Mapped[bytes]
    share: Mapped[bytes | None]
    enrolled_on: Mapped[date]


class MailboxSession(Apart):
    """A counsellor's unlocked mailbox: the house key's private half under a token that only the browser has."""

    __tablename__ = "mailbox_session"
    __table_args__ = _table()

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    counsellor: Mapped[UUID]
    sealed: Mapped[bytes]
    idle_until: Mapped[int]
    ends: Mapped[int]


class KeptAnswer(Apart):
    """What a counsellor had typed when the own session had ended: sealed to the house, given back once, and gone the
    day after.
    """

    __tablename__ = "kept_answer"
    __table_args__ = _table()

    thread: Mapped[bytes] = mapped_column(primary_key=True)
    counsellor: Mapped[UUID] = mapped_column(primary_key=True)
    for_house: Mapped[bytes]
    sealed: Mapped[bytes]
    day: Mapped[date]


class AuditDay(Apart):
    """That a counsellor did something with a conversation on a day: how often and when is not kept."""

    __tablename__ = "audit_day"
    __table_args__ = _table(one_of("act", Act))

    day: Mapped[date] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(primary_key=True)
    designation: Mapped[str] = mapped_column(primary_key=True)
