"""The days of a series: the same weekday again and again, and never one on which the town is closed."""

from collections.abc import Iterator, Set
from datetime import date, timedelta
from enum import StrEnum

MOST_MEETINGS = 20
FURTHEST = timedelta(days=400)
"""How far ahead a first meeting may lie; what is further is a slip of the pen in the year."""


class Rhythm(StrEnum):
    """How often a group meets."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"

    @property
    def days(self) -> int:
        """From one meeting to the next."""
        return 7 if self is Rhythm.WEEKLY else 14


def series(first: date, rhythm: Rhythm, times: int, closed: Set[date]) -> tuple[date, ...]:
    """So many days, `first` among them unless it is closed; a closed day is skipped, and the series ends that much
    later.
    """
    return tuple(_until(first, rhythm.days, 1 if rhythm is Rhythm.ONCE else times, closed))


def last_possible(first: date, rhythm: Rhythm) -> date:
    """No series ends later than this, however many of its days are closed (as long as every other day is open)."""
    return first + timedelta(days=2 * MOST_MEETINGS * rhythm.days)


def _until(first: date, days: int, times: int, closed: Set[date]) -> Iterator[date]:
    day, found = first, 0
    while found < times:
        if day not in closed:
            found += 1
            yield day
        day += timedelta(days=days)
