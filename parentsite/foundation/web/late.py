"""Forms that come too late: sent when their session had ended, or from a page opened before signing in again.

They are never carried out. What was typed is sealed for the person the form was made for, and given back to that person
alone, on the page of the form. A form that no page of ours made, or that another site sends, gets nothing.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, abort, current_app, g, make_response, redirect, request
from flask_babel import lazy_gettext as _l

from parentsite.foundation.web import csrf, rescue, sessions
from parentsite.foundation.web.access import gives_back, keeper_of
from parentsite.foundation.web.language import address
from parentsite.foundation.web.pages import SEE_OTHER, go_to
from parentsite.foundation.web.sessions import Standing
from parentsite.foundation.web.transactions import SAFE_METHODS, side_work
from parentsite.foundation.work import ANONYMOUS

SENT_NOTHING = _l("You signed in again since you opened this page. Nothing was sent. Check it and send again.")


def turn_away(base_url: str, sign_in_url: Callable[[str, bool], str]) -> Any:
    """Refuse a signed-in person without the role; lead others to sign in, with what they typed kept safe."""
    if g.actor is not ANONYMOUS:
        abort(403)
    is_form = request.method not in SAFE_METHODS
    person = csrf.person_of_form(base_url) if is_form else None
    if person is not None:
        _keep(person)
    was_in = person is not None or (g.visit.standing is Standing.EXPIRED and g.visit.actor is not None)
    url = sign_in_url(request.path if is_form else request.full_path.rstrip("?"), was_in)
    if request.htmx:  # type: ignore[attr-defined]
        response: Response = make_response("", 401)
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url, SEE_OTHER)


def show_again(base_url: str) -> Any:
    """Answer a form without this session's token: to the person it was made for, with the form as it was filled in."""
    person = csrf.person_of_form(base_url)
    if person is None or not _has_a_page():
        abort(400)
    is_kept = _keep(person)
    if person != g.actor.id:
        abort(400)
    if not is_kept:
        with side_work() as aside:
            sessions.say(aside, g.visit.token, str(SENT_NOTHING))
    return go_to(quote(request.path))


def _keep(person: UUID) -> bool:
    """Save what was typed, where the page of the form gives it back."""
    view = current_app.view_functions[str(request.endpoint)]
    if _has_a_page() and (keep := keeper_of(view)) is not None:
        return keep(person)
    if not (_has_a_page() and gives_back(view)):
        return False
    with side_work() as aside:
        return rescue.save(aside, person, address(), request.form.to_dict(flat=False))


def _has_a_page() -> bool:
    """Whether the form stands on a page of the same address."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())
