"""A parent's own words beside a document, and asking for a correction; kept in the language that the page was in."""

from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.readiness.forms import CommentForm, CorrectionForm
from parentsite.readiness.rules.vocabulary import CorrectionState, DocumentKind
from parentsite.readiness.service import commenting, correcting
from parentsite.readiness.service.correcting import Correction
from parentsite.readiness.service.sheet import Sheet, sheet_of
from parentsite.readiness.views.blueprint import VERSION, mit


@mit.route("/<uuid:child>/<document:kind>/kommentar", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def comment(child: UUID, kind: DocumentKind) -> AnyResponse:
    """Write one's own words, or other ones in their place."""
    sheet = sheet_of(work(), me(), child, kind)
    form = typed(CommentForm, data={"text": sheet.comment.text if sheet.comment else None})
    if form.is_submitted() and form.validate():
        commenting.comment(work(), me(), child, kind, form.text.data, language=language().code)
        return go_to(_own_words(child, kind), said=gettext("We have kept your words."))
    status = REFUSED if form.is_submitted() else 200
    return page("readiness/comment.html", status=status, sheet=sheet, form=form)


@mit.route("/<uuid:child>/<document:kind>/kommentar/slet", methods=["GET", "POST"])
@open_to(parents)
def delete_comment(child: UUID, kind: DocumentKind) -> AnyResponse:
    """Take one's own words away: what follows is said first."""
    if request.method == "POST":
        commenting.comment(work(), me(), child, kind, "", language=language().code)
        return go_to(_own_words(child, kind), said=gettext("Your words are deleted."))
    sheet = sheet_of(work(), me(), child, kind)
    if sheet.comment is None:
        return go_to(_own_words(child, kind))
    return page("readiness/delete_comment.html", sheet=sheet, spoken=LANGUAGES)


@mit.route(f"{VERSION}/rettelse", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def correction(child: UUID, kind: DocumentKind, number: int) -> AnyResponse:
    """Ask that something in this version is corrected; one request at a time."""
    sheet, form = sheet_of(work(), me(), child, kind, number), typed(CorrectionForm)
    here = [one for one in sheet.corrections if one.number == number]
    waiting = next((one for one in here if one.state is CorrectionState.OPEN), None)
    if form.is_submitted() and form.validate():
        refused = _why_not(sheet, waiting, form)
        if refused is None:
            correcting.ask(work(), me(), child, kind, number, form.text.data, language=language().code)
            return go_to(_requests(child, kind, number), said=gettext("We have asked the daycare to correct it."))
        form.refuse(form.text, refused)
    if not form.is_submitted() and (waiting is not None or not _is_answered(sheet)):
        return go_to(_requests(child, kind, number))
    return _ask_for_correction(sheet, form)


def _is_answered(sheet: Sheet) -> bool:
    return sheet.answers == sheet.version.facility


def _why_not(sheet: Sheet, waiting: Correction | None, form: CorrectionForm) -> str | None:
    """Why this cannot be asked now; what waits already may be sent again."""
    if not _is_answered(sheet):
        return str(gettext("Your child no longer goes to the daycare that wrote this. Keep your words, and call us."))
    if waiting is not None and waiting.text != form.text.data:
        return str(gettext("The daycare has not answered what you asked before. Keep this until then."))
    return None


def _ask_for_correction(sheet: Sheet, form: CorrectionForm) -> AnyResponse:
    status = REFUSED if form.is_submitted() else 200
    return page("readiness/correction.html", status=status, sheet=sheet, form=form)


def _own_words(child: UUID, kind: DocumentKind) -> str:
    return url_for("readiness.document", child=child, kind=kind) + "#own-words"


def _requests(child: UUID, kind: DocumentKind, number: int) -> str:
    return url_for("readiness.version", child=child, kind=kind, number=number) + "#corrections"
