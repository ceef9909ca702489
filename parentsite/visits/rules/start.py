"""The start talk (start-samtale) at the daycare: asking the health visitor to take part, and passing on information.

The two are separate (the note: the health visitor takes part if the parents want it; nothing is passed on from the
health visitors to the daycare without the parents' consent).
"""

from datetime import date, timedelta
from enum import StrEnum, auto

from parentsite.visits.rules.moves import Moves

SHOWN_DAYS = timedelta(days=60)
"""So long after it was arranged a talk stands on the desk's list: until it has been held, who comes must see whether
something may be said.
"""


class TalkState(StrEnum):
    OPEN = auto()
    ARRANGED = auto()
    TAKEN_BACK = auto()


TALK = Moves(
    "start_talk",
    {
        TalkState.OPEN: frozenset({TalkState.ARRANGED, TalkState.TAKEN_BACK}),
        TalkState.ARRANGED: frozenset({TalkState.TAKEN_BACK}),
        TalkState.TAKEN_BACK: frozenset(),
    },
)
LIVE = (TalkState.OPEN.value, TalkState.ARRANGED.value)


def consent_ends(today: date, days: int) -> date:
    """The first day on which a yes of today no longer holds, which holds so many `days` (domain.md 3.3)."""
    return today + timedelta(days=days)
