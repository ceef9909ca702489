"""Who may open a text about a child: the one decision, whatever way the text is asked for.

The note: nothing written goes from the daycare to school or BFO without the parents' consent. Custody holders read what
is published; one who is shut out from the child, or from whom its place is kept, turns to the staff, because the text
tells of the place. The house that wrote it sees it while the child goes there. All others see nothing.
"""

from dataclasses import dataclass
from enum import StrEnum, auto


class Side(StrEnum):
    """From where somebody asks."""

    PARENT = auto()
    HOUSE = auto()
    RECEIVER = auto()


@dataclass(frozen=True)
class Asking:
    """The facts of one who asks for one text; a fact that was not told is no.

    `is_kept_apart`: the adult is blocked from the child, or may not know where it is. `is_own`: written by the house,
    to which the child goes today. `is_receiver`: the child goes there next. `is_allowed`: every custody holder says yes
    to reading, now.
    """

    side: Side
    is_published: bool = False
    holds_custody: bool = False
    is_kept_apart: bool = False
    is_own: bool = False
    is_receiver: bool = False
    is_allowed: bool = False


def may_open(asking: Asking) -> bool:
    """Whether the text may be opened."""
    if asking.side is Side.HOUSE:
        return asking.is_own
    if asking.side is Side.PARENT:
        return asking.is_published and asking.holds_custody and not asking.is_kept_apart
    return asking.is_published and asking.is_receiver and asking.is_allowed
