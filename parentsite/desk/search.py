"""Search across the journeys, in what this member of the staff may open. What is typed stands in no address."""

from collections.abc import Sequence

from flask import Blueprint, Response, g

from parentsite.desk.forms import FindForm
from parentsite.foundation.journey import Hit, Journey, Search
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, staff
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import page, refused
from parentsite.foundation.web.reading import read_for
from parentsite.foundation.web.transactions import look

PAGE = "desk/search.html"


def search_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `desk_search`, over what all journeys can find."""
    pages = Blueprint("desk_search", __name__, url_prefix="/desk/find")
    searches = [one for journey in journeys for one in journey.searches]

    @pages.route("", methods=["GET", "POST"])
    @gives_back_what_was_typed
    @open_to(staff(*roles_that_search(journeys)))
    def search() -> Response:
        """A case number, or a child's name or number; what was found."""
        form = typed(FindForm)
        if not form.is_submitted():
            return page(PAGE, form=form, hits=None)
        if not form.validate():
            return refused(PAGE, form=form, hits=None)
        # A personal number is shown nowhere, not even to who typed it.
        return page(PAGE, form=FindForm(None), hits=_found(searches, form.q.data))

    return pages


def roles_that_search(journeys: Sequence[Journey]) -> list[str]:
    """Who has something to search in."""
    return sorted({one.role for journey in journeys for one in journey.searches})


def _found(searches: Sequence[Search], words: str) -> list[Hit]:
    """What this member of the staff may open; that it was shown, or that there was nothing, is in the audit first."""
    own = [one for one in searches if one.role in g.actor.roles]
    with look() as now:
        found = [(one, one.find(now, words)) for one in own]
    for one, hits in found:
        read_for(one.purpose, one.reading, [each for hit in hits for each in hit.shown], ("search", one.role))
    return [hit for _, hits in found for hit in hits]
