"""What parents ask of the house about what it has published, and how many wait for its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.attendance import children_at
from parentsite.readiness.models import AssessmentRequest, CorrectionRequest, DocumentVersion, SchoolDocument
from parentsite.readiness.rules.vocabulary import CorrectionState, DocumentKind, RequestState
from parentsite.readiness.service.correcting import ABOUT, COLUMNS, Correction, opened
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import PEDAGOGUE, house_asks, house_of


@dataclass(frozen=True)
class Asked:
    """A correction that is asked for, and the version that it is about; `newer` is the one that came last, if later."""

    child_id: UUID
    kind: DocumentKind
    number: int
    version_id: UUID
    newer: tuple[UUID, int] | None
    correction: Correction

    @property
    def is_open(self) -> bool:
        """Whether the parent waits for an answer."""
        return self.correction.state is CorrectionState.OPEN


@dataclass(frozen=True)
class Waiting:
    """How many wait at a pedagogue's houses, and the day on which the first correction was asked for."""

    corrections: int
    since: date | None
    assessments: int


_ASKED = COLUMNS.add_columns(ABOUT.document_id, SchoolDocument.kind, SchoolDocument.child_id).join(
    SchoolDocument, SchoolDocument.id == ABOUT.document_id
)
_OF_CHILD = _ASKED.where(SchoolDocument.child_id == bindparam("child"), ABOUT.facility == bindparam("house"))
_ONE = _ASKED.where(CorrectionRequest.id == bindparam("request"))
_LAST = (
    select(DocumentVersion.id, DocumentVersion.number, DocumentVersion.document_id)
    .join(SchoolDocument, SchoolDocument.id == DocumentVersion.document_id)
    .where(SchoolDocument.child_id == bindparam("child"), DocumentVersion.number == SchoolDocument.versions)
)


def asked_of_house(work: Work, child_id: UUID) -> Sequence[Asked]:
    """All that parents have asked about what this house published of a child, the oldest first; answered or not.

    Raises `NotFound`.
    """
    house = house_of(work, child_id)
    rows = columns(work.session, _OF_CHILD, {"child": child_id, "house": house}).all()
    last = _last(work, child_id) if rows else {}
    return tuple(_asked(work, row, last) for row in rows)


def asked(work: Work, request_id: UUID) -> Asked:
    """One request, for the house whose version it is about. Raises `NotFound`."""
    row = columns(work.session, _ONE, {"request": request_id}).one_or_none()
    if row is None:
        raise NotFound(request_id)
    return _asked(work, row, _last(work, row.child_id))


_FOR_ASSESSMENT = select(func.min(AssessmentRequest.made_at)).where(
    AssessmentRequest.child_id == bindparam("child"), AssessmentRequest.state == RequestState.OPEN.value
)


def assessment_asked_at(work: Work, child_id: UUID) -> datetime | None:
    """When the parents who wait for the assessment first asked for it; none when nobody does. Raises `NotFound`."""
    house_of(work, child_id)
    found: datetime | None = columns(work.session, _FOR_ASSESSMENT, {"child": child_id}).scalar_one()
    return found


_OPEN = (
    select(SchoolDocument.child_id, DocumentVersion.facility, CorrectionRequest.made_at)
    .join(DocumentVersion, DocumentVersion.document_id == SchoolDocument.id)
    .join(CorrectionRequest, CorrectionRequest.version_id == DocumentVersion.id)
    .where(
        SchoolDocument.child_id.in_(bindparam("children", expanding=True)),
        CorrectionRequest.state == CorrectionState.OPEN.value,
    )
)
_WANTED = select(func.count(func.distinct(AssessmentRequest.child_id))).where(
    AssessmentRequest.child_id.in_(bindparam("children", expanding=True)),
    AssessmentRequest.state == RequestState.OPEN.value,
)


def waiting(work: Work) -> Waiting:
    """What waits for this pedagogue; nobody is named. As many statements for many children as for one."""
    here = children_at(work.session, work.actor.institutions, work.today) if PEDAGOGUE in work.actor.roles else {}
    if not here:
        return Waiting(0, None, 0)
    asked = {"children": list(here)}
    found = [row.made_at for row in columns(work.session, _OPEN, asked) if row.facility == here[row.child_id]]
    first = local_date(min(found)) if found else None
    return Waiting(len(found), first, columns(work.session, _WANTED, asked).scalar_one())


def _last(work: Work, child_id: UUID) -> dict[UUID, tuple[UUID, int]]:
    rows = columns(work.session, _LAST, {"child": child_id})
    return {row.document_id: (row.id, row.number) for row in rows}


def _asked(work: Work, row: Any, last: dict[UUID, tuple[UUID, int]]) -> Asked:
    newest = last.get(row.document_id)
    return Asked(
        child_id=row.child_id,
        kind=DocumentKind(row.kind),
        number=row.number,
        version_id=row.version_id,
        newer=newest if newest and newest[1] > row.number else None,
        correction=opened(work, house_asks(work, row.child_id, row.facility), row),
    )
