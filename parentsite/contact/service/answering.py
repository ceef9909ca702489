"""The team's verbs: take a letter, answer, hand it over to another team, close it.

What was read is told with each verb (`read`, how many messages): where something came meanwhile nothing is done, so
that nobody answers, closes or hands over what they have not read. Of two at once one does it.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from parentsite.contact.models import Letter, LetterHandover, LetterMessage
from parentsite.contact.rules.states import LIVE, WAITING, LetterState, Side, after_writing
from parentsite.contact.service.attaching import keep_files
from parentsite.contact.service.desk_gate import at_desk, at_desk_locked
from parentsite.contact.service.errors import ChangedMeanwhile, Closed, NobodyThere, NotFound
from parentsite.contact.service.teams import reached
from parentsite.contact.service.telling import noted, tell_all
from parentsite.contact.service.words import Spot, keep
from parentsite.contact.service.writing import Written
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work

_ANSWERED_BEFORE = select(LetterMessage.letter_id, LetterMessage.staff_id).where(
    LetterMessage.id == bindparam("message")
)


def claim(work: Work, letter_id: UUID, instead_of: UUID | None = None) -> bool:
    """Take a letter that waits, or take it over from the colleague who was seen to have it. Whether one has it now.

    Raises `NotFound`.
    """
    row = at_desk(work, letter_id)
    if row.claimed_by == work.actor.id:
        return True
    held = Letter.claimed_by.is_(None) if instead_of is None else Letter.claimed_by == instead_of
    taking = update(Letter).where(Letter.id == letter_id, Letter.state.in_(WAITING), held)
    done = change(work.session, taking.values(state=LetterState.CLAIMED.value, claimed_by=work.actor.id)) > 0
    if done:
        noted(work, "claimed", letter_id, row.person_id)
    return done


def let_go(work: Work, letter_id: UUID) -> bool:
    """Give back a letter that one has taken: it waits as before. Whether this did it. Raises `NotFound`."""
    row = at_desk(work, letter_id)
    own = (Letter.id == letter_id, Letter.state == LetterState.CLAIMED.value, Letter.claimed_by == work.actor.id)
    back = update(Letter).where(*own).values(state=LetterState.OPEN.value, claimed_by=None)
    done = change(work.session, back) > 0
    if done:
        noted(work, "let_go", letter_id, row.person_id)
    return done


def answer(work: Work, letter_id: UUID, written: Written, *, read: int) -> bool:
    """Answer what was read. Whether this was the first time that the form came.

    Raises `ChangedMeanwhile`, `Closed`, `NotFound`.
    """
    row = at_desk_locked(work, letter_id)
    before = columns(work.session, _ANSWERED_BEFORE, {"message": written.once}).one_or_none()
    if before is not None:
        if (before.letter_id, before.staff_id) != (letter_id, work.actor.id):
            raise NotFound(letter_id)
        return False
    then = after_writing(LetterState(row.state), Side.TEAM)
    if then is None:
        raise Closed(letter_id)
    _must_have_read(row, read)
    _move(work, letter_id, then, messages=row.messages + 1, waiting_since=None, claimed_by=None)
    keep(work, written.once, Spot(letter_id, row.team, row.messages + 1), Side.TEAM, written.words)
    keep_files(work, letter_id, written.once, written.files)
    noted(work, "answered", letter_id, row.person_id)
    tell_all(work, row, "answered", written.once)
    return True


def hand_over(work: Work, letter_id: UUID, to_team: str, *, read: int) -> bool:
    """Another team answers from now on, and whoever of it has time takes the letter; the parent has waited all the
    same. Whether this did it: it may be with that team already, and be its to read.

    Raises `ChangedMeanwhile`, `Closed`, `NobodyThere`, `NotFound`.
    """
    row = at_desk_locked(work, letter_id)
    if row.team == to_team:
        return False
    if row.state not in LIVE:
        raise Closed(letter_id)
    _must_have_read(row, read)
    try:
        to = reached(work, to_team, row.person_id, row.child_id)
    except NotFound as error:
        # The writer knows nothing of the child any more: no other team is theirs to write to.
        raise NobodyThere(to_team) from error
    waits = {"waiting_since": row.waiting_since or work.now, "claimed_by": None}
    _move(work, letter_id, LetterState.OPEN, team=to.team.code, place=to.place, **waits)
    handed = {"id": new_id(), "letter_id": letter_id, "after": row.messages, "from_team": row.team}
    change(
        work.session,
        insert(LetterHandover),
        {**handed, "to_team": to_team, "staff_id": work.actor.id, "handed_at": work.now},
    )
    noted(work, "handed_over", letter_id, row.person_id)
    tell_all(work, row, "handed_over", handed["id"])
    return True


def close(work: Work, letter_id: UUID, *, read: int) -> bool:
    """Nothing is left to do; the parent may open it again for a time. Whether this did it.

    Raises `ChangedMeanwhile`, `NotFound`.
    """
    row = at_desk_locked(work, letter_id)
    if row.state not in LIVE:
        return False
    _must_have_read(row, read)
    _move(work, letter_id, LetterState.CLOSED, waiting_since=None, claimed_by=None, closed_at=work.now)
    noted(work, "closed", letter_id, row.person_id)
    tell_all(work, row, "closed", row.messages)
    return True


def _must_have_read(row: Any, read: int) -> None:
    if row.messages != read:
        raise ChangedMeanwhile(row.id)


def _move(work: Work, letter_id: UUID, to: LetterState, **values: object) -> None:
    changed = {"state": to.value, "changed_at": work.now, **values}
    change(work.session, update(Letter).where(Letter.id == letter_id).values(**changed))
