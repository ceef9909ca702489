"""What the desk's pages stand on: who may enter, and that each read of a letter is audited before it is shown."""

from collections.abc import Collection
from uuid import UUID

from flask import Blueprint, Response

from parentsite.contact.service.errors import NotFound
from parentsite.contact.service.readings import LETTER, LISTED, OFFICES, Purpose, shown
from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.reading import read_for

desk = Blueprint("contact_desk", __name__, url_prefix="/desk/beskeder")
teams = staff(*OFFICES)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)


def opened(letter_id: UUID, child_id: UUID | None, readers: Collection[UUID]) -> None:
    """Somebody of the team opens a letter, or a file of it."""
    read_for(Purpose.LETTERS, LETTER, shown(child_id, readers), ("letter", letter_id), readers)


def listed(shelf: str, letters: Collection[tuple[UUID | None, UUID]]) -> None:
    """A shelf of letters is listed, each with its child and its writer; an empty one shows nobody."""
    if letters:
        pairs = {pair for child_id, person in letters for pair in shown(child_id, [person])}
        read_for(Purpose.LETTERS, LISTED, pairs, ("letter_list", shelf), {person for _, person in letters})
