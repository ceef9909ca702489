"""The need for places, month by month."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from parentsite.places.rules.calendar import add_months, age_group, reaches
from parentsite.places.rules.forecast.known import Assumptions, District, InCare, Known
from parentsite.places.rules.forecast.spans import Kind, leaves, spans_of
from parentsite.places.rules.vocabulary import AgeGroup

MONTHS = 24


class Change(StrEnum):
    """Why the number of children in care is another than a month before."""

    STARTED = auto()
    NOTICE = auto()
    BIRTHDAY = auto()
    """From 0-2 to 3+: one fewer there, one more here."""
    SCHOOL = auto()


class Need(NamedTuple):
    """The first day of a month in one district, for one age group.

    `expected` is assumed (rounded), all else counted. `changes` are children in care since a month before, those who
    left below nothing; none in the first month, which has nothing before it.
    """

    district: District
    group: AgeGroup
    month: date
    in_care: int
    waiting: int
    expected: int
    places: int
    changes: Mapping[Change, int]

    @property
    def needed(self) -> int:
        """How many places are needed."""
        return self.in_care + self.waiting + self.expected

    @property
    def free(self) -> int:
        """How many places are left; below nothing, so many are missing."""
        return self.places - self.needed


def forecast(known: Known, assumed: Assumptions, first: date, months: int = MONTHS) -> tuple[Need, ...]:
    """The need on the first day of each of the months, `first` being the first day of the first of them."""
    days = [add_months(first, number) for number in range(months)]
    sums: Counter[tuple[Kind, District, AgeGroup, int]] = Counter()
    changes: Counter[tuple[District, AgeGroup, int, Change]] = Counter()
    for span in spans_of(known, assumed, first):
        for number in range(_index(span.since, first), min(_index(span.until, first), months)):
            sums[span.kind, span.district, span.group, number] += span.number
    for child in known.in_care:
        for index, group, change, number in _changes(child, assumed, days):
            changes[child.district, group, index, change] += number
    return tuple(
        Need(
            district,
            group,
            day,
            sums[Kind.IN_CARE, district, group, number],
            sums[Kind.WAITING, district, group, number],
            (sums[Kind.EXPECTED, district, group, number] + 50) // 100,
            sums[Kind.PLACES, district, group, number],
            {change: changes[district, group, number, change] for change in Change},
        )
        for district in known.districts
        for group in AgeGroup
        for number, day in enumerate(days)
    )


def _changes(child: InCare, assumed: Assumptions, days: Sequence[date]) -> Iterator[tuple[int, AgeGroup, Change, int]]:
    """The months in which the child comes, turns three or leaves; at most three."""
    last, older = leaves(child, assumed), reaches(child.birth, assumed.older_from_months)
    for index in {_index(day, days[0]) for day in (child.starts, older, last)}:
        if not 0 < index < len(days):
            continue
        before, now = (_group_on(child, day, last, assumed) for day in (days[index - 1], days[index]))
        if before is None and now is not None:
            yield index, now, Change.STARTED, 1
        elif before is not None and now is None:
            yield index, before, Change.NOTICE if child.ends == last else Change.SCHOOL, -1
        elif before is not None and now is not None and before is not now:
            yield index, before, Change.BIRTHDAY, -1
            yield index, now, Change.BIRTHDAY, 1


def _group_on(child: InCare, day: date, last: date, assumed: Assumptions) -> AgeGroup | None:
    if not child.starts <= day < last:
        return None
    return age_group(child.birth, day, assumed.older_from_months)


def _index(day: date, first: date) -> int:
    """Which month, counted from `first`, is the first to begin on the day or after it; nought for what is past."""
    months = (day.year - first.year) * 12 + day.month - first.month
    return max(months + (day.day > 1), 0)
