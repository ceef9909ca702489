"""Whom a change by hand costs what: two runs of the same month, side by side."""

from dataclasses import dataclass
from enum import StrEnum, auto

from parentsite.places.rules.allocation.run import Proposals
from parentsite.places.rules.allocation.told import Outcome, Promise, Proposal


class Effect(StrEnum):
    """What the change means for a family, by its own order of wishes."""

    LOSES = auto()
    """Had a proposal, and has none."""
    WORSE = auto()
    MOVES = auto()
    """From one house nobody there wished for to another."""
    BETTER = auto()
    GAINS = auto()


@dataclass(frozen=True, slots=True)
class Cost:
    """What the change does to one family. `by_hand`: the clerk decided it; for all others it is what follows."""

    seeker: str
    effect: Effect
    before: Proposal | None
    after: Proposal | None
    by_hand: bool
    breaks_promise: bool
    """The guarantee would have been met in time, and is not any more."""


def compare(before: Proposals, after: Proposals) -> tuple[Cost, ...]:
    """All whom the change touches, by application; raises `ValueError` for runs about different applications."""
    pairs = zip(before.outcomes, after.outcomes, strict=True)
    return tuple(cost for one, other in pairs if (cost := _cost(one, other)))


def _cost(before: Outcome, after: Outcome) -> Cost | None:
    if before.seeker != after.seeker:
        raise ValueError("these runs are about different applications")
    effect = _effect(before.proposal, after.proposal)
    if effect is None:
        return None
    by_hand = before.by_hand or after.by_hand
    kept = (Promise.MET, Promise.OTHER_DISTRICT, Promise.LATER, Promise.NONE)
    breaks = before.promise.promise in kept and after.promise.promise not in kept
    return Cost(before.seeker, effect, before.proposal, after.proposal, by_hand, breaks)


def _effect(before: Proposal | None, after: Proposal | None) -> Effect | None:
    if before is None or after is None:
        return (Effect.LOSES if before else Effect.GAINS) if before is not after else None
    if before.room == after.room:
        return None
    worth = [one.wish or 10**9 for one in (before, after)]
    if worth[0] == worth[1]:
        return Effect.MOVES
    return Effect.WORSE if worth[0] < worth[1] else Effect.BETTER
