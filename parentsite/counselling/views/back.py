"""Coming back by one's secret words, in either spelling; with a message that was typed when the session had ended."""

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.forms import NOBODYS, TOO_MANY, BackForm
from parentsite.counselling.rules.phrase import Mistyped
from parentsite.counselling.service import conversation, doors, threads
from parentsite.counselling.service.conversation import TooMany, Unknown
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.views.inside import shown
from parentsite.counselling.views.zone import let_in, office, samtale, writing
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import REFUSED, go_to, page, refused
from parentsite.foundation.web.transactions import SAFE_METHODS, moment

TEMPLATE = "counselling/back.html"


@samtale.route("/<lang>/tilbage", methods=["GET", "POST"])
@open_to(anyone)
def back() -> AnyResponse:
    """An unknown phrase, a deleted and an expired one all get the same answer."""
    form = typed(BackForm)
    if request.method in SAFE_METHODS:
        return page(TEMPLATE, form=form, was_inside=False)
    try:
        if form.message:
            threads.check(form.message, form.was_asked)
        token = doors.come_back(office(), moment(), form.phrase.data or "")
    except Refused as why:
        form.explain(why.trouble)
    except Mistyped as why:
        form.explain_phrase(why)
    except Unknown:
        form.refuse(form.phrase, NOBODYS)
    else:
        return _inside(form, token)
    return refused(TEMPLATE, form=form, was_inside=False)


def _inside(form: BackForm, token: Token) -> AnyResponse:
    """What was typed too late is sent now, for its writer has just pressed Send."""
    let_in(token)
    if form.message:
        try:
            with writing() as (now, me):
                conversation.write(now, me, form.message, form.was_asked)
        except TooMany:
            form.refuse(form.text, TOO_MANY)
            return shown(form, REFUSED)
    return go_to(url_for("counselling.inside"))
