"""The one place that reads the wall clock. Everything else is told the time."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class Clock(Protocol):
    """Tells the moment as an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved; for tests."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        """Move by the given `timedelta` arguments, such as `days=3`."""
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class FileClock:
    """The machine's clock moved by the seconds written in a file, shared by all processes of a demo or test site.

    A missing file moves nothing. Production never builds this clock.
    """

    path: Path

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift()

    def shift(self) -> timedelta:
        try:
            return timedelta(seconds=float(self.path.read_text(encoding="ascii")))
        except FileNotFoundError:
            return timedelta()

    def set(self, moment: datetime | None) -> None:
        """Let the site believe that it is `moment` (aware) now; `None` gives the real time back."""
        shift = moment - datetime.now(UTC) if moment else timedelta()
        partial = self.path.with_suffix(".new")
        partial.write_text(str(shift.total_seconds()), encoding="ascii")
        partial.replace(self.path)


def local_date(moment: datetime) -> date:
    """The calendar day in Denmark at an aware moment."""
    return moment.astimezone(COPENHAGEN).date()


def monotonic() -> float:
    """Seconds that only ever grow, for measuring how long something is kept; no time of day."""
    return time.monotonic()
