"""Publishing: the draft becomes the next numbered version, whole or not at all, and is never changed again."""

from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.sealed import keyring_of, seal
from parentsite.foundation.work import Work
from parentsite.readiness.models import (
    VERSION_READINESS,
    VERSION_TEXT,
    AssessmentRequest,
    DocumentDraft,
    DocumentVersion,
    SchoolDocument,
    VersionText,
)
from parentsite.readiness.rules.vocabulary import READINESS, REQUEST, DocumentKind, RequestState
from parentsite.readiness.service.drafting import Draft, own_draft, read, throw_away
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound, Unfinished
from parentsite.readiness.service.facts import house_of
from parentsite.readiness.service.gate import digest_of, place_of
from parentsite.readiness.service.telling import tell_published
from parentsite.readiness.service.versions import by_id

_DOCUMENT_OF = select(DocumentDraft.document_id).where(DocumentDraft.id == bindparam("draft"))
_DOCUMENT = select(SchoolDocument.id).where(SchoolDocument.id == bindparam("document")).with_for_update(key_share=True)
_DRAFT = (
    select(DocumentDraft.id, DocumentDraft.revision)
    .where(DocumentDraft.id == bindparam("draft"))
    .with_for_update(key_share=True)
)
_NUMBER = select(SchoolDocument.versions).where(SchoolDocument.id == bindparam("document"))


def publish(work: Work, draft_id: UUID, seen: int) -> int:
    """Publish the draft, of which revision `seen` was read; the number of the version. Again is the same version.

    Raises `ChangedMeanwhile`, `Unfinished`, `NotFound`.
    """
    document: UUID | None = columns(work.session, _DOCUMENT_OF, {"draft": draft_id}).scalar_one_or_none()
    if document is not None:
        lock(work.session, _DOCUMENT, {"document": document})
    # Whoever held the lock before may have published this very draft.
    published = by_id(work, draft_id)
    if published is not None and house_of(work, published.child_id) == published.facility:
        return published.number
    if document is None:
        raise NotFound(draft_id)
    own_draft(work, draft_id)
    row = columns(work.session, _DRAFT, {"draft": draft_id}).one_or_none()
    if row is None or row.revision != seen:
        raise ChangedMeanwhile(draft_id)
    draft = read(work, draft_id)
    if draft.missing:
        raise Unfinished(draft.missing)
    number = _freeze(work, draft, document)
    if draft.kind is DocumentKind.ASSESSMENT:
        _meet_requests(work, draft.child_id)
    audit.record(work, "document.published", [draft.child_id], about=("document", draft_id))
    tell_published(work, draft.child_id, draft_id)
    return number


def _freeze(work: Work, draft: Draft, document: UUID) -> int:
    assert draft.readiness is not None
    session = work.session
    number: int = columns(session, _NUMBER, {"document": document}).scalar_one() + 1
    version = {
        "id": draft.id,
        "document_id": document,
        "number": number,
        "facility": house_of(work, draft.child_id),
        "template": draft.template,
        "readiness": seal(session, draft.readiness.value, VERSION_READINESS),
        "digest": _digest(work, draft.id, READINESS, draft.readiness.value),
        "published_by": work.actor.id,
        "published_at": work.now,
    }
    texts = [
        {
            "version_id": draft.id,
            "area": area,
            "text": seal(session, written.text, VERSION_TEXT),
            "digest": _digest(work, draft.id, area, written.text),
        }
        for area, written in draft.areas.items()
    ]
    change(session, insert(DocumentVersion), version)
    change(session, insert(VersionText), texts)
    throw_away(work, draft.id)
    change(session, update(SchoolDocument).where(SchoolDocument.id == document).values(versions=number))
    return number


def _digest(work: Work, version: UUID, area: str, text: str) -> str:
    return digest_of(keyring_of(work.session), place_of(version, area), text)


def _meet_requests(work: Work, child: UUID) -> None:
    waiting = AssessmentRequest.state.in_(REQUEST.origins(RequestState.WRITTEN))
    met = update(AssessmentRequest).where(AssessmentRequest.child_id == child, waiting)
    change(work.session, met.values(state=RequestState.WRITTEN.value, changed_at=work.now))
