"""Where a case's wishes stand in their houses' lines, counted by the index of the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from parentsite.foundation.database import columns, one_of_these
from parentsite.places.models import Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.line import reason_between
from parentsite.places.rules.order import Reason
from parentsite.places.rules.vocabulary import WishState
from parentsite.town.service import current_town

IN_LINE = (WishState.WAITING.value, WishState.OFFERED.value)


@dataclass(frozen=True)
class Standing:
    """Where one wish stands in its house's line; `number` and `reason` are none when it stands in none."""

    wish_id: UUID
    facility: str
    rank: int
    state: WishState
    seniority: date | None
    number: int | None
    of_how_many: int
    reason: Reason | None


def stands_in_line(wish: type[Wish]) -> ColumnElement[bool]:
    """Whether the wish waits or has an offer; written out, because only then the databases see that the index of the
    lines holds all such wishes.
    """
    return one_of_these(wish.state, IN_LINE)


_OTHER = aliased(Wish)
_SAME_LINE = and_(stands_in_line(_OTHER), _OTHER.facility == Wish.facility, _OTHER.age_group == Wish.age_group)
_ALL = select(func.count()).select_from(_OTHER).where(_SAME_LINE).correlate(Wish).scalar_subquery()
_AHEAD = and_(_SAME_LINE, _OTHER.line_key < Wish.line_key)
HOW_MANY_AHEAD = select(func.count()).select_from(_OTHER).where(_AHEAD).correlate(Wish).scalar_subquery()
LAST_AHEAD = select(func.max(_OTHER.line_key)).where(_AHEAD).correlate(Wish).scalar_subquery()


_STANDINGS = (
    select(
        Wish.id,
        Wish.application_id,
        Wish.facility,
        Wish.rank,
        Wish.state,
        Wish.seniority,
        Wish.line_key,
        HOW_MANY_AHEAD.label("ahead"),
        _ALL.label("total"),
        LAST_AHEAD.label("last_ahead"),
    )
    .where(Wish.application_id.in_(bindparam("applications", expanding=True)))
    .order_by(Wish.application_id, Wish.rank, Wish.id)
)


def standings(session: Session, applications: Sequence[UUID]) -> dict[UUID, list[Standing]]:
    """Where every wish of the applications stands, by application, in the parents' order. One statement."""
    policy = policy_of(current_town(session))
    found: dict[UUID, list[Standing]] = {application: [] for application in applications}
    for row in columns(session, _STANDINGS, {"applications": list(applications)}):
        stands = row.line_key is not None and row.state in IN_LINE
        found[row.application_id].append(
            Standing(
                wish_id=row.id,
                facility=row.facility,
                rank=row.rank,
                state=WishState(row.state),
                seniority=row.seniority,
                number=row.ahead + 1 if stands else None,
                of_how_many=row.total,
                reason=reason_between(row.last_ahead, row.line_key, policy) if stands else None,
            )
        )
    return found
