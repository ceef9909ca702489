"""From a birth date, or a due date until it is known, to the days in which each visit is offered.

Windows are offers of the note's plan, not duties; staff may shift them for a child who was born early.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from functools import lru_cache
from itertools import accumulate, pairwise, takewhile

FURTHEST_SHIFT_DAYS = 120
"""A child born as early as children live is about 17 weeks early; a longer shift is most likely a slip."""

SOON = timedelta(days=14)
"""How long before a window opens its visit is brought to a parent's mind; it can be booked earlier."""


class AgeUnit(StrEnum):
    """What ages are counted in; months are calendar months."""

    DAYS = auto()
    WEEKS = auto()
    MONTHS = auto()


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of the plan, for a child from `first` to `last` units old."""

    code: str
    unit: AgeUnit
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a visit is offered, both included.

    `shifted_days` is what staff moved it by; `is_provisional` when it stands on a due date and moves with the birth.
    """

    visit: str
    first: date
    last: date
    is_provisional: bool
    shifted_days: int = 0

    def holds(self, day: date) -> bool:
        """Whether the visit may be on this day."""
        return self.first <= day <= self.last

    def is_open(self, day: date) -> bool:
        """Whether a time for it is worth picking on this day: it is near, and not past. A provisional one never is."""
        return not self.is_provisional and self.first - SOON <= day <= self.last


class BadShift(ValueError):
    """A shift that is too long, of a visit that is not in the plan, or that turns the order of the visits round."""


def windows(
    plan: Sequence[PlannedVisit],
    *,
    birth: date,
    is_born: bool,
    margin_days: int,
    shifts: Iterable[tuple[str, int]] = (),
) -> tuple[Window, ...]:
    """The plan as dated windows, in its order. `birth` is the due date while the child is not born.

    A shift (visit, days) moves its visit and all after it: a child who was born six weeks early is six weeks younger
    at each of them. Shifts of visits that this plan does not have move nothing.
    """
    told = dict(shifts)
    moved = accumulate(told.get(visit.code, 0) for visit in plan)
    return tuple(_window(visit, birth, is_born, margin_days, days) for visit, days in zip(plan, moved, strict=True))


def check_shift(
    plan: Sequence[PlannedVisit], *, birth: date, margin_days: int, shifts: Iterable[tuple[str, int]]
) -> None:
    """Raise `BadShift` unless the windows still follow one another as planned."""
    told = dict(shifts)
    if not told.keys() <= {visit.code for visit in plan}:
        raise BadShift("no such visit")
    if any(abs(days) > FURTHEST_SHIFT_DAYS for days in told.values()):
        raise BadShift(f"more than {FURTHEST_SHIFT_DAYS} days")
    dated = windows(plan, birth=birth, is_born=True, margin_days=margin_days, shifts=told.items())
    if any(after.first < before.first or after.last < before.last for before, after in pairwise(dated)):
        raise BadShift("the visits would change their order")
    if dated and dated[0].first < birth:
        raise BadShift("before the birth")


def days_before(plan: Sequence[PlannedVisit], visit: str, shifts: Mapping[str, int]) -> int:
    """By how many days a visit is moved by the shifts of those before it."""
    earlier = takewhile(lambda planned: planned.code != visit, plan)
    return sum(shifts.get(planned.code, 0) for planned in earlier)


def add_months(day: date, months: int) -> date:
    """`day` moved by calendar months; a day that the month lacks becomes its last one."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


@lru_cache(maxsize=4096)
def _window(visit: PlannedVisit, birth: date, is_born: bool, margin_days: int, days: int) -> Window:
    margin = timedelta(days=margin_days if visit.first == visit.last else 0)
    first, last = _at_age(birth, visit.first, visit.unit), _at_age(birth, visit.last, visit.unit)
    shift = timedelta(days=days)
    return Window(
        visit=visit.code,
        first=max(birth, first - margin) + shift,
        last=last + margin + shift,
        is_provisional=not is_born,
        shifted_days=days,
    )


def _at_age(birth: date, amount: int, unit: AgeUnit) -> date:
    match unit:
        case AgeUnit.DAYS:
            return birth + timedelta(days=amount)
        case AgeUnit.WEEKS:
            return birth + timedelta(weeks=amount)
        case AgeUnit.MONTHS:
            return add_months(birth, amount)
