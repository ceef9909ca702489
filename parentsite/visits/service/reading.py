"""What the health visitors read of a family, and who is told of it. Each read leaves one entry: ids, never words.

A visit is in somebody's home, and its page shows how one gets in there; so who lives elsewhere is not told that it was
opened. What one adult has asked for is that adult's home's too.
"""

from enum import StrEnum

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet

ROLE = "health_visitor"


class Purpose(StrEnum):
    """Why a family is read of."""

    VISITS = "visits"


_OFFICES = {ROLE: N_("The health visitors (Sundhedsplejen)")}
_PURPOSES = {Purpose.VISITS: N_("To plan and make home visits")}
_TIME = frozenset({Facet.TIME})


def _read(action: str, words: str, whose: Whose, facets: frozenset[Facet] = _TIME) -> Reading:
    return Reading(action, words, facets, whose, _OFFICES, _PURPOSES)


DAY = _read("visit.day_read", N_("Opened a list of the day's home visits. Your child was on it."), Whose.HOME)
VISIT = _read("visit.read", N_("Opened a home visit to your child."), Whose.HOME)
FAMILY = _read("visit.family_read", N_("Opened your child's page, with the plan of home visits."), Whose.CHILD)
WAITING = _read(
    "visit.families_listed",
    N_("Opened the list of families who wait for the health visitors. Your child was on it."),
    Whose.HOME,
)
START_TALKS = _read(
    "visit.start_talks_listed",
    N_("Opened the list of start talks (start-samtaler). Your child was on it."),
    Whose.DECIDED,
    frozenset({Facet.PLACE, Facet.TIME}),
)
ON_PAPER = _read(
    "visit.papers_read",
    N_("Opened who has answered on paper about your child."),
    Whose.DECIDED,
    frozenset({Facet.PLACE, Facet.TIME}),
)
FOUND = _read("visit.found_read", N_("Searched for a family. Your child was among those found."), Whose.CHILD)
READINGS = (DAY, VISIT, FAMILY, WAITING, START_TALKS, ON_PAPER, FOUND)
