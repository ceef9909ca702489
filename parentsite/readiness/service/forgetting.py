"""Forgetting a document when its time is over: every version, draft, own words, requests and reminders, whole.

An entry in the audit stays, with the document's id and nothing else, so that it can be shown that there was one and
when it went. Receipts of consent, and the signed papers behind them, must prove a consent for longer: they have a time
of their own (`consent.service.forgetting`).
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, delete, func, select, union, update

from parentsite.foundation import audit
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.readiness.models import (
    AssessmentRequest,
    ConsentReminder,
    CorrectionRequest,
    DocumentDraft,
    DocumentVersion,
    DraftText,
    HolderAsked,
    ParentComment,
    SchoolDocument,
    VersionText,
)
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.keeping import born_by, kept_until
from parentsite.town.service import current_town

MOST_A_ROUND = 20

_BEFORE: BindParameter[datetime] = bindparam("before")
_PUBLISHED = select(func.max(DocumentVersion.published_at)).where(DocumentVersion.document_id == SchoolDocument.id)
_DRAFTED = select(func.max(DocumentDraft.changed_at)).where(DocumentDraft.document_id == SchoolDocument.id)
_WRITTEN_IN = union(
    select(DocumentVersion.document_id).where(DocumentVersion.published_at <= _BEFORE),
    select(DocumentDraft.document_id).where(DocumentDraft.changed_at <= _BEFORE),
)
_IS_QUIET = (
    ~select(DocumentVersion.id)
    .where(DocumentVersion.document_id == SchoolDocument.id, DocumentVersion.published_at > _BEFORE)
    .exists(),
    ~select(DocumentDraft.id)
    .where(DocumentDraft.document_id == SchoolDocument.id, DocumentDraft.changed_at > _BEFORE)
    .exists(),
)
_OLD = (
    select(
        SchoolDocument.id,
        Child.birth_date,
        _PUBLISHED.scalar_subquery().label("published_at"),
        _DRAFTED.scalar_subquery().label("drafted_at"),
    )
    .join(Child, Child.id == SchoolDocument.child_id)
    .where(SchoolDocument.id.in_(_WRITTEN_IN), Child.birth_date <= bindparam("born_by"), *_IS_QUIET)
    .limit(MOST_A_ROUND)
)
_LOCKED = select(SchoolDocument.id).where(SchoolDocument.id == bindparam("document")).with_for_update()
_FORGET = update(SchoolDocument).where(
    SchoolDocument.id == bindparam("document"), SchoolDocument.forgotten_at.is_(None), *_IS_QUIET
)
_VERSIONS = select(DocumentVersion.id).where(DocumentVersion.document_id == bindparam("document"))
_DRAFTS = select(DocumentDraft.id).where(DocumentDraft.document_id == bindparam("document"))
_ALL_OF_IT = (
    delete(CorrectionRequest).where(CorrectionRequest.version_id.in_(_VERSIONS)),
    delete(DraftText).where(DraftText.draft_id.in_(_DRAFTS)),
    delete(VersionText).where(VersionText.version_id.in_(_VERSIONS)),
    *(
        delete(model).where(model.document_id == bindparam("document"))
        for model in (ParentComment, ConsentReminder, HolderAsked, DocumentDraft, DocumentVersion)
    ),
    delete(SchoolDocument).where(SchoolDocument.id == bindparam("document")),
)


def forget_documents(work: Work) -> int:
    """Forget the documents whose time is over, so many a round. Returns how many."""
    asked = _asked(work)
    rows = columns(work.session, _OLD, asked).all()
    return sum(_forget(work, row.id, asked["before"]) for row in rows if _is_over(work, row))


_REQUESTS = (
    select(AssessmentRequest.id)
    .join(Child, Child.id == AssessmentRequest.child_id)
    .where(AssessmentRequest.changed_at <= _BEFORE, Child.birth_date <= bindparam("born_by"))
    .order_by(AssessmentRequest.changed_at)
    .limit(MOST_A_ROUND)
)


def forget_requests(work: Work) -> int:
    """Forget who asked for an assessment of a child who has long begun school, answered or not. Returns how many."""
    found = columns(work.session, _REQUESTS, _asked(work)).scalars().all()
    for one in found:
        change(work.session, delete(AssessmentRequest).where(AssessmentRequest.id == one))
        audit.record(work, "assessment.request_forgotten", (), about=("assessment_request", one))
    return len(found)


def kept_document_until(work: Work, birth: date, last_written: date) -> date:
    """The first day on which a document is no longer there, unless something is written in it before."""
    town = current_town(work.session)
    return kept_until(ends_of(town), birth, last_written, town.settings.readiness.document_keep_days.value)


def _asked(work: Work) -> dict[str, Any]:
    town = current_town(work.session)
    days = town.settings.readiness.document_keep_days.value
    # A day is over at midnight in Denmark, whatever the hour of writing.
    before = work.now - timedelta(days=days - 1)
    return {"before": before, "born_by": born_by(ends_of(town), days, work.today)}


def _is_over(work: Work, row: Any) -> bool:
    written = [local_date(one) for one in (row.published_at, row.drafted_at) if one is not None]
    return work.today >= kept_document_until(work, row.birth_date, max(written))


def _forget(work: Work, document: UUID, before: Any) -> bool:
    """Forget one document whole, unless somebody has written in it this moment."""
    lock(work.session, _LOCKED, {"document": document})
    if not change(work.session, _FORGET.values(forgotten_at=work.now), {"document": document, "before": before}):
        return False
    for statement in _ALL_OF_IT:
        change(work.session, statement, {"document": document})
    audit.record(work, "document.forgotten", (), about=("school_document", document))
    return True
