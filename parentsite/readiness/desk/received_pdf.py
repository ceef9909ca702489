"""What a receiver reads as a tagged PDF: another opening, with the same gate, the same lock and its own entry."""

from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.limits import limiter
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.paper import MOST_PAPERS, paper
from parentsite.foundation.web.reading import written_down
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk.blueprint import desk, receivers
from parentsite.readiness.desk.reason import ReasonForm
from parentsite.readiness.rules.naming import SLUGS
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.allowing import name_of
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.receiving import office_for, open_document
from parentsite.town.service import current_town


@desk.get("/modtaget/<uuid:child>/<document:kind>.pdf")
@limiter.limit(MOST_PAPERS)
@open_to(receivers)
def received_pdf(child: UUID, kind: DocumentKind) -> AnyResponse:
    """One document for the purpose it is opened with; without one, the page that asks for it."""
    reason = asked(ReasonForm).reason
    try:
        if reason is None:
            office_for(work(), child, kind)
            return go_to(url_for("readiness_desk.received_document", child=child, kind=kind))
        opened = open_document(written_down, child, kind, reason)
    except NotFound:
        return page("readiness/desk/received_gone.html", status=404)
    town = current_town(work().session)
    return paper(
        "readiness/desk/received_paper.html",
        f"{SLUGS[kind]}-{opened.version.number}",
        opened=opened,
        reader=name_of(work(), opened.office),
        reason=reason,
        areas={one.code: one for one in town.areas},
        spoken=LANGUAGES,
    )
