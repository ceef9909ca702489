"""Server-side sessions: an opaque id in the zone's cookie, its hash in the table, everything else here.

A session ends 30 minutes after its last use and 8 hours after it began; signing out deletes it. An expired one is kept
for a day, so that text typed too late can be sealed for the same person (phones are shared: it is given back to that
person only).
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from parentsite.foundation.database import Base, change, columns, one_of
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind, Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
WARNING = timedelta(minutes=3)
KEPT_AFTER_END = timedelta(days=1)
MARK_EVERY = timedelta(minutes=1)
DATA = "web_session.data"


class WebSession(Base):
    """One browser's session. `subject_id` is none while somebody is on the way through sign-in; `said` is what the next
    page tells.
    """

    __tablename__ = "web_session"
    __table_args__ = (
        one_of("zone", Zone),
        one_of("kind", ActorKind),
        Index(None, "subject_id"),
        Index(None, "ends_at"),
        Index(None, "seen_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    zone: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    institutions: Mapped[list[str]] = mapped_column(JSON, default=list)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    data: Mapped[bytes | None] = mapped_column(info={"sealed": DATA})
    said: Mapped[str | None]


class Standing(StrEnum):
    """What a presented cookie is worth."""

    NONE = "none"
    LIVE = "live"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Visit:
    """The session of one request."""

    standing: Standing
    token: str = ""
    actor: Actor | None = None
    seen_at: datetime | None = None
    ends_at: datetime | None = None
    sealed: bytes | None = None
    said: str | None = None

    def ends(self, now: datetime) -> datetime | None:
        """When the session ends if nothing is done after this; none when nobody is signed in."""
        if self.standing is not Standing.LIVE or self.actor is None or self.ends_at is None or self.seen_at is None:
            return None
        used = now if needs_mark(self, now) else self.seen_at
        return min(used + IDLE, self.ends_at)


NO_VISIT = Visit(Standing.NONE)

_FIND = select(
    WebSession.kind,
    WebSession.subject_id,
    WebSession.roles,
    WebSession.institutions,
    WebSession.seen_at,
    WebSession.ends_at,
    WebSession.data,
    WebSession.said,
).where(WebSession.token_hash == bindparam("token_hash"), WebSession.zone == bindparam("zone"))


def find(session: Session, token: str, zone: Zone, now: datetime) -> Visit:
    """The visit that a cookie stands for. An unknown token is as good as none."""
    row = columns(session, _FIND, {"token_hash": _hash(token), "zone": zone.value}).one_or_none()
    if row is None:
        return NO_VISIT
    actor = None
    if row.subject_id is not None:
        actor = Actor(ActorKind(row.kind), row.subject_id, frozenset(row.roles), frozenset(row.institutions))
    is_live = now < row.ends_at and now - row.seen_at < IDLE
    standing = Standing.LIVE if is_live else Standing.EXPIRED
    return Visit(standing, token, actor, row.seen_at, row.ends_at, row.data, row.said)


def begin(
    work: Work,
    zone: Zone,
    actor: Actor | None,
    data: Mapping[str, Any] | None = None,
    lasts: timedelta = ABSOLUTE,
) -> str:
    """Start a session (without an actor: one that only carries a sign-in). Returns the cookie's token."""
    token = secrets.token_urlsafe(32)
    work.session.execute(
        insert(WebSession).values(
            token_hash=_hash(token),
            zone=zone.value,
            kind=(actor.kind if actor else ActorKind.ANONYMOUS).value,
            subject_id=actor.id if actor else None,
            roles=sorted(actor.roles) if actor else [],
            institutions=sorted(actor.institutions) if actor else [],
            began_at=work.now,
            seen_at=work.now,
            ends_at=work.now + lasts,
            data=seal(work.session, json.dumps(data), DATA) if data is not None else None,
        )
    )
    return token


def carried(session: Session, visit: Visit) -> dict[str, Any]:
    """What `begin` was given to keep."""
    return json.loads(unseal(session, visit.sealed, DATA)) if visit.sealed else {}


def needs_mark(visit: Visit, now: datetime) -> bool:
    """Whether the last use is long enough ago to be written down again."""
    return visit.standing is Standing.LIVE and visit.seen_at is not None and now - visit.seen_at >= MARK_EVERY


def mark_seen(work: Work, token: str) -> None:
    """The session was used just now."""
    work.session.execute(update(WebSession).where(WebSession.token_hash == _hash(token)).values(seen_at=work.now))


def say(work: Work, token: str, sentence: str | None) -> None:
    """What the next page tells first, once; none when it has been told. Never anything about a child or family."""
    work.session.execute(update(WebSession).where(WebSession.token_hash == _hash(token)).values(said=sentence))


def end(work: Work, token: str) -> None:
    """Sign this browser out."""
    work.session.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def end_everywhere(work: Work, subject: UUID) -> int:
    """Sign a person out of every browser. Returns how many."""
    return change(work.session, delete(WebSession).where(WebSession.subject_id == subject))


def forget_ended(work: Work, limit: int = 1000) -> int:
    """Delete what ended more than a day ago, so many at most; the worker calls it. Returns how many."""
    day_ago = work.now - KEPT_AFTER_END
    ended = (WebSession.ends_at < day_ago) | (WebSession.seen_at < day_ago - IDLE)
    some = select(WebSession.token_hash).where(ended).limit(limit)
    return change(work.session, delete(WebSession).where(WebSession.token_hash.in_(some), ended))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
