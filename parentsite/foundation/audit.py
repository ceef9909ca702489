"""Who did or saw what, about whom, when and why: append-only, ids and never words.

Every write, and every read of a child's record by staff, leaves an entry in the transaction it describes. The entry
carries a digest of itself; the worker links the digests into a chain, so that a missing or changed entry shows while
no two families ever wait for one another's entry. No entry is ever changed: which ones are not linked yet stands in a
short list beside them (`chain`), so that linking costs the same however many years the audit holds. A read says of
each child whose thing was read, so that parents can be told who has looked (`reading`).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, change, new_id, one_of
from parentsite.foundation.guards import append_only, follow
from parentsite.foundation.work import ActorKind, Work


class AuditEntry(Base):
    """One act. `record_kind` and `record_id` name the record; `purpose` comes from the journey's short list."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("actor_kind", ActorKind),
        Index(None, "record_kind", "record_id"),
        Index(None, "at"),
        Index(None, "role", "at"),
    )

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


class AuditLook(Base):
    """A child whom staff read of, and whose the thing was: the child's own (`of_id` is the child again) or an adult's.

    `at` is the entry's, so that a child's newest are found by an index; `institution` the one house or school where the
    reader works. No foreign key leads to the child: a declared one that is merged keeps its entries.
    """

    __tablename__ = "audit_look"
    __table_args__ = (Index(None, "child_id", "at"),)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(AuditEntry.id), primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    of_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    institution: Mapped[str | None]


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


_INSERT_ENTRY, _INSERT_SUBJECT, _INSERT_LOOK = insert(AuditEntry), insert(AuditSubject), insert(AuditLook)


def record(
    work: Work,
    action: str,
    subjects: Iterable[UUID],
    *,
    about: tuple[str, object] | None = None,
    purpose: StrEnum | None = None,
    looks: Iterable[tuple[UUID, UUID]] = (),
) -> None:
    """Write one entry for `action` about `subjects` (children, adults); `about` is the record's kind and id, `purpose`
    one of the few that the journey has named: never words of anybody's own. `looks` is for reads alone (`reading`):
    each child that was shown, with whose the thing is.
    """
    about_kind, about_id = (about[0], str(about[1])) if about else (None, None)
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
    named = set(subjects)
    seen = [_look(work, entry["id"], child, of) for child, of in set(looks)]
    told = [named_in(one, None, None) for one in named]
    told += [named_in(row["child_id"], row["of_id"], row["institution"]) for row in seen]
    change(work.session, _INSERT_ENTRY, {**entry, "digest": digest_of(entry, told)})
    if named:
        change(work.session, _INSERT_SUBJECT, [{"entry_id": entry["id"], "subject_id": one} for one in named])
    if seen:
        change(work.session, _INSERT_LOOK, seen)


def _look(work: Work, entry: Any, child: UUID, of: UUID) -> dict[str, Any]:
    works_at = work.actor.institutions
    institution = next(iter(works_at)) if len(works_at) == 1 else None
    return {"entry_id": entry, "child_id": child, "of_id": of, "at": work.now, "institution": institution}


def has_done(session: Session, actor: UUID, action: str, about: tuple[str, object]) -> bool:
    """Whether this person has done this to this record before; `about` is the record's kind and id."""
    entry = (AuditEntry.record_kind == about[0]) & (AuditEntry.record_id == str(about[1]))
    asked = select(AuditEntry.id).where(entry, AuditEntry.action == action, AuditEntry.actor_id == actor)
    return session.scalars(asked.limit(1)).first() is not None


def named_in(one: UUID, of: UUID | None, institution: str | None) -> str:
    """How a digest names a subject, or, with whose the thing is, a child that was looked at."""
    return str(one) if of is None else f"{one} {of} {institution or ''}"


def digest_of(entry: Mapping[str, Any], named: Iterable[str]) -> str:
    """Everything an entry says, in one hash."""
    facts = [
        str(entry["id"]),
        entry["at"].astimezone(UTC).isoformat(),
        entry["actor_kind"],
        str(entry["actor_id"]),
        *(entry[name] for name in ("role", "action", "record_kind", "record_id", "purpose")),
        sorted(named),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


for _model in (AuditEntry, AuditSubject, AuditLook, AuditLink):
    append_only(_model.__table__)  # type: ignore[arg-type]
follow(
    AuditLoose.__table__,  # type: ignore[arg-type]
    "audit_entry_waits",
    AuditEntry.__tablename__,
    "INSERT INTO audit_loose (entry_id, at) VALUES (NEW.id, NEW.at)",
)
