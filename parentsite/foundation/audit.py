"""Who did or saw what, about whom, when and why: append-only, ids and never words.

Every write, and every read of a child's record by staff, leaves an entry in the transaction it describes. The entry
carries a digest of itself; the worker links the digests into a chain, so that a missing or changed entry shows while
no two families ever wait for one another's entry. No entry is ever changed: which ones are not linked yet stands in a
short list beside them, so that linking costs the same however many years the audit holds.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, change, new_id, one_of
from parentsite.foundation.guards import append_only, follow
from parentsite.foundation.work import ActorKind, Work


class AuditEntry(Base):
    """One act. `record_kind` and `record_id` name the record; `purpose` comes from the journey's short list."""

    __tablename__ = "audit_entry"
    __table_args__ = (one_of("actor_kind", ActorKind), Index(None, "record_kind", "record_id"), Index(None, "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    role: Mapped[str]
    action: Mapped[str]
    record_kind: Mapped[str | None]
    record_id: Mapped[str | None]
    purpose: Mapped[str | None]
    digest: Mapped[str]


class AuditSubject(Base):
    """A child or adult whom an entry is about."""

    __tablename__ = "audit_subject"
    __table_args__ = (Index(None, "subject_id"),)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(AuditEntry.id), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class AuditLink(Base):
    """The chain: each link binds the digest of one entry to the link before it."""

    __tablename__ = "audit_link"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(unique=True)
    link: Mapped[str]


class AuditLoose(Base):
    """An entry that waits to be linked: the database writes it with each entry, and it goes when that is linked."""

    __tablename__ = "audit_loose"
    __table_args__ = (Index(None, "at"),)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(AuditEntry.id), primary_key=True)
    at: Mapped[datetime]


_INSERT_ENTRY, _INSERT_SUBJECT = insert(AuditEntry), insert(AuditSubject)


def record(
    work: Work,
    action: str,
    subjects: Iterable[UUID],
    *,
    about: tuple[str, object] | None = None,
    purpose: StrEnum | None = None,
) -> None:
    """Write one entry for `action` about `subjects` (children, adults); `about` is the record's kind and id, `purpose`
    one of the few that the journey has named: never words of anybody's own.
    """
    about_kind, about_id = (about[0], str(about[1])) if about else (None, None)
    listed = sorted({str(subject) for subject in subjects})
    entry = {
        "id": new_id(),
        "at": work.now,
        "actor_kind": work.actor.kind.value,
        "actor_id": work.actor.id,
        "role": work.actor.role,
        "action": action,
        "record_kind": about_kind,
        "record_id": about_id,
        "purpose": purpose.value if purpose else None,
    }
    change(work.session, _INSERT_ENTRY, {**entry, "digest": _digest(entry, listed)})
    if listed:
        rows = [{"entry_id": entry["id"], "subject_id": UUID(subject)} for subject in listed]
        change(work.session, _INSERT_SUBJECT, rows)


def has_done(session: Session, actor: UUID, action: str, about: tuple[str, object]) -> bool:
    """Whether this person has done this to this record before; `about` is the record's kind and id."""
    entry = (AuditEntry.record_kind == about[0]) & (AuditEntry.record_id == str(about[1]))
    asked = select(AuditEntry.id).where(entry, AuditEntry.action == action, AuditEntry.actor_id == actor)
    return session.scalars(asked.limit(1)).first() is not None


def link_entries(work: Work, limit: int = 500) -> int:
    """Chain up to `limit` entries that are not chained yet; the worker calls it. Returns how many."""
    session = work.session
    last = session.execute(select(AuditLink).order_by(AuditLink.number.desc()).limit(1)).scalar_one_or_none()
    number, before = (last.number, last.link) if last else (0, "")
    waiting = session.scalars(
        select(AuditLoose.entry_id).order_by(AuditLoose.at, AuditLoose.entry_id).limit(limit)
    ).all()
    entries = select(AuditEntry.id, AuditEntry.digest).where(AuditEntry.id.in_(waiting))
    digests = {row.id: row.digest for row in session.execute(entries)}
    links = []
    for entry_id in waiting:
        number, before = number + 1, _next_link(before, digests[entry_id])
        links.append({"number": number, "entry_id": entry_id, "link": before})
    if links:
        session.execute(insert(AuditLink), links)
        change(session, delete(AuditLoose).where(AuditLoose.entry_id.in_(waiting)))
    return len(links)


_CHAIN = (
    select(AuditLink.number, AuditLink.link, *AuditEntry.__table__.columns, AuditSubject.subject_id)
    .outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
    .outerjoin(AuditSubject, AuditSubject.entry_id == AuditEntry.id)
    .order_by(AuditLink.number)
)


def broken_links(session: Session) -> list[int]:
    """The numbers of links that do not follow the one before, or whose entry is missing or no longer says what it said.

    Empty when the chain proves itself.
    """
    broken, before, expected = [], "", 1
    for number, rows in groupby(session.execute(_CHAIN).mappings(), key=itemgetter("number")):
        told: list[dict[str, Any]] = [{str(name): value for name, value in row.items()} for row in rows]
        entry, link = told[0], told[0]["link"]
        is_whole = entry["id"] is not None and entry["digest"] == _digest(entry, _listed(told))
        if number != expected or not is_whole or link != _next_link(before, entry["digest"]):
            broken.append(number)
        before, expected = link, number + 1
    return broken


def count_adrift(session: Session) -> int:
    """How many entries are neither linked nor wait to be, so that nobody would see that such a one goes; or are both,
    so that linking stumbles over them. None, in health.
    """
    linked = select(AuditLink.number).where(AuditLink.entry_id == AuditEntry.id).exists()
    waits = select(AuditLoose.at).where(AuditLoose.entry_id == AuditEntry.id).exists()
    lost = (~linked & ~waits) | (linked & waits)
    return session.execute(select(func.count()).select_from(AuditEntry).where(lost)).scalar_one()


def count_waiting(session: Session) -> int:
    """How many entries wait to be linked: few, while a worker runs."""
    return session.execute(select(func.count()).select_from(AuditLoose)).scalar_one()


def end_of_chain(session: Session) -> str | None:
    """The last link as `number:link`; none before the first. What proves itself may still have been cut short or made
    anew by who owns the database: only who has noted an end elsewhere can tell.
    """
    last = session.execute(select(AuditLink.number, AuditLink.link).order_by(AuditLink.number.desc()).limit(1)).first()
    return f"{last.number}:{last.link}" if last else None


def still_holds(session: Session, noted: str) -> bool:
    """Whether the chain still runs through an end that was noted before."""
    number, _, link = noted.partition(":")
    found = select(AuditLink.number).where(AuditLink.link == link)
    return [str(one) for one in session.scalars(found)] == [number]


def count_entries(session: Session) -> int:
    """How many entries there are in all."""
    return session.execute(select(func.count()).select_from(AuditEntry)).scalar_one()


def _listed(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(str(row["subject_id"]) for row in rows if row["subject_id"] is not None)


def _digest(entry: Mapping[str, Any], listed: list[str]) -> str:
    """Everything an entry says, in one hash."""
    facts = [
        str(entry["id"]),
        entry["at"].astimezone(UTC).isoformat(),
        entry["actor_kind"],
        str(entry["actor_id"]),
        *(entry[name] for name in ("role", "action", "record_kind", "record_id", "purpose")),
        listed,
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _next_link(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}:{digest}".encode()).hexdigest()


for _model in (AuditEntry, AuditSubject, AuditLink):
    append_only(_model.__table__)  # type: ignore[arg-type]
follow(
    AuditLoose.__table__,  # type: ignore[arg-type]
    "audit_entry_waits",
    AuditEntry.__tablename__,
    "INSERT INTO audit_loose (entry_id, at) VALUES (NEW.id, NEW.at)",
)
