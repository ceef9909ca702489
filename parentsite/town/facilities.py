"""Where children are cared for: districts, houses, and childminding.

What is unknown is `None`, never guessed.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parentsite.town.facts import Address, Fact, RoughDate, Text, WeekHours


class AgeGroup(StrEnum):
    """The two groups that places are counted and wished for in (dagtilbudsloven § 27 c: once for each)."""

    NURSERY = "0-2"
    KINDERGARTEN = "3+"


class FacilityKind(StrEnum):
    """What a parent can wish for."""

    HOUSE = "house"
    CHILDMINDING = "childminding"


class Unknown(StrEnum):
    """What a facility's page must say that nobody has told."""

    ADDRESS = "address"
    HOURS = "hours"
    PLACES = "places"
    AGES = "ages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Fact):
    """The number of places that a district is planned for."""

    under_three: int
    from_three: int

    @property
    def total(self) -> int:
        return self.under_three + self.from_three


@dataclass(frozen=True, slots=True, kw_only=True)
class District(Fact):
    """A district: it follows its school's.

    `houses_complete` is false when the pack cannot name all its houses, `houses_unknown` how many it cannot.
    """

    code: str
    name: str
    school: str
    norm: Norm | None = None
    houses_complete: bool = True
    houses_unknown: int | None = None
    page: str | None = None
    note: Text | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Fact):
    """One of the places where a facility is; `groups` only when this site differs from the whole."""

    address: Address | None
    name: str | None = None
    groups: frozenset[AgeGroup] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages(Fact):
    """The age groups that a facility takes."""

    groups: frozenset[AgeGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places(Fact):
    """Room for children.

    `units` is the older count (a child of 0-2 is two units); `total_to` ends a range that starts at `total`;
    `about` marks a round number; `homes` counts childminders.
    """

    under_three: int | None = None
    from_three: int | None = None
    total: int | None = None
    total_to: int | None = None
    units: int | None = None
    homes: int | None = None
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToAll(Fact):
    """Places that children from every district may have: an exception to the home district."""

    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility(Fact):
    """A house or the childminding service; `district` is none for what serves the whole town or is a plan.

    `source` and `as_of` are those of its name, district and note; each group of facts may have its own.
    """

    code: str
    kind: FacilityKind
    name: str
    district: str | None
    sites: tuple[Site, ...] = ()
    ages: Ages | None = None
    places: Places | None = None
    earlier_places: tuple[Places, ...] = ()
    hours: WeekHours | None = None
    opens: RoughDate | None = None
    closes: RoughDate | None = None
    planned: bool = False
    to_be_confirmed: bool = False
    open_to_all: OpenToAll | None = None
    annexe: str | None = None
    replaced: tuple[str, ...] = ()
    page: str | None = None
    note: Text | None = field(default=None, hash=False)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The addresses that are known."""
        return tuple(site.address for site in self.sites if site.address)

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What is to be said to be unknown. Childminders' homes have no public address: none is missed."""
        missing = {
            Unknown.ADDRESS: self.kind is FacilityKind.HOUSE and not self.addresses,
            Unknown.HOURS: self.hours is None,
            Unknown.PLACES: self.places is None,
            Unknown.AGES: self.ages is None,
        }
        return tuple(what for what, is_missing in missing.items() if is_missing)

    def may_take(self, group: AgeGroup) -> bool:
        """Whether children of this group may go here; an unknown age range is not a no."""
        return self.ages is None or group in self.ages.groups

    def takes_wishes(self, on: date) -> bool:
        """Whether a parent may wish for it: it is more than a plan, and not closed for good."""
        return not self.planned and (self.closes is None or on <= self.closes.last)
