"""What a run is made of: free places, who seeks one, and what a clerk has decided by hand.

Refuses with `BadRun` what contradicts itself: a place in another month, a decision by hand that the place cannot hold.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from parentsite.places.rules.fitting import unfit
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import AgeGroup

UNITS: Mapping[AgeGroup, int] = {AgeGroup.NURSERY: 2, AgeGroup.KINDERGARTEN: 1}
"""How many units of a house a child takes: a child of 0-2 counts as two, where the town counts so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What is free in one house from one day; a house with places from two days in the month is two rooms.

    `free` is the number of children for each age group, or, where the groups of a house share what is free, of units.
    Below nothing (a house that is overfull) is nothing.
    """

    id: str
    facility: str
    district: str | None
    """None for what serves the whole town: there every child is at home."""
    starts: date
    free: Mapping[AgeGroup, int] | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A waiting wish; `key` is its place in the house's line, as `line_key` writes it."""

    facility: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """An application that waits and has no open offer; `wishes` in the parents' order."""

    id: str
    group: AgeGroup
    birth: date
    wanted: date
    district: str | None
    guaranteed_by: date | None
    """None when no guarantee runs: met by the place the child has, or lapsed."""
    wishes: tuple[Wished, ...]
    tie: str
    """Drawn once for ever, as in the lines."""
    refused: frozenset[str] = frozenset()
    """Rooms whose place the parents have let go: it does not come back to them."""

    def is_at_home(self, room: Room) -> bool:
        """Whether the room is in the child's own district."""
        return room.district is None or room.district == self.district


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A clerk's decision by hand: this child gets this room, or (none) nothing this month.

    `reason` names the written reason where it is sealed; it is never the words.
    """

    seeker: str
    room: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run for the places that begin from `month` on and before `until`, the first day of the next run.

    A guarantee is at stake when its day comes before `until`: the next run would be too late for it.
    """

    month: date
    until: date
    rooms: tuple[Room, ...]
    seekers: tuple[Seeker, ...]
    policy: PlacementPolicy
    pins: tuple[Pin, ...] = ()
    units: Mapping[AgeGroup, int] | None = None
    """How many units a child takes; none for the usual (`UNITS`)."""

    def __post_init__(self) -> None:
        for problem, about in _problems(self):
            raise BadRun(problem, about)

    @property
    def sizes(self) -> Mapping[AgeGroup, int]:
        """How many units a child takes."""
        return self.units or UNITS

    def is_due(self, seeker: Seeker) -> bool:
        """Whether this run is the last in time for the child's guarantee, or it is late already."""
        return seeker.guaranteed_by is not None and seeker.guaranteed_by < self.until


class Problem(StrEnum):
    """What contradicts itself in a run."""

    TWICE = auto()
    """Two rooms, two applications, two decisions about one application, or two wishes of one for one house."""
    OTHER_MONTH = auto()
    ODD_UNITS = auto()
    """A child takes at least one unit, and one of 0-2 a whole number of times what one of 3+ takes."""
    UNKNOWN = auto()
    """A decision about an application or a room that is not in the run."""
    NO_REASON = auto()
    UNFIT = auto()
    """Decided by hand for a child who is of another age that day, or is not wanted there yet."""
    OVERFULL = auto()
    """More decided by hand than there is room for."""


class BadRun(ValueError):
    """A run that contradicts itself; `about` is the id of what does."""

    def __init__(self, problem: Problem, about: str) -> None:
        super().__init__(f"{about}: {problem}")
        self.problem = problem
        self.about = about


def taken_by_hand(run: Run) -> Counter[tuple[str, AgeGroup]]:
    """How many places of each room and group are decided by hand."""
    groups = {seeker.id: seeker.group for seeker in run.seekers}
    return Counter((pin.room, groups[pin.seeker]) for pin in run.pins if pin.room is not None)


def _problems(run: Run) -> Iterator[tuple[Problem, str]]:
    named = (*(room.id for room in run.rooms), *(seeker.id for seeker in run.seekers))
    yield from ((Problem.TWICE, name) for name, count in Counter(named).items() if count > 1)
    yield from ((Problem.OTHER_MONTH, room.id) for room in run.rooms if not run.month <= room.starts < run.until)
    yield from (
        (Problem.TWICE, one.id) for one in run.seekers if len({w.facility for w in one.wishes}) < len(one.wishes)
    )
    nursery, kindergarten = run.sizes[AgeGroup.NURSERY], run.sizes[AgeGroup.KINDERGARTEN]
    if min(nursery, kindergarten) < 1 or nursery % kindergarten:
        yield Problem.ODD_UNITS, str(nursery)
    if run.pins:
        yield from _problems_by_hand(run)


def _problems_by_hand(run: Run) -> Iterator[tuple[Problem, str]]:
    rooms, seekers = {room.id: room for room in run.rooms}, {seeker.id: seeker for seeker in run.seekers}
    pinned = Counter(pin.seeker for pin in run.pins)
    yield from ((Problem.TWICE, seeker) for seeker, count in pinned.items() if count > 1)
    for pin in run.pins:
        if pin.seeker not in seekers or (pin.room is not None and pin.room not in rooms):
            yield Problem.UNKNOWN, pin.seeker
            return
        if not pin.reason:
            yield Problem.NO_REASON, pin.seeker
        if pin.room is not None and not _fits(seekers[pin.seeker], rooms[pin.room], run.policy):
            yield Problem.UNFIT, pin.seeker
    taken = taken_by_hand(run)
    yield from ((Problem.OVERFULL, room.id) for room in run.rooms if not _holds(room, taken, run.sizes))


def _fits(one: Seeker, room: Room, policy: PlacementPolicy) -> bool:
    found = unfit(birth=one.birth, wanted=one.wanted, group=one.group, starts=room.starts, policy=policy)
    return found is None


def _holds(room: Room, taken: Counter[tuple[str, AgeGroup]], sizes: Mapping[AgeGroup, int]) -> bool:
    mine = {group: taken[room.id, group] for group in AgeGroup}
    if isinstance(room.free, int):
        return not any(mine.values()) or sum(sizes[group] * number for group, number in mine.items()) <= room.free
    return all(not number or number <= room.free.get(group, 0) for group, number in mine.items())
