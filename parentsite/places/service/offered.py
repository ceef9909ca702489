"""An offer as the parents see it, and what each answer would do: the page shows it, and answering carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.foundation.database import columns, one_of_these
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView, child_for
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
from parentsite.places.rules.shown import proof
from parentsite.places.rules.vocabulary import OfferState, WishState
from parentsite.places.service.errors import NotFound
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
    child: ChildView | None = None
    """As the adult who asks may see it; none where nobody asks."""

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
    view = view_of(work, offer_id)
    child = child_for(work.session, person, view.child_id, work.today)
    if child is None or not child.sight.may_apply:
        raise NotFound(offer_id)
    return replace(view, together=child.sight.shares_residence, child=child)


def consequences(work: Work, view: OfferView) -> dict[Answer, Consequences]:
    """What each answer would do, by the town's settings."""
    policy = policy_of(current_town(work.session))
    return {
        Answer.YES: consequences_of_yes(view.facts),
        Answer.NO: consequences_of_no(view.facts, policy),
        Answer.SILENCE: consequences_of_silence(view.facts, policy),
    }


def proof_of(work: Work, follows: Mapping[Answer, Consequences]) -> str:
    """The proof of a page that shows these consequences today."""
    return proof(follows.values(), current_town(work.session).settings.notice.value)


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
        .where(Placement.child_id == Application.child_id, one_of_these(Placement.state, HELD))
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


def view_of(work: Work, offer_id: UUID) -> OfferView:
    """The offer, whoever asks; raises `NotFound`."""
    row = columns(work.session, _VIEW, {"offer": offer_id}).one_or_none()
    if row is None:
        raise NotFound(offer_id)
    asked = {"application": row.application_id, "wish": row.wish_id}
    wishes = tuple((wish.id, wish.facility) for wish in columns(work.session, _OTHER_WISHES, asked))
    return OfferView(**{**row._mapping, "state": OfferState(row.state), "wishes": wishes})
