"""Offering: the office offers a vacancy; the database lets one vacancy be offered once at a time."""

from contextlib import closing
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, lock, new_id
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Work
from parentsite.places.models import REASON, Application, Offer, Vacancy, Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.answers import fulfils_guarantee
from parentsite.places.rules.calendar import answer_by
from parentsite.places.rules.fitting import unfit
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import ApplicationState, OfferState, Purpose, VacancyState, WishState
from parentsite.places.service.errors import CannotOffer, NotFound, ReasonNeeded, VacancyGone
from parentsite.places.service.line import InLine, is_own_district, one_in_line, walk_line
from parentsite.places.service.telling import tell
from parentsite.places.service.vacancies import OpenVacancy, lock_vacancy, move_vacancy, vacancy
from parentsite.town.service import current_town


def may_be_offered(place: OpenVacancy, one: InLine, policy: PlacementPolicy) -> bool:
    """Whether a child in line can take the place: it waits, wants it by then, is of the age, has no other open offer.

    After No or silence a place goes on to the next, and does not come back to who let it go.
    """
    return (
        one.state is WishState.WAITING
        and not one.has_open_offer
        and one.application_id not in place.refused_by
        and unfit(birth=one.birth_date, wanted=one.wanted, group=place.age_group, starts=place.starts_on, policy=policy)
        is None
    )


def first_in_line(work: Work, place: OpenVacancy) -> InLine | None:
    """The one whom the published order gives this place to."""
    policy = policy_of(current_town(work.session))
    with closing(walk_line(work.session, place.facility, place.age_group)) as line:
        return next((one for one in line if may_be_offered(place, one, policy)), None)


def make_offer(work: Work, vacancy_id: UUID, wish_id: UUID, reason: str | None = None) -> UUID:
    """Offer the vacancy to a wish in its line; out of the published order only with a written `reason`.

    Raises `VacancyGone`, `CannotOffer`, `ReasonNeeded`, `NotFound`, and then has changed nothing. Two clerks at once:
    one wins, the other is told.
    """
    with work.session.begin_nested():
        return _make_offer(work, vacancy_id, wish_id, reason)


def _make_offer(work: Work, vacancy_id: UUID, wish_id: UUID, reason: str | None) -> UUID:
    if not move_vacancy(work, vacancy_id, VacancyState.OFFERED):
        raise VacancyGone(vacancy_id)
    place = vacancy(work, vacancy_id)
    chosen = one_in_line(work.session, place.facility, place.age_group, wish_id)
    if chosen is None or chosen.has_open_offer or chosen.state is not WishState.WAITING:
        raise CannotOffer(wish_id)
    first = first_in_line(work, place)
    out_of_order = first is None or first.wish_id != wish_id
    if out_of_order and not reason:
        raise ReasonNeeded(wish_id)
    offer_id = _insert_offer(work, place, chosen, reason if out_of_order else None)
    taken = change(
        work.session,
        update(Wish).where(Wish.id == wish_id, Wish.state == WishState.WAITING).values(state=WishState.OFFERED.value),
    )
    if not taken:
        raise CannotOffer(wish_id)
    _count_change(work, chosen.application_id)
    _mark_read(work, chosen.application_id)
    _tell(work, offer_id, chosen, out_of_order)
    return offer_id


def take_back(work: Work, offer_id: UUID) -> None:
    """The office takes an open offer back; the wish waits again as before. Raises `VacancyGone` when it is answered."""
    row = work.session.execute(
        select(Offer.vacancy_id, Offer.wish_id, Offer.application_id, Application.child_id, Application.applicant_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.id == offer_id)
    ).one_or_none()
    if row is None:
        raise NotFound(offer_id)
    if not close_offer(work, row.vacancy_id, offer_id, OfferState.TAKEN_BACK):
        raise VacancyGone(offer_id)
    change(
        work.session,
        update(Wish)
        .where(Wish.id == row.wish_id, Wish.state == WishState.OFFERED)
        .values(state=WishState.WAITING.value),
    )
    _count_change(work, row.application_id)
    audit.record(work, "offer.taken_back", [row.child_id], about=("offer", offer_id))
    key = f"offer:{offer_id}:taken_back"
    tell(work, "offer_taken_back", applicant=row.applicant_id, child=row.child_id, key=key, offer=offer_id)


_ITS = Offer.id == bindparam("offer")
_ITS_VACANCY = (
    select(Vacancy.id)
    .where(Vacancy.id == select(Offer.vacancy_id).where(_ITS).scalar_subquery())
    .with_for_update(key_share=True)
)
_ITS_WISHES = (
    select(Wish.id)
    .where(Wish.application_id == select(Offer.application_id).where(_ITS).scalar_subquery())
    .order_by(Wish.id)
    .with_for_update(key_share=True)
)


def hold_offer(work: Work, offer_id: UUID) -> None:
    """Let nobody else close the offer or change its case: what is read after this holds until the end."""
    lock(work.session, _ITS_VACANCY, {"offer": offer_id})
    lock(work.session, _ITS_WISHES, {"offer": offer_id})


_CLOSE = (
    update(Offer)
    .where(Offer.id == bindparam("offer"), Offer.state == OfferState.OPEN.value)
    .values(
        state=bindparam("becomes"),
        answered_at=bindparam("now"),
        guaranteed_after=bindparam("promised"),
        guarantee_outcome=bindparam("outcome"),
    )
)


def close_offer(
    work: Work,
    vacancy_id: UUID,
    offer_id: UUID,
    state: OfferState,
    guaranteed_after: date | None = None,
    guarantee_outcome: str | None = None,
) -> bool:
    """Close an open offer and move its vacancy on; false, and nothing is done, when it is closed already, by whomever.

    The vacancy is locked first and moved last: it may have gone on to another child since.
    """
    lock_vacancy(work, vacancy_id)
    outcome = {"promised": guaranteed_after, "outcome": guarantee_outcome}
    if not change(work.session, _CLOSE, {"offer": offer_id, "becomes": state.value, "now": work.now, **outcome}):
        return False
    is_taken = state is OfferState.ACCEPTED
    moved = move_vacancy(work, vacancy_id, VacancyState.FILLED if is_taken else VacancyState.OPEN)
    assert moved, "an open offer stood on a vacancy that was not offered"
    return True


def _insert_offer(work: Work, place: OpenVacancy, chosen: InLine, reason: str | None) -> UUID:
    town = current_town(work.session)
    policy = policy_of(town)
    promised = chosen.guaranteed_by
    offer = Offer(
        id=new_id(),
        vacancy_id=place.id,
        application_id=chosen.application_id,
        wish_id=chosen.wish_id,
        made_at=work.now,
        answer_by=answer_by(work.today, policy.answer_days),
        fulfils_guarantee=promised is not None
        and fulfils_guarantee(
            starts=place.starts_on,
            wanted=chosen.wanted,
            guaranteed_by=promised,
            own_district=is_own_district(town, place.facility, chosen.district),
            policy=policy,
        ),
        guaranteed_before=promised,
        out_of_order=reason is not None,
        reason=seal(work.session, reason, REASON) if reason else None,
    )
    try:
        work.session.add(offer)
        work.session.flush()
    except IntegrityError as error:
        raise CannotOffer(chosen.wish_id) from error
    return offer.id


def _count_change(work: Work, application_id: UUID) -> None:
    """Whoever acts on a page from before is told."""
    change(
        work.session,
        update(Application).where(Application.id == application_id).values(revision=Application.revision + 1),
    )


def _tell(work: Work, offer_id: UUID, chosen: InLine, out_of_order: bool) -> None:
    purpose = Purpose.OUT_OF_ORDER if out_of_order else Purpose.IN_ORDER
    audit.record(work, "offer.made", [chosen.child_id], about=("offer", offer_id), purpose=purpose)
    applicant = work.session.scalars(
        select(Application.applicant_id).where(Application.id == chosen.application_id)
    ).one()
    key = f"offer:{offer_id}:made"
    tell(work, "offer_made", applicant=applicant, child=chosen.child_id, key=key, offer=offer_id)


def _mark_read(work: Work, application_id: UUID) -> None:
    """Whoever offers a place has read the application."""
    change(
        work.session,
        update(Application)
        .where(Application.id == application_id, Application.state == ApplicationState.SENT)
        .values(state=ApplicationState.WAITING.value),
    )
