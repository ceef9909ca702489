"""The times at which a parent may come to talk without a name: the open hours of the weeks ahead, cut into pieces."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True, slots=True)
class Open:
    """Open on a weekday (ISO: Monday is 1) from a time to a time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One time to talk: its day, and when it begins in minutes after midnight in Denmark."""

    day: date
    starts: int

    @property
    def at(self) -> time:
        """When it begins."""
        return time(self.starts // 60, self.starts % 60)


def slots(
    hours: Sequence[Open], minutes: int, first: date, days: int, closed: Collection[date] = frozenset()
) -> tuple[Slot, ...]:
    """Every time of so many `days` from `first` on, each lasting so many `minutes`, none on a closed day."""
    ahead = (first + timedelta(days=number) for number in range(days))
    return tuple(sorted(slot for day in ahead if day not in closed for slot in _of_day(hours, minutes, day)))


def _of_day(hours: Sequence[Open], minutes: int, day: date) -> Iterator[Slot]:
    for row in hours:
        if row.weekday == day.isoweekday():
            begins, ends = _minutes(row.opens), _minutes(row.closes)
            yield from (Slot(day, starts) for starts in range(begins, ends - minutes + 1, minutes))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
