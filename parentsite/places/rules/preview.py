"""The public calculator: a birth date typed by anyone becomes dates, or a clear answer why there are none.

It counts for the place as soon as possible, since nobody has said yet when care is wanted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from parentsite.places.rules.calendar import school_start, turns
from parentsite.places.rules.guarantee import Guarantee, guarantee
from parentsite.places.rules.policy import PlacementPolicy

ADULT_YEARS = 18


class PreviewKind(StrEnum):
    """What the typed date means today."""

    BORN = auto()
    UNBORN = auto()
    """A due date: every date is provisional and moves with the birth."""
    TOO_FAR_AHEAD = auto()
    """Later than any due date: most likely a slip."""
    SCHOOL_AGE = auto()
    """School duty has begun; there is no right to daycare any more."""
    SCHOOL_FIRST = auto()
    """Not yet at school, but school begins before a place could be guaranteed."""
    TOO_LONG_AGO = auto()
    """An adult's birth date: most likely a slip."""


@dataclass(frozen=True)
class PreviewDates:
    """What the law and the town promise for a place as soon as possible."""

    in_time: Guarantee
    """For who applies by `in_time.deadline`; show its right_from, deadline and guaranteed_by."""
    if_today: Guarantee | None
    """For who applies today; only when the deadline is past."""


@dataclass(frozen=True)
class Preview:
    """The answer; `dates` are there exactly when `kind` is BORN or UNBORN."""

    kind: PreviewKind
    dates: PreviewDates | None = None


def preview(*, birth: date, today: date, policy: PlacementPolicy) -> Preview:
    """Answer a birth date or due date, whatever was typed. Raises nothing for any valid date."""
    if (birth - today).days > policy.due_date_horizon_days:
        return Preview(PreviewKind.TOO_FAR_AHEAD)
    if turns(birth, ADULT_YEARS) <= today:
        return Preview(PreviewKind.TOO_LONG_AGO)
    if school_start(birth) <= today:
        return Preview(PreviewKind.SCHOOL_AGE)
    dates = dates_of(birth=birth, today=today, policy=policy)
    if dates.if_today and dates.if_today.is_empty:
        return Preview(PreviewKind.SCHOOL_FIRST)
    return Preview(PreviewKind.UNBORN if birth > today else PreviewKind.BORN, dates)


def dates_of(*, birth: date, today: date, policy: PlacementPolicy) -> PreviewDates:
    """The dates of a child, of whatever age: who asks looks first whether they still mean anything."""
    right_from = policy.right_from(birth)
    deadline = policy.deadline(birth, right_from)
    in_time = guarantee(birth=birth, wanted=right_from, applied=deadline, policy=policy)
    if today <= deadline:
        return PreviewDates(in_time, None)
    soonest = max(right_from, today)
    return PreviewDates(in_time, guarantee(birth=birth, wanted=soonest, applied=today, policy=policy))
