"""When something goes wrong: a helpful page in the visitor's language.

What htmx cannot show it says beside the form.
"""

import logging
import secrets
from collections.abc import Mapping

from flask import Flask, Response, g, make_response, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from parentsite.foundation.files import LARGEST_FILE
from parentsite.foundation.i18n import LANGUAGES, Language
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.pages import render
from parentsite.foundation.web.transactions import settle

MOST_LET_PAST = 10 * LARGEST_FILE
AT_A_TIME = 65_536
"""Bytes."""
log = logging.getLogger("parentsite")

EXPLAINED: Mapping[int, tuple[object, object]] = {
    400: (
        _l("We could not read that"),
        _l("The page may have been open for a long time. Go back, load the page again, and try once more."),
    ),
    401: (_l("Sign in first"), _l("You can only see this page when you are signed in.")),
    403: (_l("You cannot open this page"), _l("The page is for others. If you think this is wrong, call us.")),
    404: (
        _l("We cannot find that page"),
        _l("The address may be wrong, or the page is no longer there. Start again from the front page."),
    ),
    405: (_l("We could not do that"), _l("Go back, load the page again, and try once more.")),
    413: (
        _l("That was too much to send"),
        _l(
            "It did not reach us, so we could not keep what you typed. Go back: it may still stand on the page."
            " Make the text shorter, or choose a smaller file (%(most)s MB at most), and send it again.",
            most=LARGEST_FILE // 1_000_000,
        ),
    ),
    422: (_l("Something is missing or wrong"), _l("Go back, look at the form again, and correct what is wrong.")),
    429: (_l("Wait a moment"), _l("There have been many attempts in a short time. Wait a minute and try again.")),
    500: (
        _l("Something went wrong with us"),
        _l("It is not your fault. Nothing was sent by halves. Try again in a few minutes."),
    ),
    503: (
        _l("We cannot answer just now"),
        _l("The site is busy or being looked after. Nothing you sent before is lost. Try again in a minute."),
    ),
}


def explain_errors(app: Flask) -> None:
    """Register the pages. An unforeseen error is logged under a number that the page shows."""
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(PoolTimeoutError, _unavailable)
    app.register_error_handler(Exception, _unforeseen)


def error_page(status: int, incident: str | None = None) -> Response:
    """The page that explains `status`; statuses without a text of their own are explained as the nearest kind."""
    settle(commit=False)
    if g.get("language") is None:
        g.language = _language_of_path() or preferred_language()
    heading, message = EXPLAINED.get(status, EXPLAINED[400 if status < 500 else 500])
    return make_response(
        render("error.html", heading=str(heading), message=str(message), code=incident or str(status)), status
    )


def _known(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if error.code == 413:
        _let_it_be_sent()
    response = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    if error.code == 429:
        response.headers.setdefault("Retry-After", "60")
    return response


def _let_it_be_sent() -> None:
    """Take in what is too much, and keep none of it: a browser that is still sending shows no answer, only that the
    connection broke. What is beyond all measure is cut off all the same.
    """
    left = MOST_LET_PAST
    while left > 0 and (taken := request.environ["wsgi.input"].read(min(left, AT_A_TIME))):
        left -= len(taken)


def _unavailable(error: SQLAlchemyError) -> Response:
    log.error("the database did not answer: %s", type(error).__name__)
    response = error_page(503)
    response.headers["Retry-After"] = "30"
    return response


def _unforeseen(error: Exception) -> Response:
    incident = secrets.token_hex(4)
    log.error("incident %s at %s", incident, request.endpoint, exc_info=error)
    return error_page(500, incident)


def _language_of_path() -> Language | None:
    return next((LANGUAGES[part] for part in request.path.split("/")[1:3] if part in LANGUAGES), None)
