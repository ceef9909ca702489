"""The third step: the wishes, moved by buttons that are each a form and work without script."""

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import answer as show
from parentsite.foundation.web.pages import go_to
from parentsite.foundation.web.transactions import work
from parentsite.places.forms import WishForm
from parentsite.places.service import sending, wishing
from parentsite.places.service.drafts import Draft
from parentsite.places.views.blueprint import mit, my_draft
from parentsite.places.views.steps import STEPS
from parentsite.town.search import danish_order


@mit.route("/<uuid:application>/onsker", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def wishes(application: UUID) -> AnyResponse:
    """Step 3: the wishes, in order; each button is a form of its own press and works without script."""
    draft = my_draft(application)
    form = typed(WishForm)
    error, said = None, None
    if "next" in request.form:
        if draft.wishes:
            return go_to(url_for("places.family", application=application))
        error = _l("Choose at least one house, or childminding (dagpleje).")
    elif request.method == "POST":
        said = _change_wishes(draft)
        if said is None:
            error = _l("Choose from the list first.")
        elif not request.htmx:  # type: ignore[attr-defined]
            return go_to(url_for("places.wishes", application=application, _anchor="wishes"))
        draft = my_draft(application)
    facts = _wishes_facts(draft) | {"error": error, "said": said, "form": form}
    return show("places/step_wishes.html", "places/_wishes.html", status=422 if error else 200, **facts)


def _wishes_facts(draft: Draft) -> dict[str, Any]:
    chosen = {wish.facility for wish in draft.wishes}
    options = [one for one in sending.facilities_to_wish_for(work(), draft) if one.code not in chosen]
    return {
        "draft": draft,
        "options": sorted(options, key=lambda one: danish_order(one.name)),
        "step": 3,
        "steps": STEPS,
        "htmx_page": True,
        "district": draft.child.district,
    }


def _change_wishes(draft: Draft) -> str | None:
    """Carry out the one button that was pressed; returns which, so that a screen reader can be told. None: there was
    nothing to do.
    """
    now, person, sent = work(), me(), request.form
    if "add" in sent:
        facility = sent.get("facility", "")
        if facility not in {one.code for one in sending.facilities_to_wish_for(now, draft)}:
            return None
        wishing.add(now, person, draft.id, facility)
        return "added"
    for name, steps in (("up", -1), ("down", 1)):
        if name in sent:
            wishing.move(now, person, draft.id, _uuid(sent[name]), steps)
            return name
    if "remove" in sent:
        wishing.remove(now, person, draft.id, _uuid(sent["remove"]))
        return "removed"
    return None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        abort(404)
