"""The children of the own houses, and one child: what is written, what waits, and with whom one may talk."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk import looks
from parentsite.readiness.desk.blueprint import desk, pedagogues
from parentsite.readiness.desk.forms import ListForm
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import allowing, drafting, house, requests
from parentsite.readiness.service import pupils as lists


@desk.get("")
@open_to(pedagogues)
def pupils() -> Response:
    """The children, the oldest first, as many as fit a page."""
    shelf, number = asked(ListForm).wanted()
    sheet = lists.listed(work(), shelf, number)
    looks.listed(row.pupil.child_id for row in sheet.rows)
    return page("readiness/desk/pupils.html", sheet=sheet, shelf=shelf)


@desk.get("/<uuid:child>")
@open_to(pedagogues)
def pupil(child: UUID) -> Response:
    """One child."""
    found = house.pupil(work(), child)
    facts: dict[str, Any] = {
        "issued": house.issued(work(), child),
        "asked": requests.asked_of_house(work(), child),
        "assessment_asked_at": requests.assessment_asked_at(work(), child),
        "talks": [(one, allowing.name_of(work(), one.office), yes) for one, yes in allowing.may_talk(work(), child)],
    }
    looks.looked_up(child)
    return page("readiness/desk/pupil.html", pupil=found, kinds=list(DocumentKind), **facts)


@desk.post("/<uuid:child>/<document:kind>/begynd")
@open_to(pedagogues)
def begin(child: UUID, kind: DocumentKind) -> AnyResponse:
    """Begin the next version, or go on with the one that is begun."""
    draft = drafting.begin(work(), child, kind)
    return go_to(url_for("readiness_desk.draft", draft=draft))
