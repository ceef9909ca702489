"""Nothing typed is lost: a form sent too late (see `late`) is sealed for its person, given back once, and forgotten.

It is never sent by itself, and never shown to another who signs in on the same phone.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, change, columns
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work

TEXT = "rescued_text.sealed"
KEPT = timedelta(days=1)
LARGEST = 64_000
"""Signs, of whatever language."""
MOST = 20
"""Texts of one person: an old form needs no session to be kept, so it could fill the database from one address to the
next.
"""
LONGEST_PATH = 200
"""Signs; PostgreSQL's index takes no long ones."""


class RescuedText(Base):
    """What one person had typed in the form at one path, in whatever language it was read."""

    __tablename__ = "rescued_text"
    __table_args__ = (Index(None, "saved_at"),)

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(info={"sealed": TEXT})


def save(work: Work, subject: UUID, path: str, typed: Mapping[str, list[str]]) -> bool:
    """Keep what was typed, in place of anything kept for that path before, and of the person's oldest beyond `MOST`.

    False when it is too large to keep, or the path is none that a form of ours stands at.
    """
    text = json.dumps({name: values for name, values in typed.items() if name != "csrf_token"}, ensure_ascii=False)
    if len(text) > LARGEST or len(path) > LONGEST_PATH or not path.isprintable():
        return False
    discard(work, subject, path)
    blob = seal(work.session, text, TEXT)
    work.session.execute(insert(RescuedText).values(subject_id=subject, path=path, saved_at=work.now, sealed=blob))
    change(work.session, _DISCARD_OLDEST, {"subject": subject})
    return True


_TYPED = select(RescuedText.sealed).where(
    RescuedText.subject_id == bindparam("subject"), RescuedText.path == bindparam("path")
)


def typed_at(session: Session, subject: UUID, path: str) -> dict[str, list[str]] | None:
    """What this person had typed at this path."""
    blob = columns(session, _TYPED, {"subject": subject, "path": path}).scalar_one_or_none()
    return json.loads(unseal(session, blob, TEXT)) if blob else None


_DISCARD = delete(RescuedText).where(
    RescuedText.subject_id == bindparam("subject"), RescuedText.path == bindparam("at")
)


_NEWEST = (
    select(RescuedText.path)
    .where(RescuedText.subject_id == bindparam("subject"))
    .order_by(RescuedText.saved_at.desc(), RescuedText.path)
    .limit(MOST)
)
_DISCARD_OLDEST = delete(RescuedText).where(
    RescuedText.subject_id == bindparam("subject"), RescuedText.path.not_in(_NEWEST)
)


def discard(work: Work, subject: UUID, path: str) -> None:
    """The form has been sent, or the text is not wanted."""
    change(work.session, _DISCARD, {"subject": subject, "at": path})


def discard_about(work: Work, subject: UUID, record: UUID) -> None:
    """The record that the forms were about has been sent or deleted; their addresses name it, in whatever language."""
    is_about = RescuedText.path.contains(str(record), autoescape=True)
    work.session.execute(delete(RescuedText).where(RescuedText.subject_id == subject, is_about))


def forget_old(work: Work) -> int:
    """Delete what nobody came back for; the worker calls it."""
    return change(work.session, delete(RescuedText).where(RescuedText.saved_at < work.now - KEPT))
