"""The pedagogue's desk: the children of the own house, what is written about each, and what parents wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.attendance import children_at
from parentsite.people.casework import Named, named
from parentsite.readiness.models import CorrectionRequest, DocumentDraft, DocumentVersion, SchoolDocument
from parentsite.readiness.rules.vocabulary import CorrectionState, DocumentKind
from parentsite.readiness.service.asking import asked_at_house
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import PEDAGOGUE, house_asks, house_of
from parentsite.readiness.service.reading import Version, in_the_open
from parentsite.readiness.service.versions import by_id


@dataclass(frozen=True)
class Paper:
    """One document of a child, at its house: the draft that is being written, and the newest version it published."""

    draft: UUID | None
    version: UUID | None
    number: int | None
    corrections: int


@dataclass(frozen=True)
class Pupil:
    """A child of the house; `is_asked` when a parent waits for the assessment."""

    child_id: UUID
    child: Named
    house: str
    papers: Mapping[DocumentKind, Paper]
    is_asked: bool


@dataclass(frozen=True)
class Issued:
    """A version that the house has published; without its words."""

    id: UUID
    kind: DocumentKind
    number: int
    published_at: datetime


_ISSUED = (
    select(DocumentVersion.id, SchoolDocument.kind, DocumentVersion.number, DocumentVersion.published_at)
    .join(SchoolDocument, SchoolDocument.id == DocumentVersion.document_id)
    .where(SchoolDocument.child_id == bindparam("child"), DocumentVersion.facility == bindparam("house"))
    .order_by(SchoolDocument.kind.desc(), DocumentVersion.number.desc())
)
_PAPERS = (
    select(
        SchoolDocument.child_id,
        SchoolDocument.kind,
        DocumentDraft.id.label("draft"),
        DocumentDraft.facility.label("drafted_at"),
        DocumentVersion.id.label("version"),
        DocumentVersion.number,
        DocumentVersion.facility.label("published_at_house"),
    )
    .outerjoin(DocumentDraft, DocumentDraft.document_id == SchoolDocument.id)
    .outerjoin(DocumentVersion, DocumentVersion.document_id == SchoolDocument.id)
    .where(SchoolDocument.child_id.in_(bindparam("children", expanding=True)))
    .order_by(DocumentVersion.number)
)
_WAITING = (
    select(SchoolDocument.child_id, SchoolDocument.kind, DocumentVersion.facility)
    .join(DocumentVersion, DocumentVersion.document_id == SchoolDocument.id)
    .join(
        CorrectionRequest,
        and_(
            CorrectionRequest.version_id == DocumentVersion.id,
            CorrectionRequest.state == CorrectionState.OPEN.value,
        ),
    )
    .where(SchoolDocument.child_id.in_(bindparam("children", expanding=True)))
)


def pupils(work: Work) -> Sequence[Pupil]:
    """The children who go to this pedagogue's houses today, the oldest first; nobody for anybody else.

    Of another house's papers nothing is told. As many statements for many children as for one.
    """
    if PEDAGOGUE not in work.actor.roles:
        return ()
    here = children_at(work.session, work.actor.institutions, work.today)
    if not here:
        return ()
    found = described(work, here, named(work.session, here))
    return tuple(sorted(found, key=lambda one: oldest_first(one.child_id, one.child)))


def pupil(work: Work, child_id: UUID) -> Pupil:
    """One child, for the house to which it goes today. Raises `NotFound`."""
    (found,) = described(work, {child_id: house_of(work, child_id)}, named(work.session, [child_id]))
    return found


def issued(work: Work, child_id: UUID) -> Sequence[Issued]:
    """All that the house has published of a child who goes there, the newest of each first. Raises `NotFound`."""
    asked = {"child": child_id, "house": house_of(work, child_id)}
    rows = columns(work.session, _ISSUED, asked)
    return tuple(Issued(row.id, DocumentKind(row.kind), row.number, row.published_at) for row in rows)


def described(work: Work, here: Mapping[UUID, str], names: Mapping[UUID, Named]) -> Sequence[Pupil]:
    """What is written about these children at their houses (`here`), and what is waited for; in their order."""
    if not here:
        return ()
    asked = asked_at_house(work)
    papers = _papers(columns(work.session, _PAPERS, {"children": list(here)}), here, _waiting(work, here))
    return tuple(
        Pupil(child, names[child], house, papers.get(child, {}), child in asked) for child, house in here.items()
    )


def oldest_first(child_id: UUID, child: Named) -> tuple[date, str, UUID]:
    """By what the children of a house are put in order."""
    return child.born, child.name or "", child_id


def version_at_house(work: Work, version_id: UUID) -> Version:
    """What this house has published, for its pedagogues while the child goes there. Raises `NotFound`."""
    sealed = by_id(work, version_id)
    if sealed is None:
        raise NotFound(version_id)
    return in_the_open(work, house_asks(work, sealed.child_id, sealed.facility), sealed)


def child_at_house(work: Work, version_id: UUID) -> UUID:
    """Whom a version of this house is about, while the child goes there. Raises `NotFound`."""
    sealed = by_id(work, version_id)
    if sealed is None or house_of(work, sealed.child_id) != sealed.facility:
        raise NotFound(version_id)
    return sealed.child_id


def _waiting(work: Work, here: Mapping[UUID, str]) -> Mapping[tuple[UUID, str], int]:
    found: dict[tuple[UUID, str], int] = {}
    for row in columns(work.session, _WAITING, {"children": list(here)}):
        if row.facility == here[row.child_id]:
            found[row.child_id, row.kind] = found.get((row.child_id, row.kind), 0) + 1
    return found


def _papers(
    rows: Any, here: Mapping[UUID, str], waiting: Mapping[tuple[UUID, str], int]
) -> dict[UUID, dict[DocumentKind, Paper]]:
    found: dict[UUID, dict[DocumentKind, Paper]] = {}
    for row in (one for one in rows if here[one.child_id] in (one.drafted_at, one.published_at_house)):
        house, kind = here[row.child_id], DocumentKind(row.kind)
        before = found.setdefault(row.child_id, {}).get(kind, Paper(None, None, None, 0))
        is_own = row.published_at_house == house
        found[row.child_id][kind] = Paper(
            draft=row.draft if row.drafted_at == house else before.draft,
            version=row.version if is_own else before.version,
            number=row.number if is_own else before.number,
            corrections=waiting.get((row.child_id, row.kind), 0),
        )
    return found
