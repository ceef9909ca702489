"""Answering an offer: once, in time, and with exactly the consequences that the page said before."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Offer, Wish
from parentsite.places.rules.answers import Answer, Consequences
from parentsite.places.rules.calendar import deadline_moment
from parentsite.places.rules.shown import changed_since
from parentsite.places.rules.vocabulary import ApplicationState, OfferState, Purpose, WishState
from parentsite.places.service import placements
from parentsite.places.service.errors import ConsequencesChanged, OtherParentMustAgree, TooLate
from parentsite.places.service.offered import OfferView, consequences, offer_for, proof_of, view_of
from parentsite.places.service.offers import close_offer, hold_offer
from parentsite.places.service.standings import stands_in_line
from parentsite.places.service.telling import tell


def answer(
    work: Work,
    person: UUID,
    offer_id: UUID,
    said: Answer,
    remove: Collection[UUID] = (),
    other_parent_agrees: bool = False,
    shown: str | None = None,
) -> OfferView:
    """Say Yes or No; `remove` are the wishes that the parent ticked to be taken off the list, `shown` is the proof of
    the page that was answered (none where the parent was shown no page).

    The same answer again changes nothing. Raises `TooLate` when the offer was answered otherwise, expired or was taken
    back, `ConsequencesChanged`, `OtherParentMustAgree` under shared residence, and `NotFound`.
    """
    hold_offer(work, offer_id)
    view = offer_for(work, person, offer_id)
    all_follow = consequences(work, view)
    follows = all_follow[said]
    if view.state is follows.offer_becomes:
        return view
    if view.state is not OfferState.OPEN or work.now >= deadline_moment(view.answer_by):
        raise TooLate(OfferState.EXPIRED if view.state is OfferState.OPEN else view.state)
    if shown is not None and (parts := changed_since(shown, proof_of(work, all_follow))):
        raise ConsequencesChanged(parts)
    if view.together and not other_parent_agrees:
        raise OtherParentMustAgree(offer_id)
    _settle(work, view, follows, frozenset(str(wish) for wish in remove))
    letter = "offer_accepted" if said is Answer.YES else "offer_declined"
    purpose = Purpose.TOGETHER if view.together else None
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
    view = view_of(work, offer_id)
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


_WISH = update(Wish).where(Wish.id == bindparam("wish"), stands_in_line(Wish)).values(state=bindparam("becomes"))


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
    """With a place, no wish left and nothing promised any more the application has done its work, and is closed."""
    has_place = follows.offer_becomes is OfferState.ACCEPTED or view.facts.has_place
    closes = has_place and not stays and follows.guaranteed_by is None
    promised = {"promised": follows.guaranteed_by, "outcome": follows.guarantee.value}
    change(work.session, _CLOSED if closes else _CHANGED, {"application": view.application_id, **promised})
