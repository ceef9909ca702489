"""Reading a case as its parents may see it: every facet through the gate."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView, child_for
from parentsite.people.visibility import Facet
from parentsite.places.models import Application, Offer, Placement, Vacancy
from parentsite.places.rules.answers import GuaranteeOutcome
from parentsite.places.rules.guarantee import GuaranteeRule
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Care, OfferState, PlacementState
from parentsite.places.service.errors import NotFound
from parentsite.places.service.standings import Standing, standings


@dataclass(frozen=True)
class CaseOffer:
    """An offer in the history of a case."""

    id: UUID
    facility: str
    starts_on: date
    answer_by: date
    state: OfferState


@dataclass(frozen=True)
class CasePlacement:
    """A place that came of the case."""

    facility: str
    starts_on: date
    ends_on: date | None
    state: PlacementState


@dataclass(frozen=True)
class Case:
    """An application with all that came of it; a facet that the adult may not see is empty.

    `promised_by` was guaranteed when it was sent, `guaranteed_by` is today; `may_act`: whether this adult decides.
    """

    id: UUID
    child: ChildView
    applicant_id: UUID
    state: ApplicationState
    revision: int
    care: Care | None
    age_group: AgeGroup | None
    case_number: str | None
    wanted: date | None
    sent_on: date | None
    delete_on: date | None
    right_from: date | None
    timely_by: date | None
    lateness_days: int
    guaranteed_by: date | None
    guarantee_rule: GuaranteeRule | None
    guarantee_outcome: GuaranteeOutcome | None
    promised_by: date | None
    promised_rule: GuaranteeRule | None
    special_need_told: bool
    wishes: tuple[Standing, ...]
    offers: tuple[CaseOffer, ...]
    placements: tuple[CasePlacement, ...]
    shows_place: bool
    shows_time: bool
    may_act: bool

    @property
    def child_id(self) -> UUID:
        return self.child.id

    @property
    def open_offer(self) -> CaseOffer | None:
        """The offer that waits for an answer."""
        return next((offer for offer in self.offers if offer.state is OfferState.OPEN), None)

    @property
    def is_live(self) -> bool:
        """Whether the application still stands in line."""
        return self.state in (ApplicationState.SENT, ApplicationState.WAITING)


_CASE = select(
    Application.id,
    Application.child_id,
    Application.applicant_id,
    Application.state,
    Application.revision,
    Application.care,
    Application.age_group,
    Application.case_number,
    Application.wanted,
    Application.sent_on,
    Application.delete_on,
    Application.right_from,
    Application.timely_by,
    Application.lateness_days,
    Application.guaranteed_by,
    Application.guarantee_rule,
    Application.guarantee_outcome,
    Application.promised_by,
    Application.promised_rule,
    Application.special_need_told,
).where(Application.id == bindparam("application"), Application.state != ApplicationState.DRAFT.value)


def case_for(work: Work, person: UUID, application_id: UUID) -> Case:
    """One sent application; raises `NotFound` when there is none that this adult may know of."""
    row = columns(work.session, _CASE, {"application": application_id}).one_or_none()
    if row is None:
        raise NotFound(application_id)
    child = child_for(work.session, person, row.child_id, work.today)
    if child is None:
        raise NotFound(application_id)
    return _as_seen(work, row, child)


_DAYS = ("wanted", "sent_on", "right_from", "timely_by", "guaranteed_by", "promised_by")


def _as_seen(work: Work, row: Any, child: ChildView) -> Case:
    sees_place, sees_time = child.sight.sees(Facet.PLACE), child.sight.sees(Facet.TIME)
    sees_both = sees_place and sees_time
    offers, placements = _outcomes(work, row.id) if sees_both else ((), ())
    return Case(
        id=row.id,
        child=child,
        applicant_id=row.applicant_id,
        state=ApplicationState(row.state),
        revision=row.revision,
        care=Care(row.care),
        age_group=AgeGroup(row.age_group),
        case_number=row.case_number,
        delete_on=row.delete_on,
        lateness_days=(row.lateness_days or 0) if sees_time else 0,
        guarantee_rule=GuaranteeRule(row.guarantee_rule) if row.guarantee_rule and sees_time else None,
        guarantee_outcome=GuaranteeOutcome(row.guarantee_outcome) if row.guarantee_outcome and sees_time else None,
        promised_rule=GuaranteeRule(row.promised_rule) if row.promised_rule and sees_time else None,
        **{name: getattr(row, name) if sees_time else None for name in _DAYS},
        special_need_told=row.special_need_told and child.sight.sees(Facet.TEXT),
        wishes=tuple(standings(work.session, [row.id])[row.id]) if sees_both else (),
        offers=offers,
        placements=placements,
        shows_place=sees_place,
        shows_time=sees_time,
        may_act=child.sight.may_apply,
    )


_OUTCOMES = (
    select(
        Offer.id,
        Vacancy.facility,
        Vacancy.starts_on,
        Offer.answer_by,
        Offer.state,
        Placement.state.label("placement"),
        Placement.facility.label("placed_at"),
        Placement.starts_on.label("placed_from"),
        Placement.ends_on.label("placed_until"),
    )
    .join(Vacancy, Vacancy.id == Offer.vacancy_id)
    .outerjoin(Placement, Placement.offer_id == Offer.id)
    .where(Offer.application_id == bindparam("application"))
    .order_by(Offer.made_at.desc(), Offer.id)
)


def _outcomes(work: Work, application_id: UUID) -> tuple[tuple[CaseOffer, ...], tuple[CasePlacement, ...]]:
    """The offers, the newest first, and the places that came of them, the earliest first. One statement."""
    found = columns(work.session, _OUTCOMES, {"application": application_id}).all()
    offers = (CaseOffer(r.id, r.facility, r.starts_on, r.answer_by, OfferState(r.state)) for r in found)
    placements = (
        CasePlacement(r.placed_at, r.placed_from, r.placed_until, PlacementState(r.placement))
        for r in found
        if r.placement is not None
    )
    return tuple(offers), tuple(sorted(placements, key=lambda place: place.starts_on))
