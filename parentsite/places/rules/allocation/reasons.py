"""Why each child gets what it gets: the outcomes of one age group's market."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parentsite.places.rules.allocation.asked import Pin, Run, Seeker, Wished, taken_by_hand
from parentsite.places.rules.allocation.hold import Rooms
from parentsite.places.rules.allocation.market import Given, Market
from parentsite.places.rules.allocation.told import Kind, Outcome, Promise, PromiseTold, Proposal, Why, WishTold
from parentsite.places.rules.answers import fulfils_guarantee
from parentsite.places.rules.fitting import Unfit
from parentsite.places.rules.line import reason_between


class _There(NamedTuple):
    """What became of the places of some rooms; `last` is the place in line of the last who is there by the order."""

    places: int
    by_order: int
    for_guarantee: int
    by_hand: int
    last: str | None


class Reasons:
    """The outcomes of a market, one by one."""

    def __init__(self, run: Run, market: Market) -> None:
        self._run = run
        self._market = market
        self._reach = market.reach
        by_hand, group = taken_by_hand(run), market.reach.group
        self._by_hand = [by_hand[room.id, group] for room in self._reach.rooms]
        self._for_guarantee = [market.kept_in[room] for room in range(len(self._reach.rooms))]
        self._in_line: list[list[str]] = [[] for _ in self._reach.rooms]
        """By room, the places in line of those who are there by the published order."""
        self._asked: dict[str, list[str]] = {}
        """By house, the places in line of all who ask."""
        self._there: dict[Rooms, _There] = {}
        for one in market.seekers:
            self._count(one)
        for keys in self._asked.values():
            keys.sort()

    def outcomes(self) -> Iterator[Outcome]:
        """What each family is told, whoever is not decided by hand."""
        for one in self._market.seekers:
            given = self._market.given.get(one.id)
            fitting = self._reach.fitting(one)
            wishes = tuple(self._wish(one, number, given, fitting) for number in range(len(one.wishes)))
            yield Outcome(one.id, self._proposal(one, given), self._promise(one, given, fitting), wishes)

    def by_hand(self, one: Seeker, pin: Pin) -> Outcome:
        """What the family is told about whom a clerk decided."""
        room = next((number for number, room in enumerate(self._reach.rooms) if room.id == pin.room), None)
        if room is None:
            promise = Promise.BY_HAND if self._run.is_due(one) else self._unmet(one)
            wishes = tuple(WishTold(wish.facility, Why.BY_HAND) for wish in one.wishes)
            return Outcome(one.id, None, PromiseTold(promise, one.guaranteed_by), wishes, by_hand=True)
        facility = self._reach.rooms[room].facility
        wish = next((number for number, wish in enumerate(one.wishes) if wish.facility == facility), None)
        given = Given(room, False, wish)
        wishes = tuple(
            WishTold(wish.facility, Why.PROPOSED if wish.facility == facility else Why.BY_HAND) for wish in one.wishes
        )
        proposal = self._proposal(one, given, Kind.BY_HAND)
        promised = self._promise(one, given, self._reach.fitting(one))
        return Outcome(one.id, proposal, promised, wishes, by_hand=True)

    def _count(self, one: Seeker) -> None:
        given = self._market.given.get(one.id)
        fitting = frozenset(self._reach.fitting(one))
        for number, wish in enumerate(one.wishes):
            if not fitting.isdisjoint(self._reach.of_facility(wish.facility)):
                self._asked.setdefault(wish.facility, []).append(wish.key)
            if given and not given.guaranteed and given.wish == number:
                self._in_line[given.room].append(wish.key)
        if given and given.guaranteed:
            self._for_guarantee[given.room] += 1

    def _proposal(self, one: Seeker, given: Given | None, kind: Kind | None = None) -> Proposal | None:
        if given is None:
            return None
        room = self._reach.rooms[given.room]
        kind = kind or (Kind.GUARANTEE if given.guaranteed else Kind.WISH)
        wish = None if given.wish is None else given.wish + 1
        return Proposal(room.id, room.facility, one.group, room.starts, kind, wish)

    def _promise(self, one: Seeker, given: Given | None, fitting: Rooms) -> PromiseTold:
        last = one.guaranteed_by
        if last is None or given is None:
            promise = self._unmet(one)
            if promise is not Promise.SHORT:
                return PromiseTold(promise, last)
            places = sum(self._market.places[room] + self._by_hand[room] for room in fitting)
            return PromiseTold(promise, last, places, sum(self._by_hand[room] for room in fitting))
        room = self._reach.rooms[given.room]
        met = fulfils_guarantee(
            starts=room.starts,
            wanted=one.wanted,
            guaranteed_by=last,
            own_district=one.is_at_home(room),
            policy=self._run.policy,
        )
        otherwise = Promise.LATE if room.starts > last else Promise.OTHER_DISTRICT
        return PromiseTold(Promise.MET if met else otherwise, last)

    def _unmet(self, one: Seeker) -> Promise:
        if one.guaranteed_by is None:
            return Promise.NONE
        if not self._run.is_due(one):
            return Promise.LATER
        unfit = {self._reach.unfit(one, room.starts) for room in self._reach.rooms}
        return Promise.OUTGROWN if unfit == {Unfit.OTHER_AGE} else Promise.SHORT

    def _wish(self, one: Seeker, number: int, given: Given | None, fitting: Rooms) -> WishTold:
        wish = one.wishes[number]
        rooms = self._reach.of_facility(wish.facility)
        asked = tuple([room for room in rooms if room in fitting])
        if not asked:
            return WishTold(wish.facility, self._out_of_reach(one, rooms))
        if given is None:
            return self._told(wish, None, asked)
        if self._run.is_due(one) and self._reach.in_time(one, (given.room,)):
            in_time = self._reach.in_time(one, asked)
            if not in_time:
                return self._told(wish, Why.TOO_LATE, asked)
            asked = in_time
        if given.wish == number:
            return self._told(wish, Why.PROPOSED, asked)
        is_better = not given.guaranteed and given.wish is not None and given.wish < number
        return self._told(wish, Why.BETTER if is_better else None, asked)

    def _told(self, wish: Wished, why: Why | None, asked: Rooms) -> WishTold:
        """The wish with its numbers; without `why`, it was asked for and turned down."""
        there = self._there.get(asked) or self._count_there(asked)
        decided = None
        if why is None:
            why = _turned_down(there)
            if why is Why.AHEAD:
                decided = reason_between(there.last, wish.key, self._run.policy)
        line = self._asked[wish.facility]
        number = bisect_left(line, wish.key) + 1
        return WishTold(wish.facility, why, *there[:4], number, len(line), decided)

    def _count_there(self, asked: Rooms) -> _There:
        by_hand = sum(self._by_hand[room] for room in asked)
        in_line = [key for room in asked for key in self._in_line[room]]
        there = self._there[asked] = _There(
            sum(self._market.places[room] for room in asked) + by_hand,
            len(in_line),
            sum(self._for_guarantee[room] for room in asked),
            by_hand,
            max(in_line, default=None),
        )
        return there

    def _out_of_reach(self, one: Seeker, rooms: Sequence[int]) -> Why:
        if not rooms:
            return Why.NONE_FREE
        obstacles = Counter(self._reach.unfit(one, self._reach.rooms[room].starts) for room in rooms)
        if None in obstacles:
            return Why.LET_GO
        return Why.OTHER_AGE if Unfit.OTHER_AGE in obstacles else Why.NOT_YET_WANTED


def _turned_down(there: _There) -> Why:
    if not there.places:
        return Why.NONE_FREE
    if there.for_guarantee:
        return Why.FOR_GUARANTEE
    return Why.FOR_HAND if there.by_hand else Why.AHEAD
