"""What the placement office reads of a child, and who is told of it. Each read leaves one entry: ids, never words.

That there is an application is told to whoever may know of the child; which line it stands in is not, and no house is
ever named.
"""

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet
from parentsite.places.rules.vocabulary import Purpose

ROLE = "placement"
_OFFICES = {ROLE: N_("The placement office (Pladsanvisningen)")}
_PURPOSES = {Purpose.CASEWORK: N_("To find your child a place")}
_EXISTENCE = frozenset({Facet.EXISTENCE})
_LINE = frozenset({Facet.PLACE, Facet.TIME})


def _read(action: str, words: str, facets: frozenset[Facet]) -> Reading:
    return Reading(action, words, facets, Whose.CHILD, _OFFICES, _PURPOSES)


APPLICATION = _read("application.read", N_("Opened the application for a place."), _EXISTENCE)
APPLICATIONS = _read("applications.listed", N_("Opened a list of applications. Your child was on it."), _EXISTENCE)
LINE = _read("waiting_list.read", N_("Opened a waiting list. Your child was on it."), _LINE)
FOUND = _read("application.found_read", N_("Searched for a case. Your child's was among those found."), _EXISTENCE)
READINGS = (APPLICATION, APPLICATIONS, LINE, FOUND)
