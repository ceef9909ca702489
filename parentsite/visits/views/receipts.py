"""My own receipts about passing on: every answer, its words, and how it stands; and the same as a file to keep."""

from uuid import UUID

from flask import Response, url_for

from parentsite.consent.rules import Matter
from parentsite.consent.views import receipts_file as to_keep
from parentsite.consent.views import receipts_page
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.language import gettext
from parentsite.foundation.web.transactions import work
from parentsite.visits.service.passing_on import receipts_of_child
from parentsite.visits.views.blueprint import mit


@mit.get("/<uuid:child>/start-samtale/kvitteringer")
@open_to(parents)
def receipts(child: UUID) -> Response:
    """The newest first."""
    seen, found = receipts_of_child(work(), me(), child)
    back = (url_for("visits.start_talk", child=child), gettext("The start talk at the daycare (start-samtale)"))
    return receipts_page(seen, found, _about, back=back, file=url_for("visits.receipts_file", child=child))


@mit.get("/<uuid:child>/start-samtale/kvitteringer.csv")
@open_to(parents)
def receipts_file(child: UUID) -> Response:
    """All of them, to keep."""
    _, found = receipts_of_child(work(), me(), child)
    return to_keep(found, _about)


def _about(matter: Matter) -> str:
    """All of them are about the one thing."""
    return gettext("Pass on what the health visitors (Sundhedsplejen) know")
