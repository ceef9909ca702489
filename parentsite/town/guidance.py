"""The town's own words to parents: the routes to a place, the order of the list, passages for pages."""

from dataclasses import dataclass, field
from enum import StrEnum

from parentsite.town.facts import Fact, Text
from parentsite.town.settings import Criterion


class RouteCode(StrEnum):
    """The four ways to care for a child (the note; dagtilbudsloven §§ 23, 28, 80)."""

    HOUSE = "house"
    CHILDMINDING = "childminding"
    PRIVATE_CARE = "private_care"
    OTHER_MUNICIPALITY = "other_municipality"


class PassageCode(StrEnum):
    """The passages that pages rely on; a pack without one of them does not load."""

    WHO_DECIDES = "who_decides"
    GUARANTEE = "guarantee"
    ORDER = "order"
    HOUSE_LIST = "house_list"
    OPENING_HOURS = "opening_hours"
    PRICES = "prices"
    PRIVATE_INSTITUTIONS = "private_institutions"
    SPECIAL_OFFERS = "special_offers"
    OTHER_WAY = "other_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Fact):
    """A short text of the town's own."""

    code: PassageCode
    text: Text = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Fact):
    """One way to care for a child: what it is, who decides, and how to begin."""

    code: RouteCode
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    decides: Text = field(hash=False)
    start: Text = field(hash=False)


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One step of the waiting list's order in words; the setting says whether the order itself is certain."""

    criterion: Criterion
    name: Text = field(hash=False)
    text: Text = field(hash=False)
