"""What stands beside the houses and is never wished for: private institutions, and offers by referral."""

from dataclasses import dataclass, field

from parentsite.town.facts import Address, Fact, Text, WeekHours


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateInstitution(Fact):
    """For information only: the municipality cannot allot its places (dagtilbudsloven § 26)."""

    code: str
    name: str
    url: str
    address: Address | None = None
    hours: WeekHours | None = None
    note: Text | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPlace(Fact):
    """A house where a special offer is, or was, by this source."""

    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHours(Fact):
    """Hours a week; several when they depend on the child."""

    weekly: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialOffer(Fact):
    """An offer by referral (visitation) only: to be read about and asked for, never wished for.

    `places` are in the order of their sources, newest last; `children` and `units` are two different counts.
    """

    code: str
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    places: tuple[OfferPlace, ...] = ()
    children: int | None = None
    units: int | None = None
    hours: OfferHours | None = None
    to_be_confirmed: bool = False
