"""The first page: who answers and how fast, whom to call now, and a box to write in. Before there is text nothing is
made: no cookie, no row, no key.
"""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.forms import MessageForm
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.counselling.service import doors
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.views.zone import is_inside, let_in, office, samtale
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.pages import REFUSED, SEE_OTHER, go_to, page
from parentsite.foundation.web.transactions import SAFE_METHODS, moment, work
from parentsite.town.directory import ServiceCode
from parentsite.town.service import current_town


@samtale.get("/")
@open_to(anyone)
def root() -> AnyResponse:
    return redirect(url_for("counselling.front", lang=preferred_language().code), 302)


@samtale.route("/<lang>/", methods=["GET", "POST"])
@open_to(anyone)
def front() -> AnyResponse:
    """Read first, then write; whoever is inside already is led there."""
    form = typed(MessageForm)
    if request.method not in SAFE_METHODS:
        return _begin(form)
    return redirect(url_for("counselling.inside"), SEE_OTHER) if is_inside() else _shown(form, 200)


def _begin(form: MessageForm) -> AnyResponse:
    try:
        begun = doors.begin(office(), moment(), form.message, form.was_asked)
    except Refused as refused:
        form.explain(refused.trouble)
        return _shown(form, REFUSED)
    let_in(begun.token)
    return go_to(url_for("counselling.phrase"))


def _shown(form: MessageForm, status: int) -> Response:
    town, mode = current_town(work().session), office().house_mode()
    opening = town.counselling
    return page(
        "counselling/front.html",
        status=status,
        form=form,
        house=town.service(ServiceCode.FAMILY_HOUSE),
        numbers=town.help_numbers,
        opening=opening,
        spoken=[LANGUAGES[code] for code in opening.languages if code in LANGUAGES] if opening else [],
        is_open=opening is not None and mode is not HouseMode.NONE,
        only_counsellors=mode is HouseMode.COUNSELLORS,
    )
