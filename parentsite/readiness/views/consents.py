"""The consents of one child: a question for each document, each named receiver and each use, answered one at a time."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.consent.rules import Answer
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import answer, go_to, page, refused
from parentsite.foundation.web.transactions import look, work
from parentsite.readiness.forms import ConsentForm
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Question, Sheet
from parentsite.readiness.service.errors import NoSuchReceiver
from parentsite.readiness.views.blueprint import mit
from parentsite.readiness.views.receipt_words import what_for

_ANOTHER = _l("The school or the after-school care is another one by now. Read the page again before you answer.")


@mit.route("/<uuid:child>/samtykke", methods=["GET", "POST"])
@open_to(parents)
def consents(child: UUID) -> AnyResponse:
    """All that I am asked, and what I have answered; sent, it is my answer to one question."""
    with look() as now:
        sheet = allowing.sheet_of(now, me(), child)
    form = typed(ConsentForm)
    if not form.is_submitted():
        shown = page("readiness/consents.html", **_facts(sheet))
        # The same address answers htmx with one question, which only a form names.
        shown.vary.add("HX-Request")
        return shown
    one = _asked(sheet, form)
    if one is not None and not (form.validate() and form.is_to(allowing.VERSION, form.answer)):
        return _show_again(sheet, form, one)
    try:
        return _answer(child, one, form)
    except NoSuchReceiver:
        form.refuse(form.answer, _ANOTHER)
        return _show_again(sheet, form, None)


def _answer(child: UUID, one: Question | None, form: ConsentForm) -> AnyResponse:
    """Write it down. Raises `NoSuchReceiver` when the child does not go there, or not any more."""
    if one is None:
        raise NoSuchReceiver(child)
    said = Answer(form.answer.data)
    allowing.answer(work(), me(), child, one.switch, said, language().code)
    return _answered(child, one, gettext("You have said yes.") if said is Answer.YES else gettext("You have said no."))


@mit.post("/<uuid:child>/samtykke/tilbage")
@open_to(parents)
def take_back(child: UUID) -> AnyResponse:
    """I take one yes back, from this moment, also one to where my child goes no more."""
    with look() as now:
        one = _asked(allowing.sheet_of(now, me(), child), typed(ConsentForm))
    if one is None:
        return go_to(_here(child), said=gettext("Nothing was changed. Your answers are below."))
    allowing.withdraw(work(), me(), child, one.switch)
    return _answered(child, one, gettext("You have taken your yes back. It counts no more."))


def _answered(child: UUID, one: Question, said: str) -> AnyResponse:
    """The page again, which tells what came of it; to htmx the one question as it stands now."""
    told = f"{said} {what_for(one.switch.kind, one.switch.allowed)}: {one.name}."
    sheet = allowing.sheet_of(work(), me(), child)
    now = next((each for each in sheet.questions if each.switch == one.switch), None)
    if now is None or not request.htmx:  # type: ignore[attr-defined]
        # Back to the question itself: the next one stands below it, and the page is long.
        return go_to(_here(child) + (f"#ask-{now.switch.key}" if now else ""), said=told)
    return answer("readiness/consents.html", "readiness/_switch.html", **_facts(sheet) | {"one": now, "said": told})


def _show_again(sheet: Sheet, form: ConsentForm, one: Question | None) -> AnyResponse:
    facts = _facts(sheet) | {"one": one, "error": form.answer.errors[0], "refused": one.switch.key if one else ""}
    if one is None and request.htmx:  # type: ignore[attr-defined]
        return go_to(_here(sheet.child.id), said=str(_ANOTHER))
    return refused("readiness/consents.html", "readiness/_switch.html", **facts)


def _asked(sheet: Sheet, form: ConsentForm) -> Question | None:
    every = (*sheet.questions, *sheet.elsewhere)
    return next((one for one in every if one.switch.key == form.switch.data), None)


def _facts(sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "child": sheet.child,
        "version": allowing.VERSION,
        "until": sheet.until,
        "said": None,
        "error": None,
        "refused": None,
        "htmx_page": True,
    }


def _here(child: UUID) -> str:
    return url_for("readiness.consents", child=child)
