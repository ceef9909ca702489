"""The waiting list: in the order in which parents asked, by a number that the group gives once.

Two parents who must be kept apart (a blocked adult, a protected address) are never offered places in one group. Whom
that concerns keeps the place in line and is told nothing: any answer would tell of the other.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A parent in line; `turn` is unique in the group, so that there is never a tie."""

    turn: int
    member: UUID
    person: UUID


def number_in_line(turns: Collection[int], own: int) -> int:
    """One's number, from 1."""
    return 1 + sum(turn < own for turn in turns)


def next_offered(line: Sequence[Waiting], kept_out: Set[UUID]) -> Waiting | None:
    """Who is offered the place that is free; none when nobody waits who may have it."""
    return min((one for one in line if one.person not in kept_out), default=None)


def kept_out(line: Sequence[Waiting], seated: Set[UUID], apart: Collection[tuple[UUID, UUID]]) -> frozenset[UUID]:
    """The parents in line who must not meet somebody who has a place; `apart` are pairs, in either order."""
    pairs = {frozenset(pair) for pair in apart}
    return frozenset(
        one.person for one in line if any(frozenset((one.person, other)) in pairs for other in seated - {one.person})
    )
