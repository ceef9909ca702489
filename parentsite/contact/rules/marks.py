"""Read marks: the day on which a message was first read, and nothing finer.

The team reads as one: no parent is told which of them has read. Of the two parents each has marks of the own, which the
other is not shown.
"""

from collections.abc import Iterable
from typing import TypeVar

Message = TypeVar("Message")


def newly_read(messages: Iterable[tuple[Message, bool]], marked: Iterable[Message]) -> tuple[Message, ...]:
    """The messages that get a mark when a reader opens the letter: those by others that bear none of this reader yet.

    Each message comes with whether it is the reader's own.
    """
    before = set(marked)
    return tuple(one for one, is_own in messages if not is_own and one not in before)
