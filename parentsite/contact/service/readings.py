"""What staff read of letters, and who is told of it. Each read leaves one entry: ids, never words.

A letter is the writer's own: only who sees the letter is told that it was read, not even the child's other parent else.
"""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet
from parentsite.town.letterbox import LetterRole


class Purpose(StrEnum):
    """Why a letter is read."""

    LETTERS = "letters"


OFFICES = {
    LetterRole.PLACEMENT.value: N_("The placement office (Pladsanvisningen)"),
    LetterRole.HEALTH_VISITOR.value: N_("The health visitors (Sundhedsplejen)"),
    LetterRole.SOCIAL_WORKER.value: N_("The preventive social workers (forebyggende socialrådgivere)"),
    LetterRole.FAMILY_TEAM.value: N_("The family team (Familieteamet)"),
    LetterRole.DISABILITY_TEAM.value: N_("The disability team (Handicapteamet)"),
    LetterRole.PEDAGOGUE.value: N_("The staff of the daycare"),
}
_PURPOSES = {Purpose.LETTERS: N_("To answer letters from parents")}
_EXISTENCE = frozenset({Facet.EXISTENCE})


def _read(action: str, words: str) -> Reading:
    return Reading(action, words, _EXISTENCE, Whose.OWN, OFFICES, _PURPOSES)


LISTED = _read("letter.listed_read", N_("Opened the list of letters. Yours was on it."))
LETTER = _read("letter.read", N_("Opened your letter."))
READINGS = (LISTED, LETTER)


def shown(child_id: UUID | None, readers: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """What an entry says of a letter: the child with each parent who sees the letter; of one about no child nothing."""
    return {(child_id, person) for person in readers} if child_id else set()
