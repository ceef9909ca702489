"""How the placement office's work stands: what is open, how long it has waited, which offers nobody has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import func, select

from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Offer
from parentsite.places.rules.vocabulary import ApplicationState, OfferState

ENOUGH = 5
"""Of fewer cases a median would tell how long one family has waited."""
_WAITING = select(Application.state, Application.sent_at).where(
    Application.state.in_([ApplicationState.SENT.value, ApplicationState.WAITING.value])
)
_UNANSWERED = select(func.count()).select_from(Offer).where(Offer.state == OfferState.OPEN.value)


@dataclass(frozen=True)
class Standing:
    """Counts of cases, and of days that those which are open have waited."""

    unread: int
    waiting: int
    unanswered: int
    median_days: int | None
    most_days: int | None
    """Nine of ten have waited no longer."""


def standing(work: Work) -> Standing:
    """How it stands today. Two statements."""
    rows = columns(work.session, _WAITING).all()
    days = sorted((work.today - local_date(row.sent_at)).days for row in rows)
    unread = sum(1 for row in rows if row.state == ApplicationState.SENT.value)
    return Standing(
        unread=unread,
        waiting=len(rows) - unread,
        unanswered=columns(work.session, _UNANSWERED).scalar_one(),
        median_days=_nearest(days, 50),
        most_days=_nearest(days, 90),
    )


def _nearest(days: Sequence[int], percent: int) -> int | None:
    """The percentile by nearest rank; none of too few."""
    return days[ceil(len(days) * percent / 100) - 1] if len(days) >= ENOUGH else None
