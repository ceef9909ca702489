"""What the data protection officer reads, and who is told of it.

Reading the log of one child is a read of that child, told to whoever may know of it. A period of the log that is about
nobody in particular shows no names, and is only noted.
"""

from enum import StrEnum, auto

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet

ROLE = "dpo"


class Oversight(StrEnum):
    """Why the log is read."""

    QUESTION = auto()
    SPOT_CHECK = auto()
    BREACH = auto()


PURPOSES = {
    Oversight.QUESTION: N_("To answer a question or a complaint"),
    Oversight.SPOT_CHECK: N_("To check at random who looks"),
    Oversight.BREACH: N_("To look into a possible breach of security"),
}
"""What is chosen from before the log is opened."""
_OFFICES = {ROLE: N_("The data protection officer (databeskyttelsesrådgiveren)")}


def _read(action: str, words: str) -> Reading:
    return Reading(action, words, frozenset({Facet.EXISTENCE}), Whose.CHILD, _OFFICES, PURPOSES)


FOUND = _read("log.found_read", N_("Searched for a child. Your child was found."))
LOG = _read("log.read", N_("Read the list of who has looked at your child and what was done."))
EXPORT = _read("log.exported", N_("Saved the list of who has looked at your child and what was done."))
READINGS = (FOUND, LOG, EXPORT)
