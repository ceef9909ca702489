"""The start talks that the health visitors are asked to, and whether anything may be said there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select

from parentsite.consent.service.effect import in_force
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named
from parentsite.visits.models.families import StartTalk
from parentsite.visits.rules.start import SHOWN_DAYS, TalkState
from parentsite.visits.service.passing_on import matter_of

MOST = 100


@dataclass(frozen=True)
class AskedTalk:
    """One start talk; `may_pass_on` when every custody holder's consent is in force now."""

    id: UUID
    child_id: UUID
    child: Named
    facility: str
    state: TalkState
    made_at: datetime
    may_pass_on: bool


_COLUMNS = select(StartTalk.id, StartTalk.child_id, StartTalk.facility, StartTalk.state, StartTalk.made_at)
_IS_OPEN = and_(StartTalk.state == TalkState.OPEN.value, StartTalk.changed_at > datetime(2000, 1, 1, tzinfo=UTC))
"""All that are open: the site is younger, and an index is searched between two ends."""
_OPEN = _COLUMNS.where(_IS_OPEN).order_by(StartTalk.changed_at, StartTalk.id).limit(MOST)
_ARRANGED = (
    _COLUMNS.where(StartTalk.state == TalkState.ARRANGED.value, StartTalk.changed_at >= bindparam("since"))
    .order_by(StartTalk.changed_at, StartTalk.id)
    .limit(MOST)
)


def start_talks(work: Work) -> Sequence[AskedTalk]:
    """Those to be arranged, the first asked first; then those arranged lately. Constant in statements."""
    rows = [*columns(work.session, _OPEN), *columns(work.session, _ARRANGED, {"since": work.now - SHOWN_DAYS})]
    names = named(work.session, {row.child_id for row in rows}) if rows else {}
    allowed = in_force(work, [matter_of(row.child_id, row.facility) for row in rows])
    return tuple(
        AskedTalk(
            id=row.id,
            child_id=row.child_id,
            child=names[row.child_id],
            facility=row.facility,
            state=TalkState(row.state),
            made_at=row.made_at,
            may_pass_on=matter_of(row.child_id, row.facility) in allowed,
        )
        for row in rows
    )


_HOW_MANY = select(func.count()).select_from(StartTalk).where(_IS_OPEN)


def how_many_asked(work: Work) -> int:
    """How many wait to be arranged."""
    count: int = columns(work.session, _HOW_MANY).scalar_one()
    return count
