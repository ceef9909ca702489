"""The secret words: shown until they are written down and never again, and given anew when others may know them."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.service import doors, sessions
from parentsite.counselling.views.zone import office, own_token, reading, samtale, writing
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.pages import SEE_OTHER, go_to, page
from parentsite.foundation.web.transactions import SAFE_METHODS, moment


@samtale.route("/<lang>/ord", methods=["GET", "POST"])
@open_to(anyone)
def phrase() -> AnyResponse:
    """Seven words, and the same as 24 digits."""
    if request.method not in SAFE_METHODS:
        with writing() as (now, me):
            sessions.confirm(now, me)
        return go_to(url_for("counselling.inside"))
    with reading() as (_, me):
        known = me.phrase
    if known is None:
        return redirect(url_for("counselling.inside"), SEE_OTHER)
    return page("counselling/phrase.html", phrase=known)


@samtale.route("/<lang>/nye-ord", methods=["GET", "POST"])
@open_to(anyone)
def change() -> AnyResponse:
    """New words for the same conversation; the old ones die."""
    if request.method not in SAFE_METHODS:
        doors.change_phrase(office(), moment(), own_token())
        return go_to(url_for("counselling.phrase"))
    with reading():
        return page("counselling/change.html")
