"""A parent begins a letter, writes on in it, opens it again, and shares it with both parents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from parentsite.contact.models import Letter, LetterMessage
from parentsite.contact.policy import keeping_of
from parentsite.contact.rules.days import may_reopen
from parentsite.contact.rules.sight import may_share
from parentsite.contact.rules.states import LIVE, LetterState, Side, after_writing, begins_to_wait
from parentsite.contact.service.attaching import keep_files
from parentsite.contact.service.errors import Closed, NotFound, TooMany
from parentsite.contact.service.gate import seen, seen_locked
from parentsite.contact.service.teams import Reached, reached
from parentsite.contact.service.telling import noted, tell_all
from parentsite.contact.service.words import Spot, Words, keep
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, columns, lock, new_id
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.models import Person
from parentsite.town.service import current_town

MOST_LIVE = 20
"""Letters that one parent has under way at once."""

_MINE = select(Person.id).where(Person.id == bindparam("person")).with_for_update(key_share=True)
_LIVE_ONES = select(func.count()).where(Letter.person_id == bindparam("person"), Letter.state.in_(LIVE))
_BEFORE = select(LetterMessage.letter_id, LetterMessage.person_id).where(LetterMessage.id == bindparam("message"))


@dataclass(frozen=True)
class Written:
    """What a form has sent: `once` is the id that it was given, so that sent twice it is one message."""

    once: UUID
    words: Words
    files: Sequence[CleanFile] = ()


def begin(work: Work, person: UUID, written: Written, *, team: str, child_id: UUID | None, shared: bool) -> UUID:
    """Begin a letter to a team, about a child or none; its id. `shared`: with the child's other parent from the start,
    which counts only where the writer holds custody.

    Raises `NobodyThere`, `TooMany`, `NotFound`.
    """
    to = reached(work, team, person, child_id)
    lock(work.session, _MINE, {"person": person})
    if (before := _letter_before(work, person, written.once)) is not None:
        return before
    if columns(work.session, _LIVE_ONES, {"person": person}).scalar_one() >= MOST_LIVE:
        raise TooMany(person)
    letter_id = _begun(work, person, to, child_id, written.words.language)
    _keep(work, Spot(letter_id, team, 1), written)
    noted(work, "begun", letter_id, person)
    if shared and may_share(seen(work, person, letter_id).looking):
        share(work, person, letter_id)
    return letter_id


def write_on(work: Work, person: UUID, letter_id: UUID, written: Written) -> bool:
    """Write on in a letter that is seen; one that is closed is opened again while it may be. Whether this was the first
    time that the form came.

    Raises `Closed`, `NotFound`.
    """
    found = seen_locked(work, person, letter_id)
    if (before := _letter_before(work, person, written.once)) is not None:
        if before != letter_id:
            raise NotFound(letter_id)
        return False
    row, state = found.row, LetterState(found.row.state)
    then = after_writing(state, Side.PARENT)
    if then is None and not can_reopen(work, row):
        raise Closed(letter_id)
    values: dict[str, object] = {"state": (then or LetterState.OPEN).value, "closed_at": None, "changed_at": work.now}
    if begins_to_wait(state):
        values["waiting_since"] = work.now
    change(work.session, update(Letter).where(Letter.id == letter_id).values(messages=row.messages + 1, **values))
    _keep(work, Spot(letter_id, row.team, row.messages + 1), written)
    noted(work, "reopened" if then is None else "written", letter_id, person)
    tell_all(work, row, "written", written.once, but=person)
    return True


def share(work: Work, person: UUID, letter_id: UUID) -> bool:
    """The writer shows the whole letter, and all that comes, to the child's other parent. Whether this did it.

    Raises `NotFound` for a letter that is not this parent's to share.
    """
    found = seen_locked(work, person, letter_id)
    if found.row.shared_at is not None and found.looking.is_writer:
        return False
    if not may_share(found.looking):
        raise NotFound(letter_id)
    change(work.session, update(Letter).where(Letter.id == letter_id).values(shared_at=work.now))
    noted(work, "shared", letter_id, person)
    tell_all(work, seen(work, person, letter_id).row, "shared", "once", but=person)
    return True


def can_reopen(work: Work, row: Any) -> bool:
    """Whether the letter is closed and may still be opened again."""
    is_closed = row.state == LetterState.CLOSED
    keeping = keeping_of(current_town(work.session))
    return is_closed and may_reopen(local_date(row.closed_at), work.today, keeping)


def _letter_before(work: Work, person: UUID, once: UUID) -> UUID | None:
    """The letter in which this form has been written before. Raises `NotFound` for a form of somebody else."""
    row = columns(work.session, _BEFORE, {"message": once}).one_or_none()
    if row is not None and row.person_id != person:
        raise NotFound(once)
    return row.letter_id if row else None


def _begun(work: Work, person: UUID, to: Reached, child_id: UUID | None, language: str) -> UUID:
    made = new_id()
    row = {
        "id": made,
        "team": to.team.code,
        "place": to.place,
        "person_id": person,
        "child_id": child_id,
        "language": language,
        "state": LetterState.OPEN.value,
        "messages": 1,
        "answer_days": to.team.answer_days,
        "begun_at": work.now,
        "changed_at": work.now,
        "waiting_since": work.now,
    }
    change(work.session, insert(Letter), row)
    return made


def _keep(work: Work, spot: Spot, written: Written) -> None:
    keep(work, written.once, spot, Side.PARENT, written.words)
    keep_files(work, spot.letter_id, written.once, written.files)
