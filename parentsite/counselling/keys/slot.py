"""The one place on the site where a phrase is made a key: 64 MiB and a tenth of a second each, so never two at once.

A lock file that the whole host shares says who is in it, another who waits. One may wait; whoever comes then is told so
at once and comes again, so that a crowd of returning parents never holds the threads that serve the other pages.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class Busy(Exception):
    """One is in the slot and one waits: try again in a moment."""


@dataclass(frozen=True)
class Slot:
    """The slot, by the folder that its lock files lie in."""

    folder: Path

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the slot; raises `Busy` at once when it is taken and another waits for it already."""
        with (self.folder / "slot.lock").open("ab") as slot, (self.folder / "turn.lock").open("ab") as turn:
            if not _take(slot):
                if not _take(turn):
                    raise Busy
                fcntl.flock(slot, fcntl.LOCK_EX)
                fcntl.flock(turn, fcntl.LOCK_UN)
            yield


def _take(file: IO[bytes]) -> bool:
    """Take a lock that nobody holds; it is given up when the file is closed, or its process dies."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
