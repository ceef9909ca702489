"""A health visitor's times: from a weekly working pattern, with days off, to slots that never overlap.

Patterns are Danish wall-clock times. On the nights when the clock changes a slot still lasts as long as it says, and
never lies in an hour that does not exist or outside the pattern on either of two equal readings of the clock.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True)
class Shift:
    """Working hours in one district on one weekday (ISO: Monday is 1), from a day on, up to but without `until`."""

    district: str
    weekday: int
    opens: time
    closes: time
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the health visitor works these hours that day."""
        return day.isoweekday() == self.weekday and self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which the health visitor does not work, both included; why is nobody's business here."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a visit lasts, and what it takes to get to the next home, in minutes."""

    visit: int
    travel: int


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time for one visit (moments are aware, UTC); the health visitor is free again, travel counted, at `free_at`."""

    starts_at: datetime
    ends_at: datetime
    free_at: datetime
    district: str

    def meets(self, other: "Slot") -> bool:
        """Whether one health visitor could not keep both."""
        return self.starts_at < other.free_at and other.starts_at < self.free_at


def slots(
    shifts: Sequence[Shift],
    *,
    first: date,
    last: date,
    lengths: Lengths,
    absences: Sequence[Absence] = (),
    closed: Collection[date] = (),
) -> tuple[Slot, ...]:
    """All slots of one health visitor from `first` to `last` (included), by time.

    `closed` are public holidays and the town's closed days. Of hours that overlap, the earlier ones come first; the
    way from one district to the next counts as travel.
    """
    found: list[Slot] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in closed or any(absence.holds(day) for absence in absences):
            continue
        for shift in sorted((one for one in shifts if one.holds(day)), key=_hours):
            after = found[-1].free_at if found else None
            found.extend(_slots_of(shift, day, lengths, after))
    return tuple(found)


def keeps(slot: Slot, shifts: Sequence[Shift], absences: Sequence[Absence], closed: Collection[date]) -> bool:
    """Whether the health visitor still works at the time of a slot that was given to a family by other hours."""
    starts, ends = slot.starts_at.astimezone(COPENHAGEN), slot.ends_at.astimezone(COPENHAGEN)
    day = starts.date()
    if day in closed or any(absence.holds(day) for absence in absences):
        return False
    return any(one.holds(day) and one.opens <= starts.time() and ends.time() <= one.closes for one in shifts)


def start_of(day: date) -> datetime:
    """The moment (aware, UTC) at which a day begins in Denmark."""
    return _moment(day, time.min)


def _slots_of(shift: Shift, day: date, lengths: Lengths, after: datetime | None) -> Iterator[Slot]:
    visit, travel = timedelta(minutes=lengths.visit), timedelta(minutes=lengths.travel)
    # Read twice by the clock, or not at all: the later opening and the earlier closing are inside either way.
    start = max(_moment(day, shift.opens), _moment(day, shift.opens, fold=1))
    end = min(_moment(day, shift.closes), _moment(day, shift.closes, fold=1))
    start = max(start, after or start)
    while start + visit <= end:
        yield Slot(start, start + visit, start + visit + travel, shift.district)
        start += visit + travel


def _moment(day: date, hour: time, fold: int = 0) -> datetime:
    return datetime.combine(day, hour, tzinfo=COPENHAGEN).replace(fold=fold).astimezone(UTC)


def _hours(shift: Shift) -> tuple[time, time, str]:
    return shift.opens, shift.closes, shift.district
