"""The whole run: both age groups, what houses share, and what a family is told.

Where the groups of a house share units, 0-2 asks first: its child needs two units at once, and what is left over still
serves 3+. Children of 3+ whose guarantee would then fail have so many places of 0-2 kept for them, by the same rules,
until their guarantees hold or nothing is left that could be kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parentsite.places.rules.allocation.asked import Run, Seeker, taken_by_hand
from parentsite.places.rules.allocation.asking import Bundle, turn
from parentsite.places.rules.allocation.market import Market, settled
from parentsite.places.rules.allocation.reach import Reach
from parentsite.places.rules.allocation.reasons import Reasons
from parentsite.places.rules.allocation.told import Outcome, Promise
from parentsite.places.rules.vocabulary import AgeGroup

NURSERY, KINDERGARTEN = AgeGroup.NURSERY, AgeGroup.KINDERGARTEN


@dataclass(frozen=True, slots=True)
class Proposals:
    """A full set of proposals; nothing is offered by it.

    `left` is what is free afterwards, by room: children of each group, or units.
    """

    outcomes: tuple[Outcome, ...]
    left: Mapping[str, Mapping[AgeGroup, int] | int]

    @property
    def short(self) -> tuple[Outcome, ...]:
        """Those whose guarantee this run cannot keep in time."""
        broken = (Promise.SHORT, Promise.LATE, Promise.OUTGROWN, Promise.BY_HAND)
        return tuple(one for one in self.outcomes if one.promise.promise in broken)


def propose(run: Run) -> Proposals:
    """Propose the month's places; the same for the same run, in whatever order its parts are handed in."""
    nursery, kindergarten = _markets(run)
    reasons = {group: Reasons(run, market) for group, market in ((NURSERY, nursery), (KINDERGARTEN, kindergarten))}
    seekers = {one.id: one for one in run.seekers}
    told = [outcome for group in AgeGroup for outcome in reasons[group].outcomes()]
    told += [reasons[seekers[pin.seeker].group].by_hand(seekers[pin.seeker], pin) for pin in run.pins]
    return Proposals(tuple(sorted(told, key=lambda one: one.seeker)), _left(run, told))


def _markets(run: Run) -> tuple[Market, Market]:
    younger, older = Reach(run, NURSERY), Reach(run, KINDERGARTEN)
    pinned = {pin.seeker for pin in run.pins}
    older_due = (one for one in run.seekers if one.group is KINDERGARTEN and run.is_due(one) and one.id not in pinned)
    due = sorted(older_due, key=turn)
    together = run.sizes[NURSERY] // run.sizes[KINDERGARTEN]
    bundles: list[Bundle] = []
    urgent: dict[str, Seeker] = {}
    while True:
        nursery = settled(younger, _places(younger, None), bundles)
        kindergarten = settled(older, _places(older, nursery))
        failed = [one for one in due if one.id not in kindergarten.given]
        most = -(-len(due) // together)
        if not failed or len(bundles) >= most or not any(isinstance(room.free, int) for room in run.rooms):
            return nursery, kindergarten
        urgent.update((one.id, one) for one in failed)
        wanted = min(len(bundles) + -(-len(failed) // together), most)
        queue = [*urgent.values(), *(one for one in due if one.id not in urgent)]
        bundles = list(_bundles(older, queue, together))[:wanted]


def _bundles(reach: Reach, due: Sequence[Seeker], together: int) -> Iterator[Bundle]:
    """Children in the order in which they are kept for, as many together as have room in one place of 0-2."""
    for start in range(0, len(due), together):
        some = due[start : start + together]
        fitting = reach.fitting(some[0])
        shared = tuple(room for room in fitting if isinstance(reach.rooms[room].free, int))
        yield Bundle(min(map(turn, some)), reach.in_time(some[0], shared) or shared)


def _places(reach: Reach, before: Market | None) -> list[int]:
    """How many children of the group each room has place for, when those decided by hand and the group `before` are
    in it.
    """
    taken, sizes, group = taken_by_hand(reach.run), reach.run.sizes, reach.group
    units_before = [0] * len(reach.rooms)
    for given in before.given.values() if before else ():
        units_before[given.room] += sizes[NURSERY]
    places = []
    for number, room in enumerate(reach.rooms):
        if isinstance(room.free, int):
            by_hand = sum(sizes[one] * taken[room.id, one] for one in AgeGroup)
            places.append(max(room.free - by_hand - units_before[number], 0) // sizes[group])
        else:
            places.append(max(room.free.get(group, 0) - taken[room.id, group], 0))
    return places


def _left(run: Run, told: Sequence[Outcome]) -> dict[str, Mapping[AgeGroup, int] | int]:
    gone = {room.id: dict.fromkeys(AgeGroup, 0) for room in run.rooms}
    for one in told:
        if one.proposal:
            gone[one.proposal.room][one.proposal.group] += 1
    left: dict[str, Mapping[AgeGroup, int] | int] = {}
    for room in run.rooms:
        mine = gone[room.id]
        if isinstance(room.free, int):
            left[room.id] = max(room.free - sum(run.sizes[group] * mine[group] for group in AgeGroup), 0)
        else:
            left[room.id] = {group: max(room.free.get(group, 0) - mine[group], 0) for group in AgeGroup}
    return left
