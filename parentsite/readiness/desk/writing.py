"""Writing a draft: area by area, each saved as it is left; two who write at once lose nothing."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.pages import REFUSED, answer, go_to, page, refused
from parentsite.foundation.web.rescue import discard_about
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk import looks
from parentsite.readiness.desk.blueprint import desk, pedagogues
from parentsite.readiness.desk.forms import AreaForm, ReadinessForm
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import drafting
from parentsite.readiness.service.drafting import Draft
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound

OTHERS = lazy_gettext("Somebody else has written here since you opened the page. Both texts are shown.")


@desk.get("/kladde/<uuid:draft>")
@open_to(pedagogues)
def draft(draft: UUID) -> Response:
    """The areas of the draft, and what is still missing."""
    found = drafting.read(work(), draft)
    child = looks.child_of(found.child_id)
    looks.opened(found.child_id)
    return page("readiness/desk/draft.html", draft=found, child=child)


@desk.route("/kladde/<uuid:draft>/<area>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(pedagogues)
def area(draft: UUID, area: str) -> AnyResponse:
    """One area; saved by its buttons, and with script while it is written."""
    try:
        found = _with_area(draft, area)
    except NotFound:
        return _gone(typed(AreaForm))
    stands = found.areas[area]
    form = typed(AreaForm, data={"text": stands.text, "revision": stands.revision})
    if not form.is_submitted():
        return _show(found, area, form)
    if not form.validate():
        return _show(found, area, form, status=REFUSED)
    try:
        revision = _save(found, area, form)
    except ChangedMeanwhile:
        form.refuse(form.text, OTHERS)
        return _show(_with_area(draft, area), area, form, is_overtaken=True, status=REFUSED)
    if request.htmx:  # type: ignore[attr-defined]
        return _show(found, area, form, saved=revision)
    return go_to(_next(found, area))


@desk.route("/kladde/<uuid:draft>/skoleparat", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(pedagogues)
def readiness(draft: UUID) -> AnyResponse:
    """Whether the child is ready for school."""
    found = drafting.read(work(), draft)
    stands = found.readiness.value if found.readiness else None
    form = typed(ReadinessForm, data={"answer": stands, "seen": stands or ""})
    if form.is_submitted() and form.validate():
        try:
            drafting.answer_readiness(work(), draft, Readiness(form.answer.data), form.saw)
            return go_to(url_for("readiness_desk.draft", draft=draft))
        except ChangedMeanwhile:
            form.refuse(form.answer, lazy_gettext("Somebody else has answered since you opened the page."))
            form.seen.data = stands or ""
    show = refused if form.is_submitted() else page
    child = looks.child_of(found.child_id)
    looks.opened(found.child_id)
    return show("readiness/desk/readiness.html", form=form, draft=found, child=child)


@desk.route("/kladde/<uuid:draft>/slet", methods=["GET", "POST"])
@open_to(pedagogues)
def discard(draft: UUID) -> AnyResponse:
    """Throw the draft away, the consequence said first."""
    if typed(Form).is_submitted():
        child_id = drafting.discard(work(), draft)
        discard_about(work(), me(), draft)
        return go_to(url_for("readiness_desk.pupil", child=child_id), gettext("The draft is deleted."))
    found = drafting.read(work(), draft)
    child = looks.child_of(found.child_id)
    looks.opened(found.child_id)
    return page("readiness/desk/discard.html", draft=found, child=child)


def _gone(form: AreaForm) -> Response:
    """What was typed into a draft that is there no more, or never was, back to its writer. Raises `NotFound`."""
    if not form.is_submitted() or not form.text.data:
        raise NotFound
    return page("readiness/desk/gone.html", status=404, text=form.text.data)


def _with_area(draft: UUID, area: str) -> Draft:
    found = drafting.read(work(), draft)
    if area not in found.areas:
        raise NotFound(area)
    return found


def _save(found: Draft, area: str, form: AreaForm) -> int:
    """Save what was typed; the revision that it has now. Raises `ChangedMeanwhile` when another text came first."""
    text, stands = form.text.data or "", found.areas[area]
    if text == stands.text:
        return stands.revision
    try:
        return drafting.save_area(work(), found.id, area, text, form.revision.data or 0)
    except ChangedMeanwhile:
        stands = drafting.read(work(), found.id).areas[area]
        if text == stands.text:
            return stands.revision
        raise


def _next(found: Draft, area: str) -> str:
    """The area after this one; after the last the question of readiness, or the draft when that is answered."""
    codes = list(found.areas)
    after = codes[codes.index(area) + 1 :][:1]
    if "next" in request.form and after:
        return url_for("readiness_desk.area", draft=found.id, area=after[0])
    if "next" in request.form and found.readiness is None:
        return url_for("readiness_desk.readiness", draft=found.id)
    return url_for("readiness_desk.draft", draft=found.id)


def _show(found: Draft, area: str, form: AreaForm, status: int = 200, **more: Any) -> Response:
    """The page, or for script what stands below the text alone.

    Only the page shows the other text: only from there is a second save made knowingly.
    """
    stands = found.areas[area]
    facts: dict[str, Any] = {"draft": found, "area": area, "form": form, "stands": stands, "htmx_page": True, **more}
    is_page = not request.htmx  # type: ignore[attr-defined]
    has_seen = is_page and "is_overtaken" in more
    facts["revision"] = more.get("saved", stands.revision if has_seen else form.revision.data or 0)
    facts["child"] = looks.child_of(found.child_id)
    facts["is_page"] = is_page
    if is_page:
        looks.opened(found.child_id)
    return answer("readiness/desk/area.html", "readiness/desk/_saved.html", status=status, **facts)
