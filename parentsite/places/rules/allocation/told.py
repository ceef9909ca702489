"""What a family is told: each proposal, each wish that was not met, and what became of the guarantee.

Reasons are values with their numbers; a page makes one sentence of each. No number names another family: they say how
many places there were and by which rule they went, as the published order and the lines say already.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from parentsite.places.rules.order import Reason
from parentsite.places.rules.vocabulary import AgeGroup


class Kind(StrEnum):
    """What a proposal follows from."""

    WISH = auto()
    """The parents wished for the house, and the place is theirs by the published order."""
    GUARANTEE = auto()
    """The guarantee asks for a place now; the house may be one they wished for, but need not."""
    BY_HAND = auto()
    """A clerk decided, with a reason in writing."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for a child; `wish` counted from one, none where nobody wished for it."""

    room: str
    facility: str
    group: AgeGroup
    starts: date
    kind: Kind
    wish: int | None


class Why(StrEnum):
    """What became of a wish."""

    PROPOSED = auto()
    BETTER = auto()
    """The parents get a house they wished for more."""
    AHEAD = auto()
    """All places go to children ahead in the line; `decided` says by which rule the last of them is ahead."""
    FOR_GUARANTEE = auto()
    """What those ahead leave is needed for children whose guaranteed day comes now."""
    FOR_HAND = auto()
    """What those ahead leave was given by hand."""
    NONE_FREE = auto()
    NOT_YET_WANTED = auto()
    """What is free begins before the day the parents want."""
    OTHER_AGE = auto()
    """On the day the place begins the child is of the other age group."""
    LET_GO = auto()
    """The parents said No to this very place, or did not answer."""
    TOO_LATE = auto()
    """It begins after the guaranteed day; a place in time was found elsewhere."""
    BY_HAND = auto()
    """A clerk decided about the child by hand, and not for this house."""


class WishTold(NamedTuple):
    """A wish and what became of it. Of `places`, so many went `by_order`, `for_guarantee` and `by_hand`.

    `number` is the child's place among the `of_how_many` who ask for a place there this month; both are nought for a
    wish that could not be asked for.
    """

    facility: str
    why: Why
    places: int = 0
    by_order: int = 0
    for_guarantee: int = 0
    by_hand: int = 0
    number: int = 0
    of_how_many: int = 0
    decided: Reason | None = None


class Promise(StrEnum):
    """What becomes of the guarantee, if the parents say Yes."""

    NONE = auto()
    """None runs."""
    LATER = auto()
    """No place now, and the next run is still in time."""
    MET = auto()
    OTHER_DISTRICT = auto()
    """Met as the law asks, but not in the child's own district, as this town promises."""
    LATE = auto()
    """A place, but after the guaranteed day."""
    SHORT = auto()
    """The day comes, and all places that would suit go to children whose day came before."""
    OUTGROWN = auto()
    """The day comes, but the child is too old, or too young, for the group applied for: the office has to act."""
    BY_HAND = auto()
    """The day comes, and a clerk decided that nothing is proposed now."""


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """The guarantee; for SHORT how many `places` would suit, and how many of them were given `by_hand`."""

    promise: Promise
    guaranteed_by: date | None
    places: int = 0
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run says to the family of one application; `wishes` in the parents' order."""

    seeker: str
    proposal: Proposal | None
    promise: PromiseTold
    wishes: tuple[WishTold, ...]
    by_hand: bool = False
    """A clerk decided, for a place or for none."""
