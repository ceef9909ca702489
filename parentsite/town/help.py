"""What a parent comes with, and who helps with it: topics in a parent's words, and a worry about somebody's child."""

from dataclasses import dataclass, field

from parentsite.town.directory import HelpNumber, Service
from parentsite.town.facts import Fact, Text
from parentsite.town.offers import SpecialOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTopic(Fact):
    """One thing that can be hard; the services, numbers and offers stand in the order in which to try them.

    A topic has no code: it must not stand in an address, nor in what a phone remembers.
    """

    name: Text = field(hash=False)
    text: Text = field(hash=False)
    services: tuple[Service, ...] = ()
    numbers: tuple[HelpNumber, ...] = ()
    offers: tuple[SpecialOffer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern(Fact):
    """Whoever is worried about a child (underretning): whom to call while the town hall is open, and whom when not.

    `anonymous` says what it means not to give one's name; `then` says what happens next.
    """

    by_day: HelpNumber
    otherwise: HelpNumber
    anonymous: Text = field(hash=False)
    then: Text = field(hash=False)
