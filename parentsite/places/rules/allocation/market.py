"""One age group's side of a run: who is kept where."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentsite.places.rules.allocation.asked import Seeker
from parentsite.places.rules.allocation.asking import Asking, Bundle
from parentsite.places.rules.allocation.hold import Ask, settle
from parentsite.places.rules.allocation.reach import Reach


@dataclass(frozen=True, slots=True)
class Given:
    """What a child is kept for; `wish` counted from nought, none where nobody wished for it."""

    room: int
    guaranteed: bool
    wish: int | None


@dataclass(frozen=True, slots=True)
class Market:
    """Who is kept where; `places` as they were before, `given` by application."""

    reach: Reach
    places: Sequence[int]
    seekers: Sequence[Seeker]
    given: dict[str, Given]
    kept_in: Counter[int]
    """By room, how many places are kept for bundles."""


def settled(reach: Reach, places: Sequence[int], bundles: Sequence[Bundle] = ()) -> Market:
    """Let all of the group ask for so many `places` a room."""
    pinned = {pin.seeker for pin in reach.run.pins}
    mine = (one for one in reach.run.seekers if one.group is reach.group and one.id not in pinned)
    seekers = sorted(mine, key=lambda one: one.id)
    asking = Asking(reach, places, seekers, bundles)
    asks = [*map(asking.of_seeker, range(len(seekers))), *map(asking.of_bundle, range(len(bundles)))]
    given, left, guaranteed = {}, list(places), []
    for asker, (room, ask) in settle(places, asks).items():
        if ask.anywhere:
            guaranteed.append(ask)
        else:
            left[room] -= 1
            given[seekers[asker].id] = Given(room, False, ask.wish)
    kept_in: Counter[int] = Counter()
    for ask, room, wish in _seated(asking, guaranteed, left):
        if ask.asker < len(seekers):
            given[seekers[ask.asker].id] = Given(room, True, wish)
        else:
            kept_in[room] += 1
    return Market(reach, places, seekers, given, kept_in)


def _seated(asking: Asking, guaranteed: Sequence[Ask], left: Sequence[int]) -> Iterator[tuple[Ask, int, int | None]]:
    """Where the guaranteed go, in what is left for them: by their lines where they wish, else as near as can be."""
    ordered = sorted(guaranteed, key=lambda ask: ask.weight)
    asks = [[one._replace(asker=number) for one in asking.seats_of(ask)] for number, ask in enumerate(ordered)]
    seated = settle(left, asks)
    assert len(seated) == len(ordered), "who was kept together has room together"
    for number, (room, found) in seated.items():
        yield ordered[number], room, found.wish if not found.anywhere else asking.wish_for(ordered[number], room)
