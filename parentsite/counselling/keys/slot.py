"""The one place on the site where a phrase is made a key: 64 MiB and a tenth of a second each, so never two at once.

A lock file that the whole host shares says who is in it, another who waits. One may wait, in another process than the
one that works; whoever comes then is told so at once and comes again. So a crowd of returning parents never holds more
than one of the few threads that a process serves the other pages with.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO


class Busy(Exception):
    """One is in the slot and one waits, or a thread of the same process is or does: try again in a moment."""


@dataclass(frozen=True)
class Slot:
    """The slot, by the folder that its lock files lie in; a process has one, and lets one thread of its own near it."""

    folder: Path
    _of_this_process: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the slot; raises `Busy` at once when it is taken and another waits for it already, or one is here."""
        if not self._of_this_process.acquire(blocking=False):
            raise Busy
        try:
            with self._taken_from_others():
                yield
        finally:
            self._of_this_process.release()

    @contextmanager
    def _taken_from_others(self) -> Iterator[None]:
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
