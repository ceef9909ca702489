"""What places cost, as dated lists: a price is shown with its date and never as today's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from parentsite.town.facilities import AgeGroup
from parentsite.town.facts import Fact, Text


@dataclass(frozen=True, slots=True)
class PriceItem:
    """Something that has a price; `group` is the child's age, which decides the price, or none."""

    code: str
    name: Text = field(hash=False)
    group: AgeGroup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList(Fact):
    """Kroner a month by item, from `valid_from` on until the next list that names the item."""

    valid_from: date
    kroner: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingDays(Fact):
    """All houses are closed from `first` to `last`, both included."""

    first: date
    last: date
