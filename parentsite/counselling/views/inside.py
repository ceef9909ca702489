"""Inside: the conversation with its marks, the box for the next message, and the conversation as a text to keep."""

from flask import Response, make_response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.forms import TOO_MANY, MessageForm
from parentsite.counselling.rules.saved import as_text
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service import conversation, sessions
from parentsite.counselling.service.conversation import TooMany
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.views.zone import reading, samtale, writing
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.transactions import SAFE_METHODS, work
from parentsite.town.service import current_town

FILE = "tekst.txt"
"""A name that tells nobody what it is."""


@samtale.route("/<lang>/samtale", methods=["GET", "POST"])
@open_to(anyone)
def inside() -> AnyResponse:
    """Read, and write on."""
    form = typed(MessageForm)
    if request.method in SAFE_METHODS:
        return shown(form)
    try:
        with writing() as (now, me):
            conversation.write(now, me, form.message, form.was_asked)
    except Refused as why:
        form.explain(why.trouble)
    except TooMany:
        form.refuse(form.text, TOO_MANY)
    else:
        return go_to(url_for("counselling.inside"))
    return shown(form, REFUSED)


@samtale.get("/<lang>/gem")
@open_to(anyone)
def save() -> Response:
    """The whole conversation as a text file."""
    with reading() as (now, me):
        said = conversation.read(now, me)
    names = {Side.PARENT: gettext("You"), Side.HOUSE: gettext("The Family House")}
    response = make_response(as_text(said.messages, names, language().day))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def shown(form: MessageForm, status: int = 200) -> Response:
    """The conversation, with what was typed in its box; that it was read today is written down."""
    with reading() as (now, me):
        said, marks = conversation.read(now, me), conversation.needs_marks(now, me)
    if marks:
        with writing() as (now, me):
            sessions.mark_used(now, me)
            conversation.mark(now, me)
    return page(
        "counselling/inside.html",
        status=status,
        form=form,
        said=said,
        parent=Side.PARENT,
        has_new_words=me.phrase is not None,
        opening=current_town(work().session).counselling,
    )
