"""A parent's cases at a glance: for each child what there is, and what can still be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.people.visibility import Facet
from parentsite.places.models import HELD, Application, Offer, Placement
from parentsite.places.policy import policy_of
from parentsite.places.rules.calendar import groups_to_seek
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Care, OfferState, PlacementState
from parentsite.places.service.cases import CasePlacement
from parentsite.town.service import current_town

LIVE = (ApplicationState.SENT, ApplicationState.WAITING)


@dataclass(frozen=True)
class CaseLine:
    """A case in a list. `placements` are the places that the child has, or is about to have, by this case."""

    id: UUID
    child: ChildView
    state: ApplicationState
    care: Care | None
    age_group: AgeGroup | None
    case_number: str | None
    guaranteed_by: date | None
    delete_on: date | None
    open_offer_id: UUID | None
    answer_by: date | None
    placements: tuple[CasePlacement, ...]

    @property
    def is_live(self) -> bool:
        """Whether the application still stands in line."""
        return self.state in LIVE

    @property
    def matters(self) -> bool:
        """Whether the child stands in line, or has a place, by this case."""
        return self.is_live or bool(self.placements)


_CASES = (
    select(
        Application.id,
        Application.child_id,
        Application.applicant_id,
        Application.state,
        Application.care,
        Application.age_group,
        Application.case_number,
        Application.guaranteed_by,
        Application.delete_on,
        Offer.id.label("offer_id"),
        Offer.answer_by,
        Placement.state.label("placement"),
        Placement.facility,
        Placement.starts_on,
        Placement.ends_on,
    )
    .outerjoin(Offer, and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN.value))
    .outerjoin(Placement, and_(Placement.application_id == Application.id, Placement.state.in_(HELD)))
    .where(Application.child_id.in_(bindparam("children", expanding=True)))
    .order_by(Application.started_at.desc(), Application.id, Placement.starts_on)
)


def cases_of(work: Work, person: UUID, children: Sequence[ChildView]) -> list[CaseLine]:
    """The cases of these children as the adult may see them, newest first; a draft is its writer's alone."""
    visible = {child.id: child for child in children}
    if not visible:
        return []
    rows = columns(work.session, _CASES, {"children": list(visible)})
    each = (list(rows_of_one) for _, rows_of_one in groupby(rows, key=lambda row: row.id))
    lines = (_line(found, visible[found[0].child_id], person) for found in each)
    return [line for line in lines if line is not None]


def groups_open(work: Work, child: ChildView, of_child: Sequence[CaseLine]) -> frozenset[AgeGroup]:
    """For which groups this adult can begin a new application: a child stands once for each (§ 27 c(1) of the Act).

    None while a draft is open: it is gone on with.
    """
    if not child.sight.may_apply or any(one.state is ApplicationState.DRAFT for one in of_child):
        return frozenset()
    policy = policy_of(current_town(work.session))
    soonest = max(policy.right_from(child.counts_from), work.today)
    taken = {one.age_group for one in of_child if one.is_live}
    return groups_to_seek(child.counts_from, soonest, policy.older_from_months) - taken


def _line(rows: Sequence[Any], child: ChildView, person: UUID) -> CaseLine | None:
    """One case from its rows: as many as the places that came of it, or one."""
    row, decides = rows[0], child.sight.may_apply
    if row.state == ApplicationState.DRAFT and not (decides and row.applicant_id == person):
        return None
    sees_time = child.sight.sees(Facet.TIME)
    sees_places = sees_time and child.sight.sees(Facet.PLACE)
    return CaseLine(
        id=row.id,
        child=child,
        state=ApplicationState(row.state),
        care=Care(row.care) if row.care else None,
        age_group=AgeGroup(row.age_group) if row.age_group else None,
        case_number=row.case_number,
        guaranteed_by=row.guaranteed_by if sees_time else None,
        delete_on=row.delete_on,
        open_offer_id=row.offer_id if decides else None,
        answer_by=row.answer_by if decides else None,
        placements=_placements(rows) if sees_places else (),
    )


def _placements(rows: Sequence[Any]) -> tuple[CasePlacement, ...]:
    return tuple(
        CasePlacement(row.facility, row.starts_on, row.ends_on, PlacementState(row.placement))
        for row in rows
        if row.placement is not None
    )
