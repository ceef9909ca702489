"""Which groups suit a child: by when it was born, or is due, and by the part of town. Nothing else is looked at.

What a parent is (young, from elsewhere, a father) is never inferred: it is what the parent chooses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID


class Fit(IntEnum):
    """How well a group suits, best first."""

    FITS = 0
    OTHER_DISTRICT = 1
    """The child's age fits; the group meets in another part of town."""
    OTHER_AGE = 2
    """The group is for children who are younger or older: staff can be asked."""


SCHOOL_YEARS = 6


def is_at_school(counts_from: date, today: date) -> bool:
    """Whether school has begun, 1 August of the year the child turns six: these groups are for families before that."""
    return today >= date(counts_from.year + SCHOOL_YEARS, 8, 1)


@dataclass(frozen=True, slots=True)
class Births:
    """The children that a group is for: born, or due, from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("births must run forward")

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group as far as choosing goes: `births` and `district` are none when it is for all."""

    id: UUID
    births: Births | None
    district: str | None


def fit_of(group: Candidate, counts_from: date, district: str | None) -> Fit:
    """How a group suits a child born, or due, that day, of a parent who lives in `district`."""
    if group.births is not None and not group.births.holds(counts_from):
        return Fit.OTHER_AGE
    if group.district is not None and group.district != district:
        return Fit.OTHER_DISTRICT
    return Fit.FITS


def by_fit(groups: Iterable[Candidate], counts_from: date, district: str | None) -> tuple[Candidate, ...]:
    """The groups that suit first, then all others; of equals those nearest to the child's day, in a stable order."""

    def rank(group: Candidate) -> tuple[int, int, str]:
        return fit_of(group, counts_from, district), _days_off(group.births, counts_from), str(group.id)

    return tuple(sorted(groups, key=rank))


def proposed_births(around: date, weeks: int) -> Births:
    """The births of a new group of so many weeks, for the desk to change: `around` lies in the middle."""
    first = around - timedelta(weeks=weeks) / 2
    return Births(first, first + timedelta(weeks=weeks) - timedelta(days=1))


def _days_off(births: Births | None, day: date) -> int:
    """From the middle of the births; a group for all stands after those that are about this very age."""
    if births is None:
        return 10_000
    return abs(2 * (day - births.first).days - (births.last - births.first).days)
