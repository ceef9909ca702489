"""Every act of the site in words: those of the journeys, and of what lies below them."""

from collections.abc import Mapping, Sequence

from parentsite.consent.service.acts import ACTS as CONSENT
from parentsite.foundation.acts import Act
from parentsite.foundation.journey import Journey
from parentsite.foundation.reading import Reading
from parentsite.foundation.web.language import gettext
from parentsite.people.acts import ACTS as PEOPLE
from parentsite.people.oversight import READINGS as OVERSIGHT
from parentsite.town.acts import ACTS as TOWN


def all_readings(journeys: Sequence[Journey]) -> list[Reading]:
    """What staff can read of a child, at any desk."""
    return [*(one for journey in journeys for one in journey.readings), *OVERSIGHT]


def all_acts(journeys: Sequence[Journey]) -> Mapping[str, Act]:
    """By its code, what the audit can name. A read is said in the very words in which parents are told of it."""
    reads = {one.action: Act(one.words, one.purposes) for one in all_readings(journeys)}
    own = {code: act for journey in journeys for code, act in journey.acts.items()}
    return {**TOWN, **PEOPLE, **CONSENT, **own, **reads}


def all_offices(journeys: Sequence[Journey]) -> Mapping[str, str]:
    """By role, who reads: the names that parents are told."""
    return {role: words for one in reversed(all_readings(journeys)) for role, words in one.offices.items()}


def say(words: str) -> str:
    """Words that were marked with `N_` where they are declared, in the page's language."""
    return gettext(words)
