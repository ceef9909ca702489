"""The parents read: what is published about their child."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.sealed import Keyring, keyring_of
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.readiness.models import DocumentVersion, SchoolDocument
from parentsite.readiness.rules.gate import Asking, may_open
from parentsite.readiness.rules.vocabulary import READINESS, DocumentKind, Readiness
from parentsite.readiness.service import gate
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import parent_asks
from parentsite.readiness.service.versions import SealedVersion, newest, numbered
from parentsite.town.service import current_town


@dataclass(frozen=True)
class Version:
    """A published version, as one reads it: the areas in the order of its template."""

    id: UUID
    kind: DocumentKind
    number: int
    facility: str
    template: str
    published_at: datetime
    readiness: Readiness
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Published:
    """That a version is there, and which house wrote it; without its words."""

    kind: DocumentKind
    number: int
    facility: str
    published_at: datetime


_PUBLISHED = (
    select(SchoolDocument.kind, DocumentVersion.number, DocumentVersion.facility, DocumentVersion.published_at)
    .join(SchoolDocument, SchoolDocument.id == DocumentVersion.document_id)
    .where(SchoolDocument.child_id == bindparam("child"))
    .order_by(SchoolDocument.kind.desc(), DocumentVersion.number.desc())
)


def custody_holder(work: Work, person: UUID, child_id: UUID) -> tuple[ChildView, Asking]:
    """The child, for an adult who may read what is published about it. Raises `NotFound` for all others."""
    child, asking = parent_asks(work, person, child_id)
    if not may_open(asking):
        raise NotFound(child_id)
    return child, asking


def published(work: Work, person: UUID, child_id: UUID) -> Sequence[Published]:
    """Every version, descriptions before assessments, newest first. Raises `NotFound`."""
    custody_holder(work, person, child_id)
    rows = columns(work.session, _PUBLISHED, {"child": child_id})
    return tuple(Published(DocumentKind(row.kind), row.number, row.facility, row.published_at) for row in rows)


_KINDS = select(SchoolDocument.kind).where(SchoolDocument.child_id == bindparam("child"), SchoolDocument.versions > 0)


def published_kinds(work: Work, child_id: UUID) -> frozenset[DocumentKind]:
    """Which documents about a child there are to read; who may is for the caller to ask."""
    return frozenset(map(DocumentKind, columns(work.session, _KINDS, {"child": child_id}).scalars()))


def version(work: Work, person: UUID, child_id: UUID, kind: DocumentKind, number: int | None = None) -> Version:
    """One version, the newest when no number is given. Raises `NotFound`."""
    _, asking = custody_holder(work, person, child_id)
    return in_the_open(work, asking, sealed_version(work, child_id, kind, number))


def sealed_version(work: Work, child_id: UUID, kind: DocumentKind, number: int | None) -> SealedVersion:
    """A version still sealed, the newest when no number is given. Raises `NotFound`."""
    found = newest(work, child_id, kind) if number is None else numbered(work, child_id, kind, number)
    if found is None:
        raise NotFound(child_id)
    return found


def in_the_open(work: Work, asking: Asking, sealed: SealedVersion) -> Version:
    """The version for who may open it. Raises `NotFound`."""
    template = current_town(work.session).document_template(sealed.template)
    return unsealed(asking, keyring_of(work.session), sealed, template.areas if template else ())


def unsealed(asking: Asking, keyring: Keyring, sealed: SealedVersion, order: Sequence[str]) -> Version:
    """The same once the transaction is over: `order` is that of the template. Raises `NotFound`."""
    texts = gate.opened(asking, keyring, sealed.texts)
    areas = [area for area in order if area in texts]
    areas += sorted(area for area in texts if area not in order and area != READINESS)
    return Version(
        id=sealed.id,
        kind=sealed.kind,
        number=sealed.number,
        facility=sealed.facility,
        template=sealed.template,
        published_at=sealed.published_at,
        readiness=Readiness(texts[READINESS]),
        texts={area: texts[area] for area in areas},
    )
