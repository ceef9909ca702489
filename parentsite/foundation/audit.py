"""Who did or saw what, about whom, when and why: append-only, ids and never words.

Every write, and every read of a child's record by staff, leaves an entry in the transaction it describes. The entry
carries a digest of itself; the worker links the digests into a chain, so that a missing or changed entry shows while
no two families ever wait for one another's entry. Forgetting a record leaves the digest.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import append_only
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


def record(
    work: Work,
    action: str,
    subjects: Iterable[UUID],
    *,
    about: tuple[str, object] | None = None,
    purpose: str | None = None,
) -> UUID:
    """Write one entry for `action` about `subjects` (children, adults); `about` is the record's kind and id."""
    about_kind, about_id = (about[0], str(about[1])) if about else (None, None)
    listed = sorted({str(subject) for subject in subjects})
    actor = work.actor
    facts = [work.now.isoformat(), actor.kind, str(actor.id), actor.role, action, about_kind, about_id, purpose, listed]
    entry_id = new_id()
    work.session.execute(
        insert(AuditEntry).values(
            id=entry_id,
            at=work.now,
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            role=actor.role,
            action=action,
            record_kind=about_kind,
            record_id=about_id,
            purpose=purpose,
            digest=hashlib.sha256(json.dumps([str(entry_id), *facts]).encode()).hexdigest(),
        )
    )
    if listed:
        rows = [{"entry_id": entry_id, "subject_id": UUID(subject)} for subject in listed]
        work.session.execute(insert(AuditSubject), rows)
    return entry_id


def link_entries(work: Work, limit: int = 500) -> int:
    """Chain up to `limit` entries that are not chained yet; the worker calls it. Returns how many."""
    session = work.session
    last = session.execute(select(AuditLink).order_by(AuditLink.number.desc()).limit(1)).scalar_one_or_none()
    number, before = (last.number, last.link) if last else (0, "")
    loose = session.execute(
        select(AuditEntry.id, AuditEntry.digest)
        .where(~select(AuditLink.number).where(AuditLink.entry_id == AuditEntry.id).exists())
        .order_by(AuditEntry.at, AuditEntry.id)
        .limit(limit)
    ).all()
    for entry_id, digest in loose:
        number, before = number + 1, _next_link(before, digest)
        session.execute(insert(AuditLink).values(number=number, entry_id=entry_id, link=before))
    return len(loose)


def broken_links(session: Session) -> list[int]:
    """The numbers of links whose entry is missing or does not give the link; empty when the chain proves itself."""
    broken, before, expected = [], "", 1
    rows = session.execute(
        select(AuditLink.number, AuditLink.link, AuditEntry.digest)
        .outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
        .order_by(AuditLink.number)
    )
    for number, link, digest in rows:
        if number != expected or digest is None or link != _next_link(before, digest):
            broken.append(number)
        before, expected = link, number + 1
    return broken


def count_entries(session: Session) -> int:
    """How many entries there are in all."""
    return session.execute(select(func.count()).select_from(AuditEntry)).scalar_one()


def _next_link(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}:{digest}".encode()).hexdigest()


append_only(AuditEntry.__table__, ("id", "digest"))  # type: ignore[arg-type]
append_only(AuditLink.__table__, ("number", "entry_id", "link"))  # type: ignore[arg-type]
