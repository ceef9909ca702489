"""What an offer's page said would follow, as a short proof that its form carries back: what changed since can be named.

The proof is no secret and no signature: who forges it only hides from himself what has changed.
"""

from collections.abc import Iterable
from enum import StrEnum, auto
from hashlib import sha256

from parentsite.places.rules.answers import Consequences

_BETWEEN = "."
_SHORT = 12


class Part(StrEnum):
    """What can change between the page and the press."""

    GUARANTEE = auto()
    WISHES = auto()
    CURRENT_PLACE = auto()
    """Whether the child has a place that a Yes would end."""
    NOTICE = auto()
    """The town's rule for leaving a place."""


def proof(follows: Iterable[Consequences], notice: object) -> str:
    """The proof of a page that showed what follows from each answer, and the town's rule for leaving."""
    all_answers = tuple(follows)
    said = {
        Part.GUARANTEE: [(one.answer, one.guarantee, one.guaranteed_by) for one in all_answers],
        Part.WISHES: [(one.answer, one.wish_becomes, sorted(one.wishes_stay)) for one in all_answers],
        Part.CURRENT_PLACE: [(one.answer, one.ends_current_place) for one in all_answers],
        Part.NOTICE: notice,
    }
    return _BETWEEN.join(sha256(repr(said[part]).encode()).hexdigest()[:_SHORT] for part in Part)


def changed_since(before: str, now: str) -> tuple[Part, ...]:
    """What is no longer as it was shown; everything, for a proof that nobody was given."""
    told = before.split(_BETWEEN)
    if len(told) != len(Part):
        return tuple(Part)
    return tuple(part for part, then, here in zip(Part, told, now.split(_BETWEEN), strict=True) if then != here)
