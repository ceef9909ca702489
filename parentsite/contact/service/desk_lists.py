"""The team's letters: who waits, the one who has waited longest first; and one letter with all that it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from parentsite.contact.models import Letter
from parentsite.contact.policy import scopes_of
from parentsite.contact.rules.days import working_days_waited
from parentsite.contact.rules.sight import View
from parentsite.contact.rules.states import LIVE, WAITING, LetterState
from parentsite.contact.service.attaching import file_of
from parentsite.contact.service.conversation import Conversation, conversation_in
from parentsite.contact.service.gate import at_desk, seen_by, served
from parentsite.contact.service.own import due_on
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named, names_of
from parentsite.people.visibility import Facet, sight_of
from parentsite.town.closed import closed_days
from parentsite.town.service import current_town

PAGE_SIZE = 30


@dataclass(frozen=True)
class Waiting:
    """A letter in the queue, without a word of it; `waited` are working days, `due` the last day of the promise."""

    id: UUID
    team: str
    state: LetterState
    person_id: UUID
    person: str
    child_id: UUID | None
    child: Named | None
    language: str
    claimed_by: UUID | None
    waited: int | None
    due: date | None


@dataclass(frozen=True)
class QueueSheet:
    """One page of the queue, and whether there is another."""

    rows: Sequence[Waiting]
    number: int
    has_more: bool


@dataclass(frozen=True)
class DeskLetter:
    """One letter at the desk. `readers` are the parents who see it, the writer first; `is_kept_apart` when the writer
    may not know where the child is, or when: then the answer must not tell.
    """

    head: Waiting
    messages: int
    place: str | None
    is_shared: bool
    is_kept_apart: bool
    readers: Sequence[UUID]
    names: dict[UUID, str]
    conversation: Conversation


def queue(work: Work, *, waiting: bool = True, number: int = 1) -> QueueSheet:
    """A page of the letters that wait for this member of the staff's teams, or of those under way with an answer; who
    shows it leaves one entry with the ids.
    """
    states = WAITING if waiting else tuple(set(LIVE) - set(WAITING))
    first = Letter.waiting_since if waiting else Letter.changed_at.desc()
    wanted = select(Letter.__table__).where(served(work), Letter.state.in_(states)).order_by(first, Letter.id)
    rows = columns(work.session, wanted.limit(PAGE_SIZE + 1).offset(PAGE_SIZE * (number - 1))).all()
    return QueueSheet(_listed(work, rows[:PAGE_SIZE]), number, has_more=len(rows) > PAGE_SIZE)


def waiting_by_team(work: Work) -> dict[str, int]:
    """How many letters nobody has taken yet, by the code of the team. One statement; none for who is in no team."""
    if not scopes_of(current_town(work.session), work.actor):
        return {}
    free = func.count(case((Letter.state == LetterState.OPEN.value, 1))).label("free")
    wanted = select(Letter.team, free).where(served(work), Letter.state.in_(WAITING)).group_by(Letter.team)
    return {row.team: row.free for row in columns(work.session, wanted) if row.free}


def desk_letter(work: Work, letter_id: UUID) -> DeskLetter:
    """One letter, for those whose team it was written to; who shows it leaves an entry. Raises `NotFound`."""
    row = at_desk(work, letter_id)
    (head,) = _listed(work, [row])
    sight = sight_of(work.session, row.person_id, row.child_id, work.today) if row.child_id else None
    conversation, views = conversation_in(work, letter_id), seen_by(work, row)
    people = {*views, row.person_id, *(one.person for one in conversation.messages if one.person)}
    return DeskLetter(
        head=head,
        messages=row.messages,
        place=row.place,
        is_shared=row.shared_at is not None,
        is_kept_apart=row.child_id is not None and not (sight and sight.sees(Facet.PLACE, Facet.TIME)),
        readers=sorted(views, key=lambda one: views[one] is not View.WRITER),
        names=dict(names_of(work.session, people)),
        conversation=conversation,
    )


def desk_file(work: Work, letter_id: UUID, attachment: UUID) -> CleanFile:
    """A file that came with a letter; who shows it leaves an entry. Raises `NotFound`."""
    at_desk(work, letter_id)
    return file_of(work, letter_id, attachment)


def _listed(work: Work, rows: Sequence[Any]) -> list[Waiting]:
    names = names_of(work.session, {row.person_id for row in rows})
    children = {row.child_id for row in rows if row.child_id}
    called = named(work.session, children) if children else {}
    return [_waiting(work, row, names[row.person_id], called.get(row.child_id)) for row in rows]


def _waiting(work: Work, row: Any, person: str, child: Named | None) -> Waiting:
    return Waiting(
        id=row.id,
        team=row.team,
        state=LetterState(row.state),
        person_id=row.person_id,
        person=person,
        child_id=row.child_id,
        child=child,
        language=row.language,
        claimed_by=row.claimed_by,
        waited=_waited(work, row),
        due=due_on(work, row),
    )


def _waited(work: Work, row: Any) -> int | None:
    if row.waiting_since is None:
        return None
    since = local_date(row.waiting_since)
    return working_days_waited(since, work.today, closed_days(current_town(work.session), since, work.today))
