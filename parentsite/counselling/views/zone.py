"""The blueprint of the anonymous pages: who may send a form, what the cookie stands for, how every answer is kept.

Nobody signs in here, so the site's own sessions are not used: the conversation's own stand in a database of theirs, and
in the site's these pages only read the town. Before there is a session a form proves itself by its origin alone; in one
it also carries what only this browser can know (counselling.md, 4).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, request
from markupsafe import Markup

from parentsite.counselling.office import EXTENSION, Office
from parentsite.counselling.service import sessions
from parentsite.counselling.service.sessions import Ended, Inside
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.settings import Settings
from parentsite.foundation.web.access import policy_of
from parentsite.foundation.web.csrf import FIELD
from parentsite.foundation.web.headers import holds_secret
from parentsite.foundation.web.sessions import NO_VISIT
from parentsite.foundation.web.transactions import SAFE_METHODS, moment
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import ANONYMOUS, Work

COOKIE = Zone.SAMTALE.value
PATH = f"/{COOKIE}"

samtale = Blueprint("counselling", __name__, url_prefix=PATH)


def guard(settings: Settings) -> Callable[[], Any]:
    """What stands before every view: nobody is known, an undeclared page is shut, no other site sends our forms."""
    own = "{0.scheme}://{0.netloc}".format(urlsplit(settings.base_url))

    def check() -> None:
        g.visit, g.actor, g.settings = NO_VISIT, ANONYMOUS, settings
        if request.endpoint is None:
            return
        if policy_of(current_app.view_functions[request.endpoint]) is None:
            abort(403)
        if request.method not in SAFE_METHODS and not _is_from(own):
            abort(400)

    return check


def office() -> Office:
    """What the conversation stands on, opened once in a process."""
    opened: Office = current_app.extensions[EXTENSION]()
    return opened


def cookie() -> Token | None:
    """What this browser carries from now on: the session just begun, else the one that came with the request."""
    written = request.cookies.get(COOKIE)
    known: Token | None = g.get("let_in") or (Token(written) if written else None)
    return known


def own_token() -> Token:
    """This browser's token; a form must be the same browser's, in the same session. Raises `Ended`."""
    token = cookie()
    is_proven = request.method in SAFE_METHODS or "let_in" in g
    if token is None or not (is_proven or token.made(request.form.get(FIELD, ""))):
        raise Ended
    return token


def form_token() -> Markup:
    """What every form carries once there is a session; before, there is nothing that it could."""
    token = cookie()
    if token is None:
        return Markup("")
    return Markup(f'<input type="hidden" name="{FIELD}" value="{token.form}">')  # noqa: S704 - both are ours


@contextmanager
def reading() -> Iterator[tuple[Work, Inside]]:
    """The conversation that this browser is in, to be read. Raises `Ended`."""
    token = own_token()
    with office().database.read() as session:
        work = Work(session, moment(), ANONYMOUS)
        yield work, sessions.enter(work, token)


@contextmanager
def writing() -> Iterator[tuple[Work, Inside]]:
    """The same, to be written in: kept at the end, unless something was refused. Raises `Ended`."""
    token = own_token()
    with office().database.write() as session:
        work = Work(session, moment(), ANONYMOUS)
        yield work, sessions.enter(work, token)


def is_inside() -> bool:
    """Whether this browser's session is alive."""
    try:
        with reading():
            return True
    except Ended:
        return False


def let_in(token: Token) -> None:
    """From here on this browser is inside: the answer brings its cookie, and a session that it had before ends."""
    if (before := cookie()) is not None:
        end_session(before)
    g.let_in = token


def end_session(token: Token) -> None:
    """End a browser's session on the server."""
    with office().database.write() as session:
        sessions.leave(Work(session, moment(), ANONYMOUS), token)


def put_out(response: Response) -> Response:
    """Take the cookie away, if there was one, and with it what the browser has kept of the pages."""
    if cookie() is not None:
        response.delete_cookie(COOKIE, **_cookie_for())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@samtale.after_app_request
def _tell_nobody(response: Response) -> Response:
    """No search engine shows these pages; what holds a token, or what somebody typed, is not compressed. The cookie is
    gone with the browser, and travels to and from these pages alone.
    """
    response.headers["X-Robots-Tag"] = "noindex"
    if "let_in" in g:
        response.set_cookie(COOKIE, g.let_in.written, **_cookie_for())
    if cookie() is not None or request.method not in SAFE_METHODS:
        holds_secret(response)
    return response


def _cookie_for() -> dict[str, Any]:
    return {"path": PATH, "secure": g.settings.is_secure, "httponly": True, "samesite": "Strict"}


def _is_from(own: str) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == own
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
