"""My own receipts about a child before school: every answer, its words, and how it stands; and the same to keep."""

from uuid import UUID

from flask import Response, url_for

from parentsite.consent.rules import Matter
from parentsite.consent.views import receipts_file as to_keep
from parentsite.consent.views import receipts_page
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.language import gettext
from parentsite.foundation.web.transactions import work
from parentsite.readiness.service.receipts import asked_in, receipts_of_child
from parentsite.readiness.views.blueprint import mit
from parentsite.readiness.views.receipt_words import what_for


@mit.get("/<uuid:child>/kvitteringer")
@open_to(parents)
def receipts(child: UUID) -> Response:
    """The newest first."""
    seen, found = receipts_of_child(work(), me(), child)
    back = (url_for("readiness.consents", child=child), gettext("All questions"))
    return receipts_page(seen, found, _about, back=back, file=url_for("readiness.receipts_file", child=child))


@mit.get("/<uuid:child>/kvitteringer.csv")
@open_to(parents)
def receipts_file(child: UUID) -> Response:
    """All of them, to keep."""
    _, found = receipts_of_child(work(), me(), child)
    return to_keep(found, _about)


def _about(matter: Matter) -> str:
    return what_for(*asked_in(matter))
