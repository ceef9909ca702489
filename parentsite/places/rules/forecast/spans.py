"""From when to when each child counts, in which group, and as what; so do places."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from parentsite.places.rules.calendar import reaches, school_start
from parentsite.places.rules.forecast.known import Assumptions, District, InCare, Known, Resident
from parentsite.places.rules.vocabulary import AgeGroup

ONE: Mapping[AgeGroup, int] = dict.fromkeys(AgeGroup, 1)


class Kind(StrEnum):
    """What is counted."""

    IN_CARE = auto()
    WAITING = auto()
    EXPECTED = auto()
    """In hundredths of a child."""
    PLACES = auto()


class Span(NamedTuple):
    """Some `number` of a kind from a day on and before another."""

    kind: Kind
    district: District
    group: AgeGroup
    number: int
    since: date
    until: date


def spans_of(known: Known, assumed: Assumptions, first: date) -> Iterator[Span]:
    """All that counts; `first` is the day from which the forecast looks."""
    for child in known.in_care:
        last = leaves(child, assumed)
        yield from _by_age(Kind.IN_CARE, child.district, child.birth, child.starts, last, ONE, assumed)
    for one in known.waiting:
        last = school(one.birth, assumed)
        yield from _by_age(Kind.WAITING, one.district, one.birth, one.wanted, last, ONE, assumed)
    for resident in known.residents:
        yield from _expected(resident, 1, first, assumed)
    for born in known.births:
        yield from _expected(Resident(birth=born.month, district=born.district), born.number, first, assumed)
    for room in known.capacity:
        yield Span(Kind.PLACES, room.district, room.group, room.places, room.starts, room.ends or date.max)


def _expected(one: Resident, number: int, today: date, assumed: Assumptions) -> Iterator[Span]:
    """Who is old enough today and has not applied counts only from the age of 3+ on."""
    begins = reaches(one.birth, assumed.starts_at_months)
    if begins < today:
        begins = reaches(one.birth, assumed.older_from_months)
    if begins >= today:
        hundredths = {group: number * assumed.uptake[group] for group in AgeGroup}
        last = school(one.birth, assumed)
        yield from _by_age(Kind.EXPECTED, one.district, one.birth, begins, last, hundredths, assumed)


def _by_age(
    kind: Kind,
    district: District,
    birth: date,
    since: date,
    until: date,
    numbers: Mapping[AgeGroup, int],
    assumed: Assumptions,
) -> Iterator[Span]:
    older = reaches(birth, assumed.older_from_months)
    nursery, kindergarten = (since, min(until, older)), (max(since, older), until)
    yield Span(kind, district, AgeGroup.NURSERY, numbers[AgeGroup.NURSERY], *nursery)
    yield Span(kind, district, AgeGroup.KINDERGARTEN, numbers[AgeGroup.KINDERGARTEN], *kindergarten)


def leaves(child: InCare, assumed: Assumptions) -> date:
    """The first day without the place: by notice, or to school."""
    to_school = school(child.birth, assumed)
    return min(child.ends or to_school, to_school)


def school(birth: date, assumed: Assumptions) -> date:
    """The day on which children born that year leave for school, by the town's setting."""
    month, day = assumed.leaves_for_school
    return school_start(birth).replace(month=month, day=day)
