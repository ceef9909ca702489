"""What is published, read at the house; and the answers to parents who ask that something is corrected."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk import looks
from parentsite.readiness.desk.blueprint import desk, pedagogues
from parentsite.readiness.desk.forms import ReasonForm
from parentsite.readiness.rules.vocabulary import CorrectionState
from parentsite.readiness.service import correcting, house, requests
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.requests import Asked

_ANSWERED = lazy_gettext("Somebody else has answered already. The first answer stands.")


@desk.get("/udgave/<uuid:version>")
@open_to(pedagogues)
def version(version: UUID) -> Response:
    """One version that the house has published."""
    found = house.version_at_house(work(), version)
    child_id = house.child_at_house(work(), version)
    child = looks.child_of(child_id)
    looks.opened(child_id)
    return page("readiness/desk/version.html", version=found, child=child, child_id=child_id)


@desk.route("/rettelse/<uuid:request>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(pedagogues)
def correction(request: UUID) -> AnyResponse:
    """What a parent asks to have corrected; it stays as it is, and why."""
    form = typed(ReasonForm)
    asked = requests.asked(work(), request)
    if form.is_submitted() and form.validate() and form.is_written():
        if correcting.keep(work(), request, form.why.data):
            return _back(asked.child_id)
        asked = requests.asked(work(), request)
        if asked.correction.answer == form.why.data:
            return _back(asked.child_id)
        form.refuse(form.why, _ANSWERED)
    return _show(asked, form)


@desk.post("/rettelse/<uuid:request>/rettet")
@open_to(pedagogues)
def corrected(request: UUID) -> AnyResponse:
    """It is corrected in the newest version."""
    asked = requests.asked(work(), request)
    if asked.newer is None:
        raise NotFound(request)
    if correcting.correct(work(), request, asked.newer[0]):
        return _back(asked.child_id)
    asked, form = requests.asked(work(), request), typed(ReasonForm)
    if asked.correction.state is CorrectionState.CORRECTED:
        return _back(asked.child_id)
    form.refuse(form.why, _ANSWERED)
    return _show(asked, form)


def _back(child_id: UUID) -> AnyResponse:
    said = gettext("The request is answered. The parent sees the answer.")
    return go_to(url_for("readiness_desk.pupil", child=child_id), said)


def _show(asked: Asked, form: ReasonForm) -> Response:
    paper = house.pupil(work(), asked.child_id).papers[asked.kind]
    child = looks.child_of(asked.child_id)
    looks.opened(asked.child_id)
    show = refused if form.is_submitted() else page
    facts: dict[str, Any] = {"asked": asked, "paper": paper, "child": child}
    return show("readiness/desk/correction.html", form=form, **facts)
