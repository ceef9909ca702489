"""How many conversations may begin on the whole site in an hour, so that nobody drowns the counsellors.

Counted in a file beside the lock files, of the present hour only: in the database it would tell when one began.
"""

import fcntl
import os
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
        hour = int(now.timestamp()) // 3600
        with open(os.open(self.folder / "begun", os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            counted, begun = (int(part) for part in (file.read() or "0 0").split())
            if counted == hour and begun >= self.each_hour:
                raise BudgetSpent
            file.seek(0)
            file.truncate()
            file.write(f"{hour} {begun + 1 if counted == hour else 1}")
