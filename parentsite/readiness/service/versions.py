"""Published versions as the tables hold them: found, numbered, and still sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.readiness.models import (
    VERSION_READINESS,
    VERSION_TEXT,
    DocumentVersion,
    SchoolDocument,
    VersionText,
)
from parentsite.readiness.rules.vocabulary import READINESS, DocumentKind
from parentsite.readiness.service.gate import Sealed, place_of


@dataclass(frozen=True)
class SealedVersion:
    """A version with its texts sealed, by area; readiness among them. `newest` is the number of the last version."""

    id: UUID
    document_id: UUID
    child_id: UUID
    kind: DocumentKind
    number: int
    newest: int
    facility: str
    template: str
    published_at: datetime
    texts: Mapping[str, Sealed]


_VERSIONS = select(
    DocumentVersion.id,
    DocumentVersion.document_id,
    DocumentVersion.number,
    DocumentVersion.facility,
    DocumentVersion.template,
    DocumentVersion.readiness,
    DocumentVersion.digest,
    DocumentVersion.published_at,
    SchoolDocument.child_id,
    SchoolDocument.kind,
    SchoolDocument.versions,
).join(SchoolDocument, SchoolDocument.id == DocumentVersion.document_id)
_NEWEST_OF_HOUSE = (
    _VERSIONS.where(
        DocumentVersion.document_id == bindparam("document"), DocumentVersion.facility == bindparam("house")
    )
    .order_by(DocumentVersion.number.desc())
    .limit(1)
)
_OF_CHILD = _VERSIONS.where(SchoolDocument.child_id == bindparam("child"), SchoolDocument.kind == bindparam("kind"))
_NEWEST = _OF_CHILD.order_by(DocumentVersion.number.desc()).limit(1)
_NUMBERED = _OF_CHILD.where(DocumentVersion.number == bindparam("number"))
_BY_ID = _VERSIONS.where(DocumentVersion.id == bindparam("version"))
_TEXTS = select(VersionText.area, VersionText.text, VersionText.digest).where(
    VersionText.version_id == bindparam("version")
)


def newest_of_house(work: Work, document: UUID, house: str) -> SealedVersion | None:
    """What this house published last in the series."""
    return _sealed(work, columns(work.session, _NEWEST_OF_HOUSE, {"document": document, "house": house}).one_or_none())


def newest(work: Work, child: UUID, kind: DocumentKind) -> SealedVersion | None:
    """What was published last about the child."""
    return _sealed(work, columns(work.session, _NEWEST, {"child": child, "kind": kind.value}).one_or_none())


def numbered(work: Work, child: UUID, kind: DocumentKind, number: int) -> SealedVersion | None:
    """One version of the series."""
    asked = {"child": child, "kind": kind.value, "number": number}
    return _sealed(work, columns(work.session, _NUMBERED, asked).one_or_none())


def by_id(work: Work, version: UUID) -> SealedVersion | None:
    """One version."""
    return _sealed(work, columns(work.session, _BY_ID, {"version": version}).one_or_none())


def _sealed(work: Work, row: Any) -> SealedVersion | None:
    if row is None:
        return None
    texts = {
        one.area: Sealed(one.text, VERSION_TEXT, place_of(row.id, one.area), one.digest)
        for one in columns(work.session, _TEXTS, {"version": row.id})
    }
    said = Sealed(row.readiness, VERSION_READINESS, place_of(row.id, READINESS), row.digest)
    return SealedVersion(
        id=row.id,
        document_id=row.document_id,
        child_id=row.child_id,
        kind=DocumentKind(row.kind),
        number=row.number,
        newest=row.versions,
        facility=row.facility,
        template=row.template,
        published_at=row.published_at,
        texts={**texts, READINESS: said},
    )
