"""Which rooms of a run a child can take, for one age group. Rooms go by their number, in the order of their ids."""

from collections.abc import Iterable, Sequence
from datetime import date

from parentsite.places.rules.allocation.asked import Run, Seeker
from parentsite.places.rules.allocation.hold import Rooms
from parentsite.places.rules.fitting import Unfit, unfit
from parentsite.places.rules.vocabulary import AgeGroup


class Reach:
    """The rooms of a run as the children of one age group see them; what is the same for many is kept once."""

    def __init__(self, run: Run, group: AgeGroup) -> None:
        self.run = run
        self.group = group
        self.rooms = sorted(run.rooms, key=lambda room: room.id)
        self._days = sorted({room.starts for room in run.rooms})
        self._facilities: dict[str, list[int]] = {}
        self._fit_on: dict[str, tuple[date, ...]] = {}
        self._fitting: dict[tuple[tuple[date, ...], frozenset[str]], Rooms] = {}
        for number in sorted(range(len(self.rooms)), key=lambda number: self.rooms[number].starts):
            self._facilities.setdefault(self.rooms[number].facility, []).append(number)

    def of_facility(self, facility: str) -> Sequence[int]:
        """The rooms of a house, the earliest first."""
        return self._facilities.get(facility, ())

    def unfit(self, one: Seeker, starts: date) -> Unfit | None:
        """What keeps the child from a place that begins on a day."""
        return unfit(birth=one.birth, wanted=one.wanted, group=self.group, starts=starts, policy=self.run.policy)

    def fitting(self, one: Seeker) -> Rooms:
        """The rooms that the child can take."""
        days = self._fit_on.get(one.id)
        if days is None:
            days = self._fit_on[one.id] = tuple(day for day in self._days if self.unfit(one, day) is None)
        found = self._fitting.get((days, one.refused))
        if found is None:
            rooms = enumerate(self.rooms)
            found = tuple(number for number, room in rooms if room.starts in days and room.id not in one.refused)
            self._fitting[days, one.refused] = found
        return found

    def in_time(self, one: Seeker, rooms: Iterable[int]) -> Rooms:
        """Those that begin by the child's guaranteed day; all, when that is past: nothing is sooner than now."""
        last = one.guaranteed_by
        if last is None or last < self.run.month:
            return tuple(rooms)
        return tuple(room for room in rooms if self.rooms[room].starts <= last)

    def at_home(self, one: Seeker, rooms: Iterable[int]) -> Rooms:
        """Those in the child's own district."""
        return tuple(room for room in rooms if one.is_at_home(self.rooms[room]))
