"""How many conversations may begin on the whole site in an hour, so that nobody drowns the counsellors.

Counted in a file beside the lock files, of the present hour only: in the database it would tell when one began.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class BudgetSpent(Exception):
    """As many have begun in this hour as may."""


@dataclass(frozen=True)
class Budget:
    """So many `each_hour`, counted in a folder that the whole host shares."""

    folder: Path
    each_hour: int

    def spend(self, now: datetime) -> None:
        """Count one more; raises `BudgetSpent` when the hour is full."""
        with self._counted(now) as begun:
            if begun[0] >= self.each_hour:
                raise BudgetSpent
            begun[0] += 1

    def give_back(self, now: datetime) -> None:
        """The one that was counted did not begin after all."""
        with self._counted(now) as begun:
            begun[0] = max(begun[0] - 1, 0)

    def forget_past(self, now: datetime) -> None:
        """Of an hour that is over nothing is left, not even when the file was written last."""
        with self._counted(now):
            pass

    @contextmanager
    def _counted(self, now: datetime) -> Iterator[list[int]]:
        """How many have begun in this hour, to be changed while nobody else counts."""
        hour = int(now.timestamp()) // 3600
        with open(os.open(self.folder / "begun", os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            counted, known = (int(part) for part in (file.read() or "0 0").split())
            begun = [known if counted == hour else 0]
            yield begun
            file.seek(0)
            file.truncate()
            file.write(f"{hour} {begun[0]}")
