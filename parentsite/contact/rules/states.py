"""What may become of a letter, and who moves it."""

from enum import StrEnum, auto

from parentsite.contact.rules.moves import Moves


class LetterState(StrEnum):
    OPEN = auto()
    """The parent waits, and nobody has taken it."""
    CLAIMED = auto()
    """The parent waits, and one of the team has taken it."""
    ANSWERED = auto()
    """The team has written last."""
    CLOSED = auto()
    FORGOTTEN = auto()
    """Its time is up: what was written is being deleted, and then the letter itself."""


class Side(StrEnum):
    """Who writes: a parent, or the team."""

    PARENT = auto()
    TEAM = auto()


LETTER = Moves(
    "letter",
    {
        LetterState.OPEN: frozenset({LetterState.CLAIMED, LetterState.ANSWERED, LetterState.CLOSED}),
        LetterState.CLAIMED: frozenset({LetterState.OPEN, LetterState.ANSWERED, LetterState.CLOSED}),
        LetterState.ANSWERED: frozenset({LetterState.OPEN, LetterState.CLOSED}),
        LetterState.CLOSED: frozenset({LetterState.OPEN, LetterState.FORGOTTEN}),
        LetterState.FORGOTTEN: frozenset(),
    },
)
WAITING = (LetterState.OPEN, LetterState.CLAIMED)
"""The parent waits for the team."""
LIVE = (*WAITING, LetterState.ANSWERED)
"""Both sides may write."""


def after_writing(state: LetterState, side: Side) -> LetterState | None:
    """The state once this side has written; none when it may not: a closed letter is opened again first.

    A parent who writes on after the answer waits anew, and whoever of the team has time takes it.
    """
    if state not in LIVE:
        return None
    if side is Side.TEAM:
        return LetterState.ANSWERED
    return LetterState.OPEN if state is LetterState.ANSWERED else state


def begins_to_wait(state: LetterState) -> bool:
    """Whether the wait is counted anew from what a parent writes: one who adds to a letter has waited all along."""
    return state not in WAITING
