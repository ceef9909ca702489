"""A parent asks that something published is corrected; the house corrects it in a new version, or says why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.sealed import keyring_of, seal
from parentsite.foundation.work import Work
from parentsite.people.attendance import where_now
from parentsite.readiness.models import CORRECTION_ANSWER, CORRECTION_TEXT, CorrectionRequest, DocumentVersion
from parentsite.readiness.rules.gate import Asking
from parentsite.readiness.rules.vocabulary import CORRECTION, CorrectionState, DocumentKind
from parentsite.readiness.service import gate
from parentsite.readiness.service.errors import NobodyAnswers, NotAsNew, NotFound
from parentsite.readiness.service.facts import house_asks
from parentsite.readiness.service.gate import Sealed
from parentsite.readiness.service.reading import custody_holder, sealed_version
from parentsite.readiness.service.telling import tell_answered
from parentsite.readiness.service.versions import SealedVersion, by_id


@dataclass(frozen=True)
class Correction:
    """One request, and the answer that stands on record; `answer` is why it was kept as it was.

    `number` is that of the version it is about and `facility` the house that wrote that, `corrected_number` that of the
    version that is right; `language` is the code of that of the parent's words.
    """

    id: UUID
    number: int
    facility: str
    text: str
    language: str
    state: CorrectionState
    made_at: datetime
    answer: str | None
    corrected_in: UUID | None
    corrected_number: int | None


ABOUT = aliased(DocumentVersion)
"""The version that a request is about."""
COLUMNS = (
    select(
        CorrectionRequest.id,
        ABOUT.number,
        ABOUT.facility,
        CorrectionRequest.version_id,
        CorrectionRequest.person_id,
        CorrectionRequest.text,
        CorrectionRequest.language,
        CorrectionRequest.state,
        CorrectionRequest.made_at,
        CorrectionRequest.answer,
        CorrectionRequest.corrected_in,
        DocumentVersion.number.label("corrected_number"),
    )
    .join(ABOUT, ABOUT.id == CorrectionRequest.version_id)
    .outerjoin(DocumentVersion, DocumentVersion.id == CorrectionRequest.corrected_in)
    .order_by(CorrectionRequest.made_at, CorrectionRequest.id)
)
_OWN = COLUMNS.where(ABOUT.document_id == bindparam("document"), CorrectionRequest.person_id == bindparam("person"))
_ONE = COLUMNS.where(CorrectionRequest.id == bindparam("request"))


def ask(work: Work, person: UUID, child_id: UUID, kind: DocumentKind, number: int, text: str, *, language: str) -> UUID:
    """Ask for a correction of one version; while one of this parent is open, that is the one.

    Raises `NobodyAnswers` when the child no longer goes to the house that wrote it, `NotFound`.
    """
    custody_holder(work, person, child_id)
    version = sealed_version(work, child_id, kind, number)
    if where_now(work.session, child_id, {version.facility}, work.today) is None:
        raise NobodyAnswers(version.facility)
    made = new_id()
    row = {"id": made, "version_id": version.id, "person_id": person, "language": language, "made_at": work.now}
    try:
        with work.session.begin_nested():
            sealed = seal(work.session, text, CORRECTION_TEXT)
            work.session.execute(insert(CorrectionRequest).values(**row, text=sealed))
    except IntegrityError:
        waiting = CorrectionRequest.state == CorrectionState.OPEN.value
        own = (CorrectionRequest.version_id == version.id, CorrectionRequest.person_id == person)
        return work.session.scalars(select(CorrectionRequest.id).where(*own, waiting)).one()
    audit.record(work, "correction.asked", [child_id, person], about=("correction_request", made))
    return made


def requests_about(work: Work, asking: Asking, person: UUID, document_id: UUID) -> Sequence[Correction]:
    """What this parent has asked about all versions of a document, and the answers, for one who asks; never the other
    parent's. Raises `NotFound`.
    """
    rows = columns(work.session, _OWN, {"document": document_id, "person": person})
    return tuple(opened(work, asking, row) for row in rows)


def correct(work: Work, request_id: UUID, corrected_in: UUID) -> bool:
    """The house has corrected it in a later version of the same document; whether this is the answer, and no other was
    given before. Raises `NotAsNew`, `NotFound`.
    """
    request = _request(work, request_id)
    before, _ = _own_version(work, request.version_id)
    after = by_id(work, corrected_in)
    if after is None or after.document_id != before.document_id or after.number <= before.number:
        raise NotAsNew(corrected_in)
    return _answer(work, request, before, CorrectionState.CORRECTED, corrected_in=corrected_in)


def keep(work: Work, request_id: UUID, why: str) -> bool:
    """The house leaves it as it is, and says why: the parent reads it. Whether this is the answer, and no other was
    given before. Raises `NotFound`.
    """
    assert why.strip(), "the form asks for a reason"
    request = _request(work, request_id)
    version, _ = _own_version(work, request.version_id)
    return _answer(work, request, version, CorrectionState.KEPT, answer=seal(work.session, why, CORRECTION_ANSWER))


def _request(work: Work, request_id: UUID) -> Any:
    row = columns(work.session, _ONE, {"request": request_id}).one_or_none()
    if row is None:
        raise NotFound(request_id)
    return row


def _own_version(work: Work, version_id: UUID) -> tuple[SealedVersion, Asking]:
    version = by_id(work, version_id)
    if version is None:
        raise NotFound(version_id)
    asking = house_asks(work, version.child_id, version.facility)
    if not asking.is_own:
        raise NotFound(version_id)
    return version, asking


def _answer(work: Work, request: Any, version: SealedVersion, to: CorrectionState, **values: object) -> bool:
    """Answer what is open; a second answer changes nothing, and the first stays on record."""
    which = update(CorrectionRequest).where(
        CorrectionRequest.id == request.id, CorrectionRequest.state.in_(CORRECTION.origins(to))
    )
    said = {"state": to.value, "answered_at": work.now, "answered_by": work.actor.id, **values}
    done = change(work.session, which.values(**said)) > 0
    if done:
        audit.record(work, "correction.answered", [version.child_id], about=("correction_request", request.id))
        tell_answered(work, version.child_id, request.person_id, request.id)
    return done


def opened(work: Work, asking: Asking, row: Any) -> Correction:
    """A row of the table, for one who may open it. Raises `NotFound`."""
    sealed = {"text": Sealed(row.text, CORRECTION_TEXT)}
    sealed |= {"answer": Sealed(row.answer, CORRECTION_ANSWER)} if row.answer else {}
    words = gate.opened(asking, keyring_of(work.session), sealed)
    return Correction(
        id=row.id,
        number=row.number,
        facility=row.facility,
        text=words["text"],
        language=row.language,
        state=CorrectionState(row.state),
        made_at=row.made_at,
        answer=words.get("answer"),
        corrected_in=row.corrected_in,
        corrected_number=row.corrected_number,
    )
