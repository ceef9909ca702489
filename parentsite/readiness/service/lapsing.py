"""Requests that nobody can answer any more: the child has left the house that wrote what a parent wants corrected.

That house publishes no version of the child, and the next one did not write it. So the request is closed, the parent
gets a letter, and the page says that the right to have it corrected stands, and whom to call (GDPR art. 16).
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, literal_column, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance
from parentsite.readiness.models import CorrectionRequest, DocumentVersion, SchoolDocument
from parentsite.readiness.rules.vocabulary import CORRECTION, CorrectionState
from parentsite.readiness.service.telling import tell_answered

STAYS_OPEN = timedelta(days=14)
"""So long after the child's last day the house may still mend a slip in the register, and answer."""
MOST_A_ROUND = 100
_IS_THERE = (
    select(Attendance.id)
    .where(
        Attendance.child_id == SchoolDocument.child_id,
        Attendance.facility == DocumentVersion.facility,
        or_(Attendance.until.is_(None), Attendance.until > bindparam("since")),
    )
    .exists()
)
_NOBODYS = (
    select(CorrectionRequest.id, CorrectionRequest.person_id, SchoolDocument.child_id)
    .join(DocumentVersion, DocumentVersion.id == CorrectionRequest.version_id)
    .join(SchoolDocument, SchoolDocument.id == DocumentVersion.document_id)
    .where(
        CorrectionRequest.state == literal_column(f"'{CorrectionState.OPEN.value}'"),  # as the index says it
        CorrectionRequest.made_at <= bindparam("asked"),
        ~_IS_THERE,
    )
    .order_by(CorrectionRequest.made_at, CorrectionRequest.id)
    .limit(MOST_A_ROUND)
)
_LAPSE = update(CorrectionRequest).where(
    CorrectionRequest.id == bindparam("request"),
    CorrectionRequest.state.in_(CORRECTION.origins(CorrectionState.LAPSED)),
)


def lapse(work: Work) -> int:
    """Close what nobody can answer any more; each once, however many workers there are. Returns how many."""
    # Nobody could ask any more once the child had left.
    asked = {"since": work.today - STAYS_OPEN, "asked": work.now - STAYS_OPEN}
    rows = columns(work.session, _NOBODYS, asked).all()
    return sum(_lapse(work, row) for row in rows)


def _lapse(work: Work, row: Any) -> int:
    closed = _LAPSE.values(state=CorrectionState.LAPSED.value, answered_at=work.now)
    done = change(work.session, closed, {"request": row.id})
    if done:
        audit.record(work, "correction.lapsed", [row.child_id], about=("correction_request", row.id))
        tell_answered(work, row.child_id, row.person_id, row.id)
    return done
