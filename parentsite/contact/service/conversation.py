"""What was written in a letter, in its order, with the handovers between; opened for one whom the gate has let in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.contact.models import LetterHandover, LetterMark, LetterMessage
from parentsite.contact.rules.states import Side
from parentsite.contact.service import words
from parentsite.contact.service.attaching import Attachment, files_of
from parentsite.contact.service.words import Words
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work


@dataclass(frozen=True)
class Message:
    """One message; `team` is the team that the letter was with, `person` the parent who wrote it, if one did.

    `read_on` is the day on which each reader has opened it first: a parent, or the letter's own id for the team.
    """

    id: UUID
    number: int
    side: Side
    team: str
    person: UUID | None
    words: Words
    written_at: datetime
    files: Sequence[Attachment]
    read_on: Mapping[UUID, date]


@dataclass(frozen=True)
class Handover:
    """From one team to another, after so many messages."""

    after: int
    from_team: str
    to_team: str
    handed_at: datetime


@dataclass(frozen=True)
class Conversation:
    """All of it."""

    messages: Sequence[Message]
    handovers: Sequence[Handover]

    def handovers_after(self, number: int) -> Sequence[Handover]:
        """Those that came after so many messages, before the next."""
        return [one for one in self.handovers if one.after == number]


_MESSAGES = (
    select(*LetterMessage.__table__.columns, LetterMark.reader_id, LetterMark.read_on)
    .outerjoin(LetterMark, LetterMark.message_id == LetterMessage.id)
    .where(LetterMessage.letter_id == bindparam("letter"))
    .order_by(LetterMessage.number)
)
"""Each message once for each of its few readers, and once if it has none."""
_HANDOVERS = (
    select(LetterHandover.after, LetterHandover.from_team, LetterHandover.to_team, LetterHandover.handed_at)
    .where(LetterHandover.letter_id == bindparam("letter"))
    .order_by(LetterHandover.handed_at)
)


def conversation_in(work: Work, letter_id: UUID) -> Conversation:
    """All that a letter holds; three statements. Raises `Untrue`, `WrongKey`."""
    asked = {"letter": letter_id}
    rows: dict[UUID, Any] = {}
    marks: dict[UUID, dict[UUID, date]] = {}
    for row in columns(work.session, _MESSAGES, asked):
        rows[row.id] = row
        read = marks.setdefault(row.id, {})
        if row.reader_id:
            read[row.reader_id] = row.read_on
    files = files_of(work, letter_id)
    messages = [_message(work, row, files.get(row.id, ()), marks[row.id]) for row in rows.values()]
    handovers = [
        Handover(row.after, row.from_team, row.to_team, row.handed_at)
        for row in columns(work.session, _HANDOVERS, asked)
    ]
    return Conversation(messages, handovers)


def _message(work: Work, row: Any, files: Sequence[Attachment], read_on: Mapping[UUID, date]) -> Message:
    return Message(
        id=row.id,
        number=row.number,
        side=Side(row.side),
        team=row.team,
        person=row.person_id,
        words=words.opened(work, row),
        written_at=row.written_at,
        files=files,
        read_on=read_on,
    )
