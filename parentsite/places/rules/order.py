"""The waiting list of one house: who comes first, and which published rule says so (§ 27(1) of the Act).

The same candidates give the same list in whatever order they are handed in. Special need comes from the
office, never from what a parent ticked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from itertools import pairwise

from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import Criterion


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One waiting wish, as the order sees it. `id` is unique in a list; `tie` is drawn once for ever."""

    id: str
    special_need: bool
    sibling_here: bool
    own_district: bool
    seniority: date
    birth_date: date
    tie: str


class Reason(StrEnum):
    """What puts a candidate behind the one directly ahead; a criterion and its reason share a value."""

    FIRST = auto()
    SPECIAL_NEED = auto()
    SIBLING = auto()
    OWN_DISTRICT = auto()
    SENIORITY = auto()
    BIRTH_DATE = auto()
    TIE = auto()
    """Equal by every rule: the draw decides, always in the same way."""


@dataclass(frozen=True)
class Position:
    """A place in the line: number 1 of `of_how_many` is offered the next vacancy."""

    number: int
    of_how_many: int
    candidate: Candidate
    reason: Reason


Rank = bool | date
_RANKS: Mapping[Criterion, Callable[[Candidate], Rank]] = {
    Criterion.SPECIAL_NEED: lambda candidate: not candidate.special_need,
    Criterion.SIBLING: lambda candidate: not candidate.sibling_here,
    Criterion.OWN_DISTRICT: lambda candidate: not candidate.own_district,
    Criterion.SENIORITY: lambda candidate: candidate.seniority,
    Criterion.BIRTH_DATE: lambda candidate: candidate.birth_date,
}
"""The lower goes first: yes before no, the earlier date before the later."""


def order(candidates: Iterable[Candidate], policy: PlacementPolicy) -> tuple[Position, ...]:
    """The list in the town's order, each position with its reason."""
    line = sorted(candidates, key=lambda candidate: (*ranks(candidate, policy), candidate.tie, candidate.id))
    reasons = [Reason.FIRST, *(_reason(ahead, behind, policy) for ahead, behind in pairwise(line))]
    return tuple(
        Position(number, len(line), candidate, reason)
        for number, (candidate, reason) in enumerate(zip(line, reasons, strict=False), start=1)
    )


def ranks(candidate: Candidate, policy: PlacementPolicy) -> tuple[Rank, ...]:
    """The candidate by each criterion of the town's order; the lower goes first."""
    return tuple(_RANKS[criterion](candidate) for criterion in policy.order)


def _reason(ahead: Candidate, behind: Candidate, policy: PlacementPolicy) -> Reason:
    for criterion in policy.order:
        if _RANKS[criterion](ahead) != _RANKS[criterion](behind):
            return Reason(criterion.value)
    return Reason.TIE
