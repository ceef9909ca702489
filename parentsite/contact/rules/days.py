"""When an answer is due, how long a parent has waited, and when a letter is over. Days are calendar days in Denmark."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 6


@dataclass(frozen=True)
class Keeping:
    """How long, in days: `reopen` a closed letter can be opened again, `quiet` until an answered one closes by itself,
    `keep` from then until it is deleted.
    """

    reopen: int
    quiet: int
    keep: int


def is_working_day(day: date, closed: Collection[date]) -> bool:
    """Whether the town works that day; `closed` are holidays and the town's own closing days."""
    return day.isoweekday() < _SATURDAY and day not in closed


def answer_due(since: date, working_days: int, closed: Collection[date]) -> date:
    """The last day on which the answer comes in time; the day of writing is not counted."""
    day = since
    for _ in range(working_days):
        day += timedelta(days=1)
        while not is_working_day(day, closed):
            day += timedelta(days=1)
    return day


def working_days_waited(since: date, today: date, closed: Collection[date]) -> int:
    """How many working days a parent has waited, the day of writing not counted and today counted."""
    days = ((since + timedelta(days=number)) for number in range(1, (today - since).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def reopens_until(closed_on: date, keeping: Keeping) -> date:
    """The last day on which the parent may open it again."""
    return closed_on + timedelta(days=keeping.reopen)


def may_reopen(closed_on: date, today: date, keeping: Keeping) -> bool:
    """Whether the parent may still open it again."""
    return today <= reopens_until(closed_on, keeping)


def deleted_on(closed_on: date, keeping: Keeping) -> date:
    """The day on which a closed letter is deleted: never while it can be opened again."""
    return max(closed_on + timedelta(days=keeping.keep), reopens_until(closed_on, keeping) + timedelta(days=1))
