"""A place in line as one text: texts sort as the published order does, so that a database can count who is ahead."""

from parentsite.places.rules.order import Candidate, Rank, Reason, ranks
from parentsite.places.rules.policy import PlacementPolicy

_BETWEEN = "|"


def line_key(candidate: Candidate, policy: PlacementPolicy) -> str:
    """The text that sorts (by code point) where `order` would place the candidate."""
    return _BETWEEN.join((*(_text(rank) for rank in ranks(candidate, policy)), candidate.tie, candidate.id))


def reason_between(ahead: str | None, behind: str, policy: PlacementPolicy) -> Reason:
    """The rule that put the key `behind` after the one directly ahead of it; FIRST when there is none ahead."""
    if ahead is None:
        return Reason.FIRST
    pairs = zip(policy.order, ahead.split(_BETWEEN), behind.split(_BETWEEN), strict=False)
    return next((Reason(criterion.value) for criterion, one, other in pairs if one != other), Reason.TIE)


def _text(rank: Rank) -> str:
    return str(int(rank)) if isinstance(rank, bool) else rank.isoformat()
