"""The audit as the data protection officer reads it: newest first, by child, by role, within a period.

What it shows of an entry are its code, who acted, and how many it was about: no names of families.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from parentsite.foundation.audit import AuditEntry, AuditSubject
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.models import Child, StaffMember

PAGE_SIZE = 25
MOST_PAGES = 400
"""Further back one asks for a shorter period: nobody turns ten thousand entries over."""
MOST_IN_A_FILE = 20_000
"""Entries: as much as a spreadsheet and one request bear."""


@dataclass(frozen=True)
class Asked:
    """Which entries: of one child or of all, by one role or by all, from a moment up to another."""

    since: datetime
    until: datetime
    role: str | None = None
    child: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """One act; `name` is that of the staff member, `one` the only child that it is about."""

    at: datetime
    roles: frozenset[str]
    name: str | None
    action: str
    purpose: str | None
    children: int
    adults: int
    one: UUID | None


@dataclass(frozen=True)
class LogSheet:
    """One page of the log, and whether there is another."""

    rows: Sequence[Entry]
    number: int
    has_more: bool


_ENTRY = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.actor_id,
    AuditEntry.role,
    AuditEntry.action,
    AuditEntry.purpose,
)


def page_of(work: Work, asked: Asked, number: int) -> LogSheet:
    """A page of what was asked for."""
    number = min(number, MOST_PAGES)
    skip = PAGE_SIZE * (number - 1)
    rows = _rows(work, asked, skip + PAGE_SIZE + 1)[skip:]
    return LogSheet(_entries(work, rows[:PAGE_SIZE]), number, len(rows) > PAGE_SIZE and number < MOST_PAGES)


def whole(work: Work, asked: Asked) -> Sequence[Entry] | None:
    """All of it; none when it is more than a file holds."""
    rows = _rows(work, asked, MOST_IN_A_FILE + 1)
    return _entries(work, rows) if len(rows) <= MOST_IN_A_FILE else None


def _rows(work: Work, asked: Asked, most: int) -> Sequence[Any]:
    """The newest, `most` of them. Each way of asking has its index: the child's entries, the roles', the moments'."""
    within = select(*_ENTRY).where(AuditEntry.at >= asked.since, AuditEntry.at < asked.until)
    together = _together(work, asked.role) if asked.role else []
    if asked.child is not None:
        about = within.where(AuditEntry.id.in_(_about(work, asked.child)))
        return _newest(work, about.where(AuditEntry.role.in_(together)) if asked.role else about, most)
    if not asked.role:
        return _newest(work, within, most)
    found = [row for role in together for row in _newest(work, within.where(AuditEntry.role == role), most)]
    return sorted(found, key=lambda row: (-row.at.timestamp(), row.id))[:most]


def _newest(work: Work, statement: Any, most: int) -> Sequence[Any]:
    return columns(work.session, statement.order_by(AuditEntry.at.desc(), AuditEntry.id).limit(most)).all()


def _about(work: Work, child: UUID) -> Select[Any]:
    """The entries about a child, also from when it was only declared."""
    before = columns(work.session, select(Child.id).where(Child.merged_into == child)).scalars()
    return select(AuditSubject.entry_id).where(AuditSubject.subject_id.in_([child, *before]))


def _together(work: Work, role: str) -> list[str]:
    """How the audit writes this role: alone, and with others that the same person has. Each step is one look into the
    index, however many entries there are.
    """
    step = select(func.min(AuditEntry.role).label("role")).where(AuditEntry.role > "")
    written = step.cte("written", recursive=True)
    after = select(func.min(AuditEntry.role)).where(AuditEntry.role > written.c.role).scalar_subquery()
    written = written.union_all(select(after).where(written.c.role.is_not(None)))
    found = columns(work.session, select(written.c.role).where(written.c.role.is_not(None))).scalars()
    return [each for each in found if role in each.split("+")]


def _entries(work: Work, rows: Sequence[Any]) -> list[Entry]:
    about = _subjects(work, [row.id for row in rows])
    names = _names(work, {row.actor_id for row in rows if row.actor_id})
    return [_entry(row, about.get(row.id, ()), names.get(row.actor_id)) for row in rows]


def _entry(row: Any, about: Iterable[tuple[UUID, bool]], name: str | None) -> Entry:
    children = [one for one, is_child in about if is_child]
    adults = sum(1 for _, is_child in about if not is_child)
    only = children[0] if len(children) == 1 else None
    return Entry(
        at=row.at,
        roles=frozenset(row.role.split("+")),
        name=name,
        action=row.action,
        purpose=row.purpose,
        children=len(children),
        adults=adults,
        one=only,
    )


def _subjects(work: Work, entries: Sequence[UUID]) -> Mapping[UUID, list[tuple[UUID, bool]]]:
    """Whom each entry is about, and whether that is a child."""
    found: dict[UUID, list[tuple[UUID, bool]]] = {}
    asked = select(AuditSubject.entry_id, AuditSubject.subject_id, Child.id.label("child"))
    asked = asked.outerjoin(Child, Child.id == AuditSubject.subject_id)
    for some in _parts(entries):
        for row in columns(work.session, asked.where(AuditSubject.entry_id.in_(some))):
            found.setdefault(row.entry_id, []).append((row.subject_id, row.child is not None))
    return found


def _names(work: Work, staff: set[UUID]) -> Mapping[UUID, str]:
    """What the staff among them are called: parents are not named."""
    asked = select(StaffMember.id, StaffMember.name)
    parts = (columns(work.session, asked.where(StaffMember.id.in_(some))) for some in _parts(list(staff)))
    return {row.id: row.name for rows in parts for row in rows}


def _parts(ids: Sequence[UUID], size: int = 5_000) -> Iterable[Sequence[UUID]]:
    """No statement takes any number of values."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
