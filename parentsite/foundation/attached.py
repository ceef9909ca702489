"""Files that people hand in, for every journey: sealed, never changed, and known to nobody but the journey's own table
that refers to them. Who may open one is that journey's to decide, and to audit.
"""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, change, columns, new_id, one_of
from parentsite.foundation.files import CleanFile, FileKind
from parentsite.foundation.guards import append_only
from parentsite.foundation.sealed import Keyring, keyring_of
from parentsite.foundation.work import Work

CONTENT = "attached_file.content"


class AttachedFile(Base):
    """One file; `digest` is a keyed hash of what it holds, `size` its bytes before they were sealed."""

    __tablename__ = "attached_file"
    __table_args__ = (one_of("kind", FileKind), CheckConstraint("size > 0", name="size"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(info={"sealed": CONTENT, "file": True})
    digest: Mapped[str]
    attached_at: Mapped[datetime]


append_only(AttachedFile.__table__)  # type: ignore[arg-type]


class Untrue(Exception):
    """The file no longer holds what was handed in."""


_WRITE = insert(AttachedFile)
_READ = select(AttachedFile.kind, AttachedFile.content, AttachedFile.digest).where(
    AttachedFile.id == bindparam("wanted")
)


def attach(work: Work, file: CleanFile) -> UUID:
    """Keep the file; its id."""
    made, keyring = new_id(), keyring_of(work.session)
    row = {
        "id": made,
        "kind": file.kind.value,
        "size": len(file.content),
        "content": keyring.seal_bytes(file.content, CONTENT),
        "digest": _digest(keyring, made, file.content),
        "attached_at": work.now,
    }
    change(work.session, _WRITE, row)
    return made


def attached(work: Work, file_id: UUID) -> CleanFile:
    """The file that a journey's table refers to. Raises `Untrue`, `WrongKey`."""
    row, keyring = columns(work.session, _READ, {"wanted": file_id}).one(), keyring_of(work.session)
    content = keyring.unseal_bytes(row.content, CONTENT)
    if not hmac.compare_digest(row.digest, _digest(keyring, file_id, content)):
        raise Untrue(file_id)
    return CleanFile(FileKind(row.kind), content)


_EMPTY = update(AttachedFile).where(AttachedFile.id == bindparam("wanted")).values(content=bindparam("nothing"))


def forget(work: Work, file_id: UUID) -> None:
    """Nothing is left of what the file held; that there was one stays. Opening it says `Untrue`."""
    nothing = keyring_of(work.session).seal_bytes(b"", CONTENT)
    change(work.session, _EMPTY, {"wanted": file_id, "nothing": nothing})


def _digest(keyring: Keyring, file_id: UUID, content: bytes) -> str:
    """Of what it holds and of whose it is: a file put in another's place is found out."""
    return keyring.index(f"{file_id}:{hashlib.sha256(content).hexdigest()}", CONTENT)
