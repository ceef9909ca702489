"""Where news leads, asked when a letter is sent and when it is followed: to a version that this parent may read."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.readiness.models import CorrectionRequest
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.reading import custody_holder
from parentsite.readiness.service.versions import by_id


@dataclass(frozen=True)
class Where:
    """Which version of which document about which child."""

    child_id: UUID
    kind: DocumentKind
    number: int


_ASKED_ABOUT = select(CorrectionRequest.version_id).where(
    CorrectionRequest.id == bindparam("request"), CorrectionRequest.person_id == bindparam("person")
)


def version_published(work: Work, person: UUID, version_id: UUID) -> Where | None:
    """The version, for one who may read it."""
    found = by_id(work, version_id)
    if found is None:
        return None
    try:
        custody_holder(work, person, found.child_id)
    except NotFound:
        return None
    return Where(found.child_id, found.kind, found.number)


def version_asked_about(work: Work, person: UUID, request_id: UUID) -> Where | None:
    """The version of which this parent has asked that it is corrected."""
    version = columns(work.session, _ASKED_ABOUT, {"request": request_id, "person": person}).scalar_one_or_none()
    return version and version_published(work, person, version)
