"""Files that come with a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from parentsite.contact.models import LetterAttachment
from parentsite.contact.service.errors import NotFound
from parentsite.foundation.attached import AttachedFile, attach, attached
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.files import CleanFile, FileKind
from parentsite.foundation.work import Work

MOST_FILES = 3
"""With one message."""


@dataclass(frozen=True)
class Attachment:
    """A file as a page names it; `size` in bytes."""

    id: UUID
    position: int
    kind: FileKind
    size: int


_OF_LETTER = (
    select(
        LetterAttachment.id,
        LetterAttachment.message_id,
        LetterAttachment.position,
        AttachedFile.kind,
        AttachedFile.size,
    )
    .join(AttachedFile, AttachedFile.id == LetterAttachment.file_id)
    .where(LetterAttachment.letter_id == bindparam("letter"))
    .order_by(LetterAttachment.position)
)
_FILE = select(LetterAttachment.file_id, LetterAttachment.position).where(
    LetterAttachment.id == bindparam("attachment"), LetterAttachment.letter_id == bindparam("letter")
)


def keep_files(work: Work, letter_id: UUID, message: UUID, files: Sequence[CleanFile]) -> None:
    """Keep what came with a message."""
    assert len(files) <= MOST_FILES, "the form takes no more"
    for position, file in enumerate(files, start=1):
        row = {"id": new_id(), "letter_id": letter_id, "message_id": message, "position": position}
        change(work.session, insert(LetterAttachment), {**row, "file_id": attach(work, file)})


def files_of(work: Work, letter_id: UUID) -> Mapping[UUID, Sequence[Attachment]]:
    """What came with the messages of a letter, by the message; who asks has found the letter by the gate."""
    found: dict[UUID, list[Attachment]] = {}
    rows: Any = columns(work.session, _OF_LETTER, {"letter": letter_id})
    for row in rows:
        found.setdefault(row.message_id, []).append(Attachment(row.id, row.position, FileKind(row.kind), row.size))
    return found


def file_of(work: Work, letter_id: UUID, attachment: UUID) -> CleanFile:
    """One of them; who asks has found the letter by the gate. Raises `NotFound`."""
    row = columns(work.session, _FILE, {"letter": letter_id, "attachment": attachment}).one_or_none()
    if row is None:
        raise NotFound(attachment)
    return attached(work, row.file_id)
