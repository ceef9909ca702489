"""Publishing: the draft as parents will read it, what follows, and the one press that freezes it."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.rescue import discard_about
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk import looks
from parentsite.readiness.desk.blueprint import desk, pedagogues
from parentsite.readiness.desk.forms import RevisionForm
from parentsite.readiness.service import drafting, house, publishing, requests
from parentsite.readiness.service.errors import ChangedMeanwhile, Unfinished


@desk.get("/kladde/<uuid:draft>/vis")
@open_to(pedagogues)
def preview(draft: UUID) -> Response:
    """The draft as parents will read it."""
    found = drafting.read(work(), draft)
    child = looks.child_of(found.child_id)
    looks.opened(found.child_id)
    texts = {area: written.text for area, written in found.areas.items()}
    return page("readiness/desk/preview.html", draft=found, child=child, texts=texts)


@desk.route("/kladde/<uuid:draft>/udgiv", methods=["GET", "POST"])
@open_to(pedagogues)
def publish(draft: UUID) -> AnyResponse:
    """What follows, and the press; again it is the same version."""
    form = typed(RevisionForm)
    if form.is_submitted() and form.validate():
        try:
            number = publishing.publish(work(), draft, form.revision.data or 0)
            discard_about(work(), me(), draft)
            child = house.child_at_house(work(), draft)
            said = gettext("Version %(number)s is published. The parents can read it now.", number=number)
            return go_to(url_for("readiness_desk.pupil", child=child), said)
        except ChangedMeanwhile:
            form.refuse(form.revision, lazy_gettext("Somebody has written in the draft. Read it again."))
        except Unfinished:
            pass  # What is missing is named on the page.
    show = refused if form.is_submitted() else page
    return show("readiness/desk/publish.html", form=form, **_what_follows(draft))


def _what_follows(draft: UUID) -> dict[str, Any]:
    found = drafting.read(work(), draft)
    child = looks.child_of(found.child_id)
    open_ones = [one for one in requests.asked_of_house(work(), found.child_id) if one.is_open]
    looks.opened(found.child_id)
    return {
        "draft": found,
        "child": child,
        "open": [one for one in open_ones if one.kind is found.kind],
    }
