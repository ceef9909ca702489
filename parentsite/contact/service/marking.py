"""Read marks: who opens a letter marks what others wrote, with the day."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from parentsite.contact.models import LetterMark, LetterMessage
from parentsite.contact.rules.marks import newly_read
from parentsite.contact.rules.states import Side
from parentsite.contact.service.desk_gate import at_desk
from parentsite.contact.service.gate import seen
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work

_WRITTEN = select(LetterMessage.id, LetterMessage.side, LetterMessage.person_id).where(
    LetterMessage.letter_id == bindparam("letter")
)
_MARKED = select(LetterMark.message_id).where(
    LetterMark.letter_id == bindparam("letter"), LetterMark.reader_id == bindparam("reader")
)
_MARK = {dialect.dialect.name: dialect.insert(LetterMark).on_conflict_do_nothing() for dialect in (sqlite, postgresql)}


def marked_by_parent(work: Work, person: UUID, letter_id: UUID) -> int:
    """This parent has opened the letter; how many messages were new. Raises `NotFound`."""
    seen(work, person, letter_id)
    rows = columns(work.session, _WRITTEN, {"letter": letter_id}).all()
    return _mark(work, letter_id, person, [(row.id, row.person_id == person) for row in rows])


def marked_by_team(work: Work, letter_id: UUID) -> int:
    """Somebody of the team has opened the letter; how many messages were new. Raises `NotFound`."""
    at_desk(work, letter_id)
    rows = columns(work.session, _WRITTEN, {"letter": letter_id}).all()
    return _mark(work, letter_id, letter_id, [(row.id, row.side == Side.TEAM) for row in rows])


def _mark(work: Work, letter_id: UUID, reader: UUID, messages: list[tuple[UUID, bool]]) -> int:
    before = columns(work.session, _MARKED, {"letter": letter_id, "reader": reader}).scalars()
    marks = [
        {"message_id": message, "reader_id": reader, "letter_id": letter_id, "read_on": work.today}
        for message in newly_read(messages, before)
    ]
    if marks:
        change(work.session, _MARK[work.session.get_bind().dialect.name], marks)
    return len(marks)
