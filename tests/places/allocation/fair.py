"""What a fair set of proposals is, slowly and obviously: try every set, keep the fair ones.

Shares nothing with the run: a set is a dictionary from each child to one of the things that would do for it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from parentsite.places.rules.allocation.asked import Room, Run, Seeker
from parentsite.places.rules.calendar import age_group
from parentsite.places.rules.vocabulary import GuaranteeScope


class Thing(NamedTuple):
    """What would do for a child: any of the rooms. `right`: the lower has the better right."""

    rooms: frozenset[str]
    right: tuple[object, ...]
    guaranteed: bool


NOTHING = Thing(frozenset(), (9,), False)
FairSet = Mapping[str, Thing]


def things(run: Run, one: Seeker) -> list[Thing]:
    """All that would do for the child, the dearest first, and nothing as the last."""
    can = [room for room in run.rooms if _can_take(run, one, room)]
    due = one.guaranteed_by is not None and one.guaranteed_by < run.until
    if not due:
        return [*_wished(one, can), NOTHING]
    is_past = one.guaranteed_by < run.month  # type: ignore[operator]
    in_time = [room for room in can if is_past or room.starts <= one.guaranteed_by]  # type: ignore[operator]
    late = [room for room in can if room not in in_time]
    turn = (one.guaranteed_by, one.birth, one.tie, one.id)
    found = _wished(one, in_time)
    if run.policy.guarantee_scope is GuaranteeScope.DISTRICT:
        home = [room for room in in_time if room.district in (None, one.district)]
        found.append(Thing(frozenset(room.id for room in home), (2, *turn), True))
    found.append(Thing(frozenset(room.id for room in in_time), (0, *turn), True))
    found += _wished(one, late)
    found.append(Thing(frozenset(room.id for room in can), (1, *turn), True))
    return [thing for thing in found if thing.rooms] + [NOTHING]


def fair_sets(run: Run) -> list[FairSet]:
    """All sets in which nobody has a better right to something it likes more."""
    would_do = {one.id: things(run, one) for one in run.seekers}
    return [found for found in _sets(run, would_do) if _is_fair(run, would_do, found)]


def best_for_all(run: Run, found: list[FairSet]) -> FairSet:
    """The fair set in which every child gets the dearest it gets in any; fails when there is none such."""
    would_do = {one.id: things(run, one) for one in run.seekers}

    def worst(one: FairSet) -> tuple[int, ...]:
        return tuple(would_do[child].index(thing) for child, thing in sorted(one.items()))

    best = min(found, key=worst)
    assert all(mine <= other for one in found for mine, other in zip(worst(best), worst(one), strict=True))
    return best


def fits(run: Run, taken: list[Thing]) -> bool:
    """Whether there is a place for each."""
    places = {room.id: _places(room, run.seekers[0]) for room in run.rooms}
    rest = [sorted(thing.rooms) for thing in taken if thing.rooms]
    return any(all(number <= places[room] for room, number in Counter(seats).items()) for seats in product(*rest))


def _sets(run: Run, would_do: Mapping[str, list[Thing]]) -> Iterator[FairSet]:
    for chosen in product(*would_do.values()):
        if fits(run, list(chosen)):
            yield dict(zip(would_do, chosen, strict=True))


def _is_fair(run: Run, would_do: Mapping[str, list[Thing]], found: FairSet) -> bool:
    for one, mine in found.items():
        for dearer in would_do[one][: would_do[one].index(mine)]:
            if _could_have(run, found, dearer):
                return False
    return True


def _could_have(run: Run, found: FairSet, dearer: Thing) -> bool:
    """Whether there is a place for it beside all, or in the stead of one with less right."""
    held = list(found.values())
    if fits(run, [*held, dearer]):
        return True
    return any(
        thing.rooms and thing.right > dearer.right and fits(run, [*held[:number], *held[number + 1 :], dearer])
        for number, thing in enumerate(held)
    )


def _wished(one: Seeker, rooms: list[Room]) -> list[Thing]:
    return [
        Thing(frozenset({room.id}), (3, wish.key), False)
        for wish in one.wishes
        for room in rooms
        if room.facility == wish.facility
    ]


def _can_take(run: Run, one: Seeker, room: Room) -> bool:
    of_age = age_group(one.birth, room.starts, run.policy.older_from_months) is one.group
    return of_age and one.wanted <= room.starts and room.id not in one.refused


def _places(room: Room, one: Seeker) -> int:
    assert not isinstance(room.free, int)
    return room.free.get(one.group, 0)
