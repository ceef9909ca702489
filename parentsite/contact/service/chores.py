"""What the worker does: letters that are answered and quiet are closed; closed ones whose time is up are forgotten.

Forgetting deletes what was written, what was attached, the marks and the letter; an entry in the audit stays, with the
letter's id and nothing else, so that it can be shown that there was one and when it went.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from parentsite.contact.models import Letter, LetterAttachment, LetterHandover, LetterMark, LetterMessage
from parentsite.contact.policy import keeping_of
from parentsite.contact.rules.days import deleted_on
from parentsite.contact.rules.states import LetterState
from parentsite.contact.service.telling import noted, tell_all
from parentsite.foundation import audit
from parentsite.foundation.attached import forget as forget_file
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.town.service import current_town

MOST_A_ROUND = 20

_IN_STATE = (
    select(Letter.__table__)
    .where(Letter.state == bindparam("state"), Letter.changed_at <= bindparam("until"))
    .order_by(Letter.changed_at, Letter.id)
    .limit(MOST_A_ROUND)
)
_FILES = select(LetterAttachment.file_id).where(LetterAttachment.letter_id == bindparam("letter"))


def close_quiet(work: Work) -> int:
    """Close the answered letters in which nobody has written for so long; the parents are told. Returns how many."""
    quiet = work.now - timedelta(days=keeping_of(current_town(work.session)).quiet)
    rows = columns(work.session, _IN_STATE, {"state": LetterState.ANSWERED.value, "until": quiet}).all()
    for row in rows:
        is_still = (Letter.id == row.id, Letter.state == row.state, Letter.messages == row.messages)
        closing = update(Letter).where(*is_still)
        values = {"state": LetterState.CLOSED.value, "closed_at": work.now, "changed_at": work.now}
        if change(work.session, closing.values(**values)):
            noted(work, "closed", row.id, row.person_id)
            tell_all(work, row, "closed", row.messages)
    return len(rows)


def forget_old(work: Work) -> int:
    """Forget the closed letters whose time is up, so many a round. Returns how many."""
    keeping = keeping_of(current_town(work.session))
    # A day is over at midnight in Denmark, whatever the hour of closing.
    until = work.now - timedelta(days=keeping.keep - 1)
    rows = columns(work.session, _IN_STATE, {"state": LetterState.CLOSED.value, "until": until}).all()
    over = [row for row in rows if work.today >= deleted_on(local_date(row.closed_at), keeping)]
    return sum(_forget(work, row.id, row.changed_at) for row in over)


def _forget(work: Work, letter_id: UUID, as_seen: datetime) -> bool:
    """Forget one letter, unless it was opened again this moment."""
    is_still = (Letter.id == letter_id, Letter.state == LetterState.CLOSED.value, Letter.changed_at == as_seen)
    if not change(work.session, update(Letter).where(*is_still).values(state=LetterState.FORGOTTEN.value)):
        return False
    for file_id in columns(work.session, _FILES, {"letter": letter_id}).scalars().all():
        forget_file(work, file_id)
    for model in (LetterMark, LetterAttachment, LetterHandover, LetterMessage):
        change(work.session, delete(model).where(model.letter_id == letter_id))
    change(work.session, delete(Letter).where(Letter.id == letter_id))
    audit.record(work, "letter.forgotten", (), about=("letter", letter_id))
    return True
