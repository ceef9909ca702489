"""Who is kept while others ask: the town's rooms as one, in which a guaranteed child may be moved from room to room.

Knows numbers only: rooms are counted from nought, and the lower `weight` has the better right. A house would keep the
best who ask; the town keeps the best set that fits (greedily, on a transversal matroid), found by moving guaranteed
children along alternating paths.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush, heapreplace
from typing import NamedTuple

Rooms = tuple[int, ...]


class Ask(NamedTuple):
    """One thing that would do for an asker: the one room, or (`anywhere`) whichever of the rooms can be spared."""

    asker: int
    weight: int
    rooms: Rooms
    anywhere: bool
    """Only what is guaranteed; its weight is lower than that of all who ask for one room."""
    wish: int | None = None
    """Which wish it is, counted from nought."""


Ways = dict[int, tuple[int, Rooms] | None]
"""Each room with the room a guaranteed child would come from, and the rooms it could be in; none where a way begins."""


class Hold:
    """The rooms and whom they keep."""

    def __init__(self, places: Sequence[int]) -> None:
        self._free = list(places)
        self._in_line: list[list[tuple[int, Ask]]] = [[] for _ in places]
        """By room, the worst at the front of the heap."""
        self._movable: list[dict[Rooms, dict[int, Ask]]] = [{} for _ in places]
        """By room, those who could be moved, by the rooms they could be in and the asker."""

    def keep(self, ask: Ask) -> Ask | None:
        """Keep the asker if the order allows; returns who has to go instead, or the ask itself, or none."""
        if ask.anywhere or self._movable[ask.rooms[0]]:
            return self._keep_by_moving(ask)
        (room,) = ask.rooms
        line = self._in_line[room]
        if self._free[room]:
            self._free[room] -= 1
            heappush(line, (-ask.weight, ask))
            return None
        if not line or -line[0][0] < ask.weight:
            return ask
        return heapreplace(line, (-ask.weight, ask))[1]

    def kept(self) -> Iterator[tuple[int, Ask]]:
        """Each room with each it keeps."""
        for room, line in enumerate(self._in_line):
            yield from ((room, ask) for _, ask in line)
        yield from self._guaranteed(range(len(self._in_line)))

    def _keep_by_moving(self, ask: Ask) -> Ask | None:
        came: Ways = dict.fromkeys(ask.rooms)
        reached, walked = list(ask.rooms), {ask.rooms}
        for room in reached:  # grows while it is walked
            if self._free[room]:
                self._free[room] -= 1
                self._move_up(room, came, ask)
                return None
            for rooms in self._movable[room]:
                if rooms in walked:
                    continue
                walked.add(rooms)
                fresh = [other for other in rooms if other not in came]
                came.update((other, (room, rooms)) for other in fresh)
                reached += fresh
        return self._replace_the_worst(reached, came, ask)

    def _replace_the_worst(self, reached: Sequence[int], came: Ways, ask: Ask) -> Ask:
        in_line = [(self._in_line[room][0][0], room) for room in reached if self._in_line[room]]
        if in_line:
            weight, room = min(in_line)
            if ask.weight > -weight:
                return ask
            gone = heappop(self._in_line[room])[1]
        else:
            room, gone = max(self._guaranteed(reached), key=lambda found: found[1].weight, default=(-1, ask))
            if gone.weight <= ask.weight:
                return ask
            self._take_out(room, gone.rooms, gone.asker)
        self._move_up(room, came, ask)
        return gone

    def _guaranteed(self, reached: Sequence[int]) -> Iterator[tuple[int, Ask]]:
        for room in reached:
            yield from ((room, ask) for those in self._movable[room].values() for ask in those.values())

    def _move_up(self, room: int, came: Ways, ask: Ask) -> None:
        """Fill the place in `room` along the way that led there, and the first of the way with the ask."""
        while (step := came[room]) is not None:
            origin, rooms = step
            asker = next(iter(self._movable[origin][rooms]))
            self._movable[room].setdefault(rooms, {})[asker] = self._take_out(origin, rooms, asker)
            room = origin
        if ask.anywhere:
            self._movable[room].setdefault(ask.rooms, {})[ask.asker] = ask
        else:
            heappush(self._in_line[room], (-ask.weight, ask))

    def _take_out(self, room: int, rooms: Rooms, asker: int) -> Ask:
        those = self._movable[room][rooms]
        ask = those.pop(asker)
        if not those:
            del self._movable[room][rooms]
        return ask


def settle(places: Sequence[int], asks: Sequence[Sequence[Ask]]) -> dict[int, tuple[int, Ask]]:
    """Let all ask, each in its own order, until none who is turned down has more to ask for.

    Returns the room and the ask of each who is kept; asker n is the one of `asks[n]`. Whoever asks for one room asks
    before those who ask for any: the result is the same in every order, and so it is found sooner.
    """
    hold = Hold(places)
    asked = [0] * len(asks)
    waiting: tuple[list[int], list[int]] = ([], [])
    for asker in reversed(range(len(asks))):
        if asks[asker]:
            waiting[asks[asker][0].anywhere].append(asker)
    while waiting[0] or waiting[1]:
        asker = waiting[0].pop() if waiting[0] else waiting[1].pop()
        gone = hold.keep(asks[asker][asked[asker]])
        if gone is None:
            continue
        asked[gone.asker] += 1
        rest = asks[gone.asker]
        if asked[gone.asker] < len(rest):
            waiting[rest[asked[gone.asker]].anywhere].append(gone.asker)
    return {ask.asker: (room, ask) for room, ask in hold.kept()}
