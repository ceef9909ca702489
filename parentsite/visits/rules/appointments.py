"""What may become of a slot and of an appointment, and until when a parent may change it.

An appointment that is moved stays the same appointment at another time: its calendar entry is updated, not doubled.
One that the health visitors move is proposed again: the parents have not said yes to the new time.
What was noted at the desk by a slip (held or nobody at home) can be put right.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from parentsite.visits.rules.moves import Moves


class SlotState(StrEnum):
    OPEN = auto()
    TAKEN = auto()
    WITHDRAWN = auto()
    """No longer in the health visitor's plan."""


class VisitState(StrEnum):
    PROPOSED = auto()
    """By the health visitor; it stands, and the parents may confirm or move it."""
    BOOKED = auto()
    CANCELLED = auto()
    DONE = auto()
    NOT_AT_HOME = auto()


class CalledOff(StrEnum):
    """Why the health visitors cancel a visit for a family: these words are all that is kept."""

    FAMILY_CALLED = auto()
    CHILD_DIED = auto()
    MOVED_AWAY = auto()


SLOT = Moves(
    "visit_slot",
    {
        SlotState.OPEN: frozenset({SlotState.TAKEN, SlotState.WITHDRAWN}),
        SlotState.TAKEN: frozenset({SlotState.OPEN, SlotState.WITHDRAWN}),
        SlotState.WITHDRAWN: frozenset(),
    },
)

_KEPT = frozenset({VisitState.CANCELLED, VisitState.DONE, VisitState.NOT_AT_HOME})
VISIT = Moves(
    "home_visit",
    {
        VisitState.PROPOSED: _KEPT | {VisitState.BOOKED},
        VisitState.BOOKED: _KEPT | {VisitState.PROPOSED},
        VisitState.CANCELLED: frozenset(),
        VisitState.DONE: frozenset({VisitState.NOT_AT_HOME}),
        VisitState.NOT_AT_HOME: frozenset({VisitState.DONE}),
    },
)

LIVE = (VisitState.PROPOSED.value, VisitState.BOOKED.value)
"""The appointments, as stored, that still lie ahead."""


def held_until(now: datetime, minutes: int) -> datetime:
    """The moment from which a time that is picked now is free for others again."""
    return now + timedelta(minutes=minutes)


def change_by(starts_at: datetime, hours: int) -> datetime:
    """The moment before which an appointment may be moved or cancelled."""
    return starts_at - timedelta(hours=hours)


def may_cancel(starts_at: datetime, now: datetime, hours: int, *, is_ill: bool = False) -> bool:
    """Whether a parent may still give the time back. Illness asks nobody beforehand: then until the visit begins."""
    return now < (starts_at if is_ill else change_by(starts_at, hours))
