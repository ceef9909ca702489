"""One version as a parent's page shows it, all asked for at once: the gate is passed before anything is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.readiness.models import SchoolDocument
from parentsite.readiness.rules.changes import Change, areas_changed
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.commenting import Comment, comment_beside
from parentsite.readiness.service.correcting import Correction, requests_about
from parentsite.readiness.service.reading import Version, custody_holder, in_the_open, sealed_version


@dataclass(frozen=True)
class Sheet:
    """A version beside the one `before` it (none for the first), and what this parent has written to it.

    `changes` are by area; `newest` is the number of the last version; `corrections` are about all versions: an answer
    is found also when a newer one is there.
    """

    child: ChildView
    version: Version
    newest: int
    before: Version | None
    changes: Mapping[str, Change]
    comment: Comment | None
    corrections: Sequence[Correction]


_NEWEST = select(SchoolDocument.versions).where(SchoolDocument.id == bindparam("document"))


def sheet_of(work: Work, person: UUID, child_id: UUID, kind: DocumentKind, number: int | None = None) -> Sheet:
    """One version, the newest when no number is given. Raises `NotFound`."""
    child, asking = custody_holder(work, person, child_id)
    sealed = sealed_version(work, child_id, kind, number)
    version, before = in_the_open(work, asking, sealed), None
    if version.number > 1:
        before = in_the_open(work, asking, sealed_version(work, child_id, kind, version.number - 1))
    return Sheet(
        child=child,
        version=version,
        newest=columns(work.session, _NEWEST, {"document": sealed.document_id}).scalar_one(),
        before=before,
        changes=areas_changed(before.texts, version.texts) if before else {},
        comment=comment_beside(work, asking, person, sealed.document_id),
        corrections=requests_about(work, asking, person, sealed.document_id),
    )
