"""Answering an offer: once, in time, and with exactly the consequences that the page said before."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.people.visibility import sight_of
from parentsite.places.models import HELD, Application, Offer, Placement, Vacancy, Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.answers import (
    Answer,
    Consequences,
    OfferFacts,
    consequences_of_no,
    consequences_of_silence,
    consequences_of_yes,
)
from parentsite.places.rules.calendar import deadline_moment
from parentsite.places.rules.vocabulary import (
    ApplicationState,
    OfferState,
    WishState,
)
from parentsite.places.service import placements
from parentsite.places.service.errors import NotFound, OtherParentMustAgree, TooLate
from parentsite.places.service.offers import close_offer, hold_offer
from parentsite.places.service.telling import tell
from parentsite.town.service import current_town


@dataclass(frozen=True)
class OfferView:
    """An offer as the parents see it; `wishes` are the other wishes that wait, id and facility, in their order."""

    id: UUID
    vacancy_id: UUID
    application_id: UUID
    applicant_id: UUID
    child_id: UUID
    wish_id: UUID
    facility: str
    age_group: str
    starts_on: date
    answer_by: date
    state: OfferState
    guaranteed_by: date | None
    guaranteed_after: date | None
    guarantee_outcome: str | None
    fulfils_guarantee: bool
    has_place: bool
    wishes: tuple[tuple[UUID, str], ...]
    together: bool = False
    """The child lives with this adult and another elsewhere (delt bopæl): both decide."""

    @property
    def facts(self) -> OfferFacts:
        """The offer as the rules take it."""
        return OfferFacts(
            starts=self.starts_on,
            wish=str(self.wish_id),
            other_wishes=tuple(str(wish) for wish, _ in self.wishes),
            guaranteed_by=self.guaranteed_by,
            fulfils_guarantee=self.fulfils_guarantee,
            has_place=self.has_place,
        )


def offer_for(work: Work, person: UUID, offer_id: UUID) -> OfferView:
    """The offer, for an adult who decides about the child's daycare; raises `NotFound` for all others."""
    view = _view(work, offer_id)
    sight = sight_of(work.session, person, view.child_id, work.today)
    if sight is None or not sight.may_apply:
        raise NotFound(offer_id)
    return replace(view, together=sight.shares_residence)


def consequences(work: Work, view: OfferView) -> dict[Answer, Consequences]:
    """What each answer would do, by the town's settings."""
    policy = policy_of(current_town(work.session))
    return {
        Answer.YES: consequences_of_yes(view.facts),
        Answer.NO: consequences_of_no(view.facts, policy),
        Answer.SILENCE: consequences_of_silence(view.facts, policy),
    }


def answer(
    work: Work,
    person: UUID,
    offer_id: UUID,
    said: Answer,
    remove: Collection[UUID] = (),
    other_parent_agrees: bool = False,
) -> OfferView:
    """Say Yes or No; `remove` are the wishes that the parent ticked to be taken off the list.

    The same answer again changes nothing. Raises `TooLate` when the offer was answered otherwise, expired or was taken
    back, `OtherParentMustAgree` under shared residence, and `NotFound`.
    """
    hold_offer(work, offer_id)
    view = offer_for(work, person, offer_id)
    follows = consequences(work, view)[said]
    if view.state is follows.offer_becomes:
        return view
    if view.state is not OfferState.OPEN or work.now >= deadline_moment(view.answer_by):
        raise TooLate(OfferState.EXPIRED if view.state is OfferState.OPEN else view.state)
    if view.together and not other_parent_agrees:
        raise OtherParentMustAgree(offer_id)
    _settle(work, view, follows, frozenset(str(wish) for wish in remove))
    letter = "offer_accepted" if said is Answer.YES else "offer_declined"
    purpose = "together" if view.together else None
    audit.record(
        work, f"offer.{follows.offer_becomes.value}", [view.child_id], about=("offer", offer_id), purpose=purpose
    )
    key = f"offer:{offer_id}:answered"
    tell(work, letter, applicant=view.applicant_id, child=view.child_id, key=key, offer=offer_id)
    return view


def expire_due(work: Work, limit: int = 200) -> int:
    """Close the offers nobody answered in time, the longest due first; the worker calls it. Returns how many."""
    due = work.session.execute(
        select(Offer.application_id, Offer.id)
        .where(Offer.state == OfferState.OPEN, Offer.answer_by < work.today)
        .order_by(Offer.answer_by, Offer.id)
        .limit(limit)
    )
    return sum(_expire(work, offer_id) for _, offer_id in sorted(tuple(row) for row in due))


def _expire(work: Work, offer_id: UUID) -> bool:
    hold_offer(work, offer_id)
    view = _view(work, offer_id)
    if view.state is not OfferState.OPEN:
        return False
    _settle(work, view, consequences(work, view)[Answer.SILENCE], frozenset())
    audit.record(work, "offer.expired", [view.child_id], about=("offer", offer_id))
    key = f"offer:{offer_id}:expired"
    tell(work, "offer_expired", applicant=view.applicant_id, child=view.child_id, key=key, offer=offer_id)
    return True


def _settle(work: Work, view: OfferView, follows: Consequences, remove: frozenset[str]) -> None:
    """Carry out the consequences for an open offer that is held."""
    closed = close_offer(
        work,
        view.vacancy_id,
        view.id,
        follows.offer_becomes,
        guaranteed_after=follows.guaranteed_by,
        guarantee_outcome=follows.guarantee.value,
    )
    assert closed, "a held offer was closed by another"
    removed = remove & frozenset(follows.removable)
    _settle_wishes(work, view, follows, removed)
    _settle_application(work, view, follows, stays=bool(frozenset(follows.wishes_stay) - removed))
    if follows.offer_becomes is OfferState.ACCEPTED:
        placements.agree(
            work,
            child=view.child_id,
            application=view.application_id,
            offer=view.id,
            facility=view.facility,
            age_group=view.age_group,
            starts_on=view.starts_on,
        )


def _settle_wishes(work: Work, view: OfferView, follows: Consequences, removed: frozenset[str]) -> None:
    assert follows.wish_becomes is not None
    _set_wish(work, view.wish_id, WishState.REMOVED if str(view.wish_id) in removed else follows.wish_becomes)
    for wish_id, _ in view.wishes:
        if str(wish_id) in removed:
            _set_wish(work, wish_id, WishState.REMOVED)


_WISH = (
    update(Wish)
    .where(Wish.id == bindparam("wish"), Wish.state.in_((WishState.WAITING.value, WishState.OFFERED.value)))
    .values(state=bindparam("becomes"))
)


def _set_wish(work: Work, wish_id: UUID, state: WishState) -> None:
    change(work.session, _WISH, {"wish": wish_id, "becomes": state.value})


_CHANGED = (
    update(Application)
    .where(Application.id == bindparam("application"))
    .values(
        revision=Application.revision + 1,
        guaranteed_by=bindparam("promised"),
        guarantee_outcome=bindparam("outcome"),
    )
)
_CLOSED = _CHANGED.values(state=ApplicationState.CLOSED.value)


def _settle_application(work: Work, view: OfferView, follows: Consequences, stays: bool) -> None:
    """After a Yes with no wish left and nothing promised any more the application has done its work, and is closed."""
    closes = follows.offer_becomes is OfferState.ACCEPTED and not stays and follows.guaranteed_by is None
    promised = {"promised": follows.guaranteed_by, "outcome": follows.guarantee.value}
    change(work.session, _CLOSED if closes else _CHANGED, {"application": view.application_id, **promised})


_VIEW = (
    select(
        Offer.id,
        Offer.vacancy_id,
        Offer.application_id,
        Application.applicant_id,
        Application.child_id,
        Offer.wish_id,
        Vacancy.facility,
        Vacancy.age_group,
        Vacancy.starts_on,
        Offer.answer_by,
        Offer.state,
        Application.guaranteed_by,
        Offer.guaranteed_after,
        Offer.guarantee_outcome,
        Offer.fulfils_guarantee,
        select(Placement.id)
        .where(Placement.child_id == Application.child_id, Placement.state.in_(HELD))
        .exists()
        .label("has_place"),
    )
    .join(Vacancy, Vacancy.id == Offer.vacancy_id)
    .join(Application, Application.id == Offer.application_id)
    .where(Offer.id == bindparam("offer"))
)
_OTHER_WISHES = (
    select(Wish.id, Wish.facility)
    .where(
        Wish.application_id == bindparam("application"),
        Wish.state == WishState.WAITING.value,
        Wish.id != bindparam("wish"),
    )
    .order_by(Wish.rank)
)


def _view(work: Work, offer_id: UUID) -> OfferView:
    row = columns(work.session, _VIEW, {"offer": offer_id}).one_or_none()
    if row is None:
        raise NotFound(offer_id)
    asked = {"application": row.application_id, "wish": row.wish_id}
    wishes = tuple((wish.id, wish.facility) for wish in columns(work.session, _OTHER_WISHES, asked))
    return OfferView(**{**row._mapping, "state": OfferState(row.state), "wishes": wishes})
