"""One version as a parent's page shows it, all asked for at once: the gate is passed before anything is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from parentsite.foundation.clock import local_date
from parentsite.foundation.work import Work
from parentsite.people.attendance import where_now
from parentsite.people.children import ChildView
from parentsite.readiness.rules.changes import Change, areas_changed
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.commenting import Comment, comment_beside
from parentsite.readiness.service.correcting import Correction, requests_about
from parentsite.readiness.service.forgetting import kept_document_until
from parentsite.readiness.service.reading import Version, custody_holder, in_the_open, sealed_version


@dataclass(frozen=True)
class Sheet:
    """A version beside the one `before` it (none for the first), and what this parent has written to it.

    `changes` are by area; `newest` is the number of the last version; `corrections` are about all versions: an answer
    is found also when a newer one is there. `answers` is the house, of those that wrote what is shown or asked about,
    to which the child goes today: what another house wrote is answered by nobody here. `kept_until` is the first day on
    which the document is no longer there; only told beside the newest version, from which it counts.
    """

    child: ChildView
    version: Version
    newest: int
    before: Version | None
    changes: Mapping[str, Change]
    comment: Comment | None
    corrections: Sequence[Correction]
    answers: str | None
    kept_until: date | None


def sheet_of(work: Work, person: UUID, child_id: UUID, kind: DocumentKind, number: int | None = None) -> Sheet:
    """One version, the newest when no number is given. Raises `NotFound`."""
    child, asking = custody_holder(work, person, child_id)
    sealed = sealed_version(work, child_id, kind, number)
    version, before = in_the_open(work, asking, sealed), None
    if version.number > 1:
        before = in_the_open(work, asking, sealed_version(work, child_id, kind, version.number - 1))
    corrections = requests_about(work, asking, person, sealed.document_id)
    wrote = {version.facility, *(one.facility for one in corrections)}
    return Sheet(
        child=child,
        version=version,
        newest=sealed.newest,
        before=before,
        changes=areas_changed(before.texts, version.texts) if before else {},
        comment=comment_beside(work, asking, person, sealed.document_id),
        corrections=corrections,
        answers=where_now(work.session, child_id, wrote, work.today),
        kept_until=_kept_until(work, child, version) if version.number == sealed.newest else None,
    )


def _kept_until(work: Work, child: ChildView, version: Version) -> date | None:
    if child.birth_date is None:
        return None
    return kept_document_until(work, child.birth_date, local_date(version.published_at))
