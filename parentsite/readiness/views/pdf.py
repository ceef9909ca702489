"""A version as a tagged PDF, to keep or to print; the same words as on its page, through the same gate."""

from uuid import UUID

from flask import Response

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.limits import limiter
from parentsite.foundation.web.paper import MOST_PAPERS, paper
from parentsite.foundation.web.transactions import work
from parentsite.readiness.rules.naming import SLUGS
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.sheet import sheet_of
from parentsite.readiness.views.blueprint import VERSION, mit
from parentsite.town.service import current_town


@mit.get(f"{VERSION}.pdf")
@limiter.limit(MOST_PAPERS)
@open_to(parents)
def pdf(child: UUID, kind: DocumentKind, number: int) -> Response:
    """One version, as it was published, with the parent's own words."""
    sheet = sheet_of(work(), me(), child, kind, number)
    areas = {one.code: one for one in current_town(work().session).areas}
    name = f"{SLUGS[kind]}-{number}"
    return paper("readiness/document_paper.html", name, sheet=sheet, areas=areas, spoken=LANGUAGES)
