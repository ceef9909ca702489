"""The audit's chain: what is linked and what waits to be, and the proof that no entry is missing or has changed."""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import delete, func, insert, null, select, union_all
from sqlalchemy.orm import Session

from parentsite.foundation.audit import (
    AuditEntry,
    AuditLink,
    AuditLook,
    AuditLoose,
    AuditSubject,
    digest_of,
    named_in,
)
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


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


# The looks come first: they say of which types the columns are.
_NAMED = union_all(
    select(AuditLook.entry_id, AuditLook.child_id.label("subject_id"), AuditLook.of_id, AuditLook.institution),
    select(AuditSubject.entry_id, AuditSubject.subject_id, null(), null()),
).subquery()
_CHAIN = (
    select(
        AuditLink.number,
        AuditLink.link,
        *AuditEntry.__table__.columns,
        _NAMED.c.subject_id,
        _NAMED.c.of_id,
        _NAMED.c.institution,
    )
    .outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
    .outerjoin(_NAMED, _NAMED.c.entry_id == AuditEntry.id)
    .order_by(AuditLink.number)
)


def broken_links(session: Session, newest: int | None = None) -> list[int]:
    """The numbers of links that do not follow the one before, or whose entry is missing or no longer says what it said.

    Empty when the chain proves itself; of a long one perhaps only its `newest` links.
    """
    expected, before = _start(session, newest)
    broken = []
    rows_on = session.execute(_CHAIN.where(AuditLink.number >= expected))
    for number, rows in groupby(rows_on.mappings(), key=itemgetter("number")):
        told: list[dict[str, Any]] = [{str(name): value for name, value in row.items()} for row in rows]
        entry, link = told[0], told[0]["link"]
        is_whole = entry["id"] is not None and entry["digest"] == digest_of(entry, _named(told))
        if number != expected or not is_whole or link != _next_link(before, entry["digest"]):
            broken.append(number)
        before, expected = link, number + 1
    return broken


def _start(session: Session, newest: int | None) -> tuple[int, str]:
    """The first number to be proved, and the link before it."""
    last = session.execute(select(func.max(AuditLink.number))).scalar_one() or 0
    if newest is None or last <= newest:
        return 1, ""
    link = session.execute(select(AuditLink.link).where(AuditLink.number == last - newest)).scalar_one_or_none()
    return last - newest + 1, link or ""


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


def _named(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    named = (row for row in rows if row["subject_id"] is not None)
    return [named_in(row["subject_id"], row["of_id"], row["institution"]) for row in named]


def _next_link(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}:{digest}".encode()).hexdigest()
