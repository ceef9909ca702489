"""The allocation run for 5,000 children and 50 houses, reasons included; alone: `python -m tests.bench.allocation`.

Processor time, the best of some rounds: the run does nothing but compute, in one process.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import process_time

from parentsite.places.rules.allocation.asked import Room, Run, Seeker, Wished
from parentsite.places.rules.allocation.run import propose
from parentsite.places.rules.allocation.told import Kind
from parentsite.places.rules.line import line_key
from parentsite.places.rules.order import Candidate
from parentsite.places.rules.vocabulary import AgeGroup
from tests.places.allocation.towns import APRIL, KINDERGARTEN, MARCH, NURSERY, POLICY

CHILDREN, HOUSES, DISTRICTS, WISHES = 5_000, 50, 5, 5
ROUNDS = 5
GOAL = 1.0
"""Seconds."""


@dataclass(frozen=True)
class Allocated:
    """One town: how many children in a hundred find a free place, whether houses share units, and what came of it."""

    places: int
    in_units: bool
    seconds: float
    wished: int
    guaranteed: int
    short: int


def measured() -> Iterator[Allocated]:
    """The run with few places and with many, in children and in units."""
    for places in (15, 30, 90):
        for in_units in (False, True):
            town = big_town(places, in_units)
            spent = []
            for _ in range(ROUNDS):
                began = process_time()
                found = propose(town)
                spent.append(process_time() - began)
            kinds = Counter(one.proposal.kind for one in found.outcomes if one.proposal)
            short = len([one for one in found.short if one.proposal is None])
            yield Allocated(places, in_units, min(spent), kinds[Kind.WISH], kinds[Kind.GUARANTEE], short)


def big_town(places: int, in_units: bool, seed: int = 1) -> Run:
    """Houses unequally wished for, most wishes in the own district; every seventh child guaranteed this month."""
    chance = random.Random(seed)
    each = CHILDREN * places // 100 // HOUSES
    return Run(
        month=MARCH,
        until=APRIL,
        rooms=tuple(_room(chance, number, each, in_units) for number in range(HOUSES)),
        seekers=tuple(_seeker(chance, number) for number in range(CHILDREN)),
        policy=POLICY,
    )


def _room(chance: random.Random, number: int, each: int, in_units: bool) -> Room:
    younger, older = chance.randint(0, each), chance.randint(0, each)
    free = 2 * younger + older if in_units else {NURSERY: younger, KINDERGARTEN: older}
    name = f"house-{number}"
    return Room(id=name, facility=name, district=str(number % DISTRICTS), starts=MARCH, free=free)


def _seeker(chance: random.Random, number: int) -> Seeker:
    group = chance.choice(list(AgeGroup))
    birth = MARCH - timedelta(days=chance.randint(200, 1000) + (900 if group is KINDERGARTEN else 0))
    district, tie = chance.randrange(DISTRICTS), f"{chance.getrandbits(32):08x}"

    def dear(house: int) -> float:
        return chance.random() * (1 + house / 20) * (1 if house % DISTRICTS == district else 3)

    houses = sorted(range(HOUSES), key=dear)[:WISHES]
    sibling = chance.choice(houses) if chance.random() < 0.2 else None
    keys = (
        Candidate(
            id=f"{number}-{house}",
            special_need=False,
            sibling_here=house == sibling,
            own_district=house % DISTRICTS == district,
            seniority=birth,
            birth_date=birth,
            tie=tie,
        )
        for house in houses
    )
    return Seeker(
        id=f"application-{number}",
        group=group,
        birth=birth,
        wanted=MARCH - timedelta(days=chance.randint(0, 60)),
        district=str(district),
        guaranteed_by=MARCH + timedelta(days=chance.randint(0, 30) if chance.random() < 1 / 7 else 200),
        wishes=tuple(
            Wished(facility=f"house-{house}", key=line_key(key, POLICY))
            for house, key in zip(houses, keys, strict=True)
        ),
        tie=tie,
    )


if __name__ == "__main__":
    for one in measured():
        sys.stdout.write(f"{one}\n")
