"""What would do for each child, in order.

A child asks for its wishes in the parents' order. If its guarantee is at stake it then asks for any room that meets it
(first in its own district, where the town promises that), then for what it wished for and what suits, though late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from parentsite.places.rules.allocation.asked import Seeker
from parentsite.places.rules.allocation.hold import Ask, Rooms
from parentsite.places.rules.allocation.reach import Reach
from parentsite.places.rules.vocabulary import GuaranteeScope

Turn = tuple[date, date, str, str]


def turn(one: Seeker) -> Turn:
    """Whose guarantee is met first: the earliest guaranteed day, then the older child, then the draw."""
    return one.guaranteed_by or date.max, one.birth, one.tie, one.id


@dataclass(frozen=True, slots=True)
class Bundle:
    """Children of the other group, as many as have room in one place of this one, for whom such a place is kept."""

    turn: Turn
    rooms: Rooms


class Asking:
    """The asks of one age group.

    The lower weight has the better right: by law in time, by law though late, by the town's promise, in line.
    """

    def __init__(
        self, reach: Reach, places: Sequence[int], seekers: Sequence[Seeker], bundles: Sequence[Bundle]
    ) -> None:
        self._reach = reach
        self._with_places = frozenset(room for room, number in enumerate(places) if number > 0)
        self._seekers = seekers
        self._bundles = bundles
        turns = [turn(one) for one in seekers if reach.run.is_due(one)] + [bundle.turn for bundle in bundles]
        self._turns = {one: number for number, one in enumerate(sorted(turns))}
        keys = sorted({wish.key for one in seekers for wish in one.wishes})
        self._ranks = {key: 3 * len(turns) + number for number, key in enumerate(keys)}
        self._districts = reach.run.policy.guarantee_scope is GuaranteeScope.DISTRICT

    def of_seeker(self, asker: int) -> Sequence[Ask]:
        """All that would do for a child, the dearest first."""
        one = self._seekers[asker]
        fitting = self._reach.fitting(one)
        if not self._reach.run.is_due(one):
            return list(self._wishes(asker, fitting))
        in_time = self._reach.in_time(one, fitting)
        asks = [*self._wishes(asker, in_time), *self._guaranteed(asker, in_time)]
        if in_time != fitting:
            late = tuple(room for room in fitting if room not in in_time)
            asks += [*self._wishes(asker, late), *self._anywhere(asker, fitting, 1)]
        return asks

    def of_bundle(self, number: int) -> Sequence[Ask]:
        """One place in any of its rooms."""
        bundle = self._bundles[number]
        rooms = tuple(room for room in bundle.rooms if room in self._with_places)
        return [Ask(len(self._seekers) + number, self._turns[bundle.turn], rooms, True)] if rooms else []

    def seats_of(self, ask: Ask) -> Iterator[Ask]:
        """Where one who is guaranteed goes: where it wishes, by the lines; then at home, by turns; then anywhere."""
        if ask.asker < len(self._seekers):
            one, rooms = self._seekers[ask.asker], frozenset(ask.rooms)
            wished = list(self._wishes(ask.asker, rooms))
            yield from wished
            rest = rooms - {wish.rooms[0] for wish in wished}
            last = 3 * len(self._turns) + len(self._ranks) + self._turns[turn(one)]
            yield from (Ask(ask.asker, last, (room,), False) for room in sorted(rest, key=partial(self._far, one)))
        yield ask._replace(weight=ask.weight % len(self._turns))

    def wish_for(self, ask: Ask, room: int) -> int | None:
        """Which wish of the asker's the room is, if any."""
        facility = self._reach.rooms[room].facility
        wishes = self._seekers[ask.asker].wishes if ask.asker < len(self._seekers) else ()
        return next((number for number, wish in enumerate(wishes) if wish.facility == facility), None)

    def _wishes(self, asker: int, rooms: Rooms | frozenset[int]) -> Iterator[Ask]:
        for number, wish in enumerate(self._seekers[asker].wishes):
            for room in self._reach.of_facility(wish.facility):
                if room in rooms and room in self._with_places:
                    yield Ask(asker, self._ranks[wish.key], (room,), False, number)

    def _guaranteed(self, asker: int, rooms: Rooms) -> Iterator[Ask]:
        if self._districts:
            at_home = self._reach.at_home(self._seekers[asker], rooms)
            yield from self._anywhere(asker, at_home, 2)
        yield from self._anywhere(asker, rooms)

    def _anywhere(self, asker: int, rooms: Rooms, after: int = 0) -> Iterator[Ask]:
        """Any of the rooms, after all those of so many better rights."""
        open_rooms = tuple(room for room in rooms if room in self._with_places)
        if open_rooms:
            weight = after * len(self._turns) + self._turns[turn(self._seekers[asker])]
            yield Ask(asker, weight, open_rooms, True)

    def _far(self, one: Seeker, number: int) -> tuple[bool, date, str]:
        room = self._reach.rooms[number]
        return not one.is_at_home(room), room.starts, room.id
