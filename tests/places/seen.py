"""What is left behind by an act: audit entries, letters, rows."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.foundation.audit import AuditEntry, AuditSubject
from parentsite.foundation.outbox import OutboxLetter
from parentsite.places.models import Wish


def acts_on(session: Session, record: UUID) -> Counter[str]:
    """How often the audit tells of each action on a record."""
    return Counter(session.scalars(select(AuditEntry.action).where(AuditEntry.record_id == str(record))))


def entries(session: Session, *actions: str) -> list[AuditEntry]:
    """The audit entries of these actions, of all when none is named."""
    found = session.scalars(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id))
    return [entry for entry in found if not actions or entry.action in actions]


def subjects(session: Session, entry: AuditEntry) -> set[UUID]:
    """Whom an audit entry is about."""
    return set(session.scalars(select(AuditSubject.subject_id).where(AuditSubject.entry_id == entry.id)))


def letters(session: Session) -> list[tuple[str, UUID]]:
    """The letters in the outbox: name and receiver."""
    rows = session.execute(select(OutboxLetter.name, OutboxLetter.receiver_id).order_by(OutboxLetter.name))
    return [(row.name, row.receiver_id) for row in rows]


def wishes_of(session: Session, application: UUID) -> dict[str, str]:
    """The state of each wish, by facility, in the parents' order."""
    found = select(Wish.facility, Wish.state).where(Wish.application_id == application).order_by(Wish.rank)
    return {row.facility: row.state for row in session.execute(found)}


def row(session: Session, model: Any, key: UUID) -> Any:
    """A row as it is in the database now."""
    return session.get_one(model, key, populate_existing=True)
