"""What is known on the day of a forecast, and what the town assumes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parentsite.places.rules.vocabulary import AgeGroup

District = str | None
"""None for what serves the whole town (childminding)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCare:
    """A child with a place, now or agreed; `ends` is the first day without it, when notice is given."""

    birth: date
    district: District
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A child without a place that waits for one; `birth` may be expected."""

    birth: date
    district: District
    wanted: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """A child who lives here with neither place nor application."""

    birth: date
    district: District


@dataclass(frozen=True, slots=True, kw_only=True)
class Births:
    """How many children the town expects to be born in a month, which begins on `month`, beside those known."""

    district: District
    month: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Places for children from a day on, and until another (the first day without them) if that is planned."""

    district: District
    group: AgeGroup
    places: int
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the town assumes; its settings.

    Of a hundred children of whom nothing is known `uptake` want a place, from `starts_at_months` old. Who is older
    today and has not applied is not counted before the age of 3+. `leaves_for_school` is month and day, in the year
    the child turns six.
    """

    starts_at_months: int
    uptake: Mapping[AgeGroup, int]
    older_from_months: int
    leaves_for_school: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known on the day of the forecast."""

    in_care: Sequence[InCare] = ()
    waiting: Sequence[Waiting] = ()
    residents: Sequence[Resident] = ()
    births: Sequence[Births] = ()
    capacity: Sequence[Capacity] = ()

    @property
    def districts(self) -> Sequence[District]:
        """All that are named, by name; what serves the whole town is the last."""
        parts = (self.in_care, self.waiting, self.residents, self.births, self.capacity)
        found = {one.district for part in parts for one in part}
        return sorted(found, key=lambda name: (name is None, name or ""))
