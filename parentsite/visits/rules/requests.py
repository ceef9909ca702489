"""What a family may ask the health visitors for, outside of picking a time."""

from datetime import date, timedelta
from enum import StrEnum, auto

from parentsite.visits.rules.moves import Moves

SCHOOL_YEARS = 6
LOOKED_FOR = timedelta(days=300)
"""The last visit of the plan is offered at nine months: an older child is no longer looked for."""
EXTRA = "extra"
"""The code of a visit outside the plan."""


class RequestKind(StrEnum):
    WINDOW_FULL = auto()
    """No time was free in the window of a visit: find one with us."""
    EXTRA_VISIT = auto()
    """A visit outside the plan, with a short reason."""
    NOT_CONTACTED = auto()
    """Nobody has contacted us since the birth."""


class RequestState(StrEnum):
    OPEN = auto()
    ANSWERED = auto()
    TAKEN_BACK = auto()


REQUEST = Moves(
    "visit_request",
    {
        RequestState.OPEN: frozenset({RequestState.ANSWERED, RequestState.TAKEN_BACK}),
        RequestState.ANSWERED: frozenset(),
        RequestState.TAKEN_BACK: frozenset(),
    },
)


def may_ask_for_extra(birth: date, today: date) -> bool:
    """From the birth until school begins, 1 August of the year the child turns six (the note: on need, also later)."""
    return birth <= today < date(birth.year + SCHOOL_YEARS, 8, 1)


def is_at_school(birth: date | None, today: date) -> bool:
    """Whether the school's health visitor has taken over; not of a child who is not born yet."""
    return birth is not None and birth <= today and not may_ask_for_extra(birth, today)


def is_silence(birth: date, today: date, silence_days: int) -> bool:
    """Whether a family that has heard nothing by now counts as not contacted."""
    return birth + timedelta(days=silence_days) <= today < birth + LOOKED_FOR


def reply_by(today: date, reply_days: int) -> date:
    """The day by which the health visitors write back."""
    return today + timedelta(days=reply_days)
