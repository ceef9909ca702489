"""A parent's own words beside a document: they travel with it to whoever may read it; the other parent sees only the
own.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.sealed import keyring_of, seal
from parentsite.foundation.work import Work
from parentsite.readiness.models import COMMENT, ParentComment, SchoolDocument
from parentsite.readiness.rules.gate import Asking
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import gate
from parentsite.readiness.service.gate import Sealed
from parentsite.readiness.service.reading import custody_holder, sealed_version


@dataclass(frozen=True)
class Comment:
    """What a parent has written, and the code of the language that it was written in."""

    text: str
    language: str


_OWN = select(ParentComment.text, ParentComment.language).where(
    ParentComment.document_id == bindparam("document"), ParentComment.person_id == bindparam("person")
)
_DOCUMENT = select(SchoolDocument.id).where(SchoolDocument.id == bindparam("document")).with_for_update(key_share=True)


def comment_beside(work: Work, asking: Asking, person: UUID, document: UUID) -> Comment | None:
    """What this custody holder has written beside a document, for one who asks. Raises `NotFound`."""
    row = columns(work.session, _OWN, {"document": document, "person": person}).one_or_none()
    if row is None:
        return None
    words = gate.opened(asking, keyring_of(work.session), {person: Sealed(row.text, COMMENT)})
    return Comment(words[person], row.language)


def comment(work: Work, person: UUID, child_id: UUID, kind: DocumentKind, text: str, *, language: str) -> None:
    """This custody holder writes these words beside what is published, in place of those before; none takes them away.

    Raises `NotFound`.
    """
    custody_holder(work, person, child_id)
    document = sealed_version(work, child_id, kind, None).document_id
    lock(work.session, _DOCUMENT, {"document": document})
    own = (ParentComment.document_id == document, ParentComment.person_id == person)
    if not text.strip():
        change(work.session, delete(ParentComment).where(*own))
    else:
        said = {"text": seal(work.session, text, COMMENT), "language": language, "changed_at": work.now}
        if not change(work.session, update(ParentComment).where(*own).values(**said)):
            change(work.session, insert(ParentComment), {"document_id": document, "person_id": person, **said})
    audit.record(work, "document.commented", [child_id, person], about=("school_document", document))
