"""What Yes, No and silence do to an offer, said before the parent presses and done after.

The page renders these values and the service carries them out, so that what was said is what happens. No
answer removes a wish by itself: only a ticked box does (§ 27 c(3)-(4) of the Act).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from parentsite.places.rules.calendar import add_months
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import GuaranteeEffect, GuaranteeScope, OfferState, WishState


class Answer(StrEnum):
    YES = auto()
    NO = auto()
    SILENCE = auto()


class GuaranteeOutcome(StrEnum):
    """What becomes of the guarantee."""

    MET = auto()
    RESTARTS = auto()
    """Counted anew from the planned start of the place not taken."""
    LAPSES = auto()
    """There is no guarantee until the parents apply again."""
    UNCHANGED = auto()
    NOT_CONCERNED = auto()
    """None was running: already met, or lapsed before."""


@dataclass(frozen=True, kw_only=True)
class OfferFacts:
    """An offer as the rules see it."""

    starts: date
    wish: str | None
    """The wish it answers; none when the office offers a guarantee place nobody wished for."""
    other_wishes: tuple[str, ...]
    """All other wishes of the child that wait, in the parents' order."""
    guaranteed_by: date | None
    """None when no guarantee runs."""
    fulfils_guarantee: bool
    """As `fulfils_guarantee` said when the offer was made."""
    has_place: bool
    """Whether the child holds a place that this one would replace."""


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What follows from one answer."""

    answer: Answer
    offer_becomes: OfferState
    wish_becomes: WishState | None
    """The offered wish afterwards; none when the offer answered no wish."""
    wishes_stay: tuple[str, ...]
    """Wishes on the list afterwards, unless the parent ticks their removal."""
    removable: tuple[str, ...]
    """Wishes the parent may tick for removal together with this answer."""
    guarantee: GuaranteeOutcome
    guaranteed_by: date | None
    """The guaranteed day afterwards; none when there is none any more."""
    binding: bool
    """The place is agreed; leaving it takes notice."""
    ends_current_place: bool
    """A child holds one place (§ 2(3) of the Act): the present one ends when the new one starts."""


def fulfils_guarantee(
    *, starts: date, wanted: date, guaranteed_by: date, own_district: bool, policy: PlacementPolicy
) -> bool:
    """Whether declining this place can cost the guarantee: no earlier than wanted, no later than guaranteed, and where
    the town has promised it.

    A place before the day the parents want, or outside a promised district, is a kindness: refusing it must not cost
    them anything.
    """
    is_there = own_district or policy.guarantee_scope is GuaranteeScope.MUNICIPALITY
    return is_there and wanted <= starts <= guaranteed_by


def consequences_of_yes(facts: OfferFacts) -> Consequences:
    """The place is agreed; the other wishes stay unless the parent wants otherwise (§ 27 c(3) of the Act)."""
    outcome, guaranteed_by = _guarantee_after_yes(facts)
    return Consequences(
        answer=Answer.YES,
        offer_becomes=OfferState.ACCEPTED,
        wish_becomes=WishState.FULFILLED if facts.wish is not None else None,
        wishes_stay=facts.other_wishes,
        removable=facts.other_wishes,
        guarantee=outcome,
        guaranteed_by=guaranteed_by,
        binding=True,
        ends_current_place=facts.has_place,
    )


def consequences_of_no(facts: OfferFacts, policy: PlacementPolicy) -> Consequences:
    """The place goes on to the next; every wish stays, this one too, unless the parent ticks its removal."""
    return _not_taken(facts, Answer.NO, OfferState.DECLINED, policy.guarantee_after_no, policy)


def consequences_of_silence(facts: OfferFacts, policy: PlacementPolicy) -> Consequences:
    """As No, by the town's own setting for silence; nothing can be ticked, so nothing is removed."""
    return _not_taken(facts, Answer.SILENCE, OfferState.EXPIRED, policy.guarantee_after_silence, policy)


def _not_taken(
    facts: OfferFacts, answer: Answer, becomes: OfferState, effect: GuaranteeEffect, policy: PlacementPolicy
) -> Consequences:
    wishes = facts.other_wishes if facts.wish is None else (facts.wish, *facts.other_wishes)
    outcome, guaranteed_by = _guarantee_not_taken(facts, effect, policy)
    return Consequences(
        answer=answer,
        offer_becomes=becomes,
        wish_becomes=WishState.WAITING if facts.wish is not None else None,
        wishes_stay=wishes,
        removable=wishes if answer is Answer.NO else (),
        guarantee=outcome,
        guaranteed_by=guaranteed_by,
        binding=False,
        ends_current_place=False,
    )


def _guarantee_after_yes(facts: OfferFacts) -> tuple[GuaranteeOutcome, date | None]:
    if facts.guaranteed_by is None:
        return GuaranteeOutcome.NOT_CONCERNED, None
    if facts.starts <= facts.guaranteed_by:
        return GuaranteeOutcome.MET, None
    # A later place does not undo what was promised in between (§ 24 of the Act).
    return GuaranteeOutcome.UNCHANGED, facts.guaranteed_by


def _guarantee_not_taken(
    facts: OfferFacts, effect: GuaranteeEffect, policy: PlacementPolicy
) -> tuple[GuaranteeOutcome, date | None]:
    if facts.guaranteed_by is None:
        return GuaranteeOutcome.NOT_CONCERNED, None
    if not facts.fulfils_guarantee or effect is GuaranteeEffect.UNCHANGED:
        return GuaranteeOutcome.UNCHANGED, facts.guaranteed_by
    if effect is GuaranteeEffect.LAPSES or policy.restart_months is None:
        return GuaranteeOutcome.LAPSES, None
    # Refusing must not bring the day forward.
    restarted = max(facts.guaranteed_by, add_months(facts.starts, policy.restart_months))
    return GuaranteeOutcome.RESTARTS, restarted
