"""The team's letters: who waits, the one who has waited longest first; those that are answered, and the closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select

from parentsite.contact.models import Letter
from parentsite.contact.policy import scopes_of
from parentsite.contact.rules.days import working_days_waited
from parentsite.contact.rules.states import WAITING, LetterState
from parentsite.contact.service.desk_gate import served
from parentsite.contact.service.own import due_on
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named, names_of
from parentsite.people.models import StaffMember
from parentsite.town.closed import closed_days
from parentsite.town.service import current_town

PAGE_SIZE = 30
_COLLEAGUES = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(bindparam("staff", expanding=True)))


class Shelf(StrEnum):
    """Which letters are listed."""

    WAITING = auto()
    ANSWERED = auto()
    CLOSED = auto()


SHELVES = {Shelf.WAITING: WAITING, Shelf.ANSWERED: (LetterState.ANSWERED,), Shelf.CLOSED: (LetterState.CLOSED,)}


@dataclass(frozen=True)
class Colleague:
    """Who of the team has taken a letter."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Waiting:
    """A letter in the queue, without a word of it; `waited` are working days, `due` the last day of the promise, and
    `is_late` when that day is over.
    """

    id: UUID
    team: str
    state: LetterState
    person_id: UUID
    person: str
    child_id: UUID | None
    child: Named | None
    language: str
    taken_by: Colleague | None
    waited: int | None
    due: date | None
    is_late: bool


@dataclass(frozen=True)
class QueueSheet:
    """One page of the queue, and whether there is another."""

    rows: Sequence[Waiting]
    number: int
    has_more: bool


def queue(work: Work, shelf: Shelf = Shelf.WAITING, number: int = 1) -> QueueSheet:
    """A page of the letters of this member of the staff's teams on a shelf: of those that wait the one that has waited
    longest first, of the others the one with the newest. Who shows it leaves one entry with the ids.
    """
    first = Letter.waiting_since if shelf is Shelf.WAITING else Letter.changed_at.desc()
    wanted = select(Letter.__table__).where(served(work), Letter.state.in_(SHELVES[shelf])).order_by(first, Letter.id)
    rows = columns(work.session, wanted.limit(PAGE_SIZE + 1).offset(PAGE_SIZE * (number - 1))).all()
    return QueueSheet(listed(work, rows[:PAGE_SIZE]), number, has_more=len(rows) > PAGE_SIZE)


def waiting_by_team(work: Work) -> dict[str, int]:
    """How many letters nobody has taken yet, by the code of the team. One statement; none for who is in no team."""
    if not scopes_of(current_town(work.session), work.actor):
        return {}
    free = func.count(case((Letter.state == LetterState.OPEN.value, 1))).label("free")
    wanted = select(Letter.team, free).where(served(work), Letter.state.in_(WAITING)).group_by(Letter.team)
    return {row.team: row.free for row in columns(work.session, wanted) if row.free}


def listed(work: Work, rows: Sequence[Any]) -> list[Waiting]:
    """Rows of letters as the queue shows them. Three statements at most."""
    names = names_of(work.session, {row.person_id for row in rows})
    children = {row.child_id for row in rows if row.child_id}
    called = named(work.session, children) if children else {}
    taken = _colleagues(work, {row.claimed_by for row in rows if row.claimed_by})
    found = []
    for row in rows:
        colleague = Colleague(row.claimed_by, taken[row.claimed_by]) if row.claimed_by else None
        found.append(_waiting(work, row, names[row.person_id], called.get(row.child_id), colleague))
    return found


def _colleagues(work: Work, staff: Collection[UUID]) -> dict[UUID, str]:
    rows = columns(work.session, _COLLEAGUES, {"staff": list(staff)}) if staff else ()
    return {row.id: row.name for row in rows}


def _waiting(work: Work, row: Any, person: str, child: Named | None, taken_by: Colleague | None) -> Waiting:
    due = due_on(work, row)
    return Waiting(
        id=row.id,
        team=row.team,
        state=LetterState(row.state),
        person_id=row.person_id,
        person=person,
        child_id=row.child_id,
        child=child,
        language=row.language,
        taken_by=taken_by,
        is_late=due is not None and due < work.today,
        waited=_waited(work, row),
        due=due,
    )


def _waited(work: Work, row: Any) -> int | None:
    if row.waiting_since is None:
        return None
    since = local_date(row.waiting_since)
    return working_days_waited(since, work.today, closed_days(current_town(work.session), since, work.today))
