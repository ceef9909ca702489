"""A person's own calendar address: made, replaced and stopped by its person, asked by a calendar that signs in nowhere.

Whoever holds the address reads by it, so it is 256 random bits, kept as a hash, and shown to its person only once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.people.models import CALENDAR_TOKEN, CalendarAddress, Person

TOKEN_BYTES = 32


@dataclass(frozen=True)
class OwnAddress:
    """What its person is told; `token` only until it has been shown once."""

    id: UUID
    made_at: datetime
    shows_place: bool
    read_on: date | None
    token: str | None


@dataclass(frozen=True)
class Reader:
    """For whom a calendar asks, in which language, and whether it may be told places."""

    address_id: UUID
    person: UUID
    language: str
    shows_place: bool
    read_on: date | None


_OWN = select(
    CalendarAddress.id,
    CalendarAddress.made_at,
    CalendarAddress.shows_place,
    CalendarAddress.read_on,
    CalendarAddress.unshown,
).where(CalendarAddress.person_id == bindparam("person"))


def own_address(work: Work, person: UUID) -> OwnAddress | None:
    """The address of this person, if there is one."""
    row = columns(work.session, _OWN, {"person": person}).one_or_none()
    if row is None:
        return None
    token = unseal(work.session, row.unshown, CALENDAR_TOKEN) if row.unshown else None
    return OwnAddress(row.id, row.made_at, row.shows_place, row.read_on, token)


def make(work: Work, person: UUID, *, shows_place: bool) -> None:
    """Make an address. Where there is one it stays, with this choice: a second press must not shut out a calendar."""
    made = _new(work)
    try:
        with work.session.begin_nested():
            work.session.execute(insert(CalendarAddress).values(person_id=person, shows_place=shows_place, **made))
    except IntegrityError:
        choose_place(work, person, shows_place=shows_place)
    else:
        _record(work, "made", person, made["id"])


def choose_place(work: Work, person: UUID, *, shows_place: bool) -> None:
    """Whether calendars are told where; the choice as it stands already changes nothing."""
    which = (CalendarAddress.person_id == person, CalendarAddress.shows_place.is_not(shows_place))
    chosen = update(CalendarAddress).where(*which).values(shows_place=shows_place).returning(CalendarAddress.id)
    changed = columns(work.session, chosen).scalar_one_or_none()
    if changed is not None:
        _record(work, "place_shown" if shows_place else "place_hidden", person, changed)


def replace(work: Work, person: UUID, present: UUID) -> None:
    """Another address in place of `present`, which stops at once. One that has gone already changes nothing."""
    made = _new(work)
    which = (CalendarAddress.person_id == person, CalendarAddress.id == present)
    if change(work.session, update(CalendarAddress).where(*which).values(read_on=None, **made)):
        _record(work, "replaced", person, made["id"])


def stop(work: Work, person: UUID) -> None:
    """The address leads nowhere from now on; again changes nothing."""
    gone = delete(CalendarAddress).where(CalendarAddress.person_id == person).returning(CalendarAddress.id)
    stopped = columns(work.session, gone).scalar_one_or_none()
    if stopped is not None:
        _record(work, "stopped", person, stopped)


def mark_shown(work: Work, shown: UUID) -> None:
    """Its person has seen the address: from now on nobody can be shown it again."""
    change(work.session, update(CalendarAddress).where(CalendarAddress.id == shown).values(unshown=None))


_READER = (
    select(
        CalendarAddress.id,
        CalendarAddress.person_id,
        Person.language,
        CalendarAddress.shows_place,
        CalendarAddress.read_on,
    )
    .join(Person, Person.id == CalendarAddress.person_id)
    .where(CalendarAddress.token_hash == bindparam("token_hash"))
)


def reader_by(work: Work, token: str) -> Reader | None:
    """Whose calendar asks; none for a token that is unknown, replaced or stopped."""
    row = columns(work.session, _READER, {"token_hash": _hash(token)}).one_or_none()
    return Reader(row.id, row.person_id, row.language, row.shows_place, row.read_on) if row is not None else None


def mark_read(work: Work, address_id: UUID) -> None:
    """A calendar has looked today. Which hours it looks at is nobody's business."""
    not_yet = or_(CalendarAddress.read_on.is_(None), CalendarAddress.read_on < work.today)
    marked = update(CalendarAddress).where(CalendarAddress.id == address_id, not_yet)
    change(work.session, marked.values(read_on=work.today))


def _new(work: Work) -> dict[str, Any]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return {
        "id": new_id(),
        "token_hash": _hash(token),
        "unshown": seal(work.session, token, CALENDAR_TOKEN),
        "made_at": work.now,
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(work: Work, what: str, person: UUID, address_id: UUID) -> None:
    audit.record(work, f"calendar.{what}", [person], about=("calendar_address", address_id))
