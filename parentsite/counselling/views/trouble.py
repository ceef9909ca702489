"""When the conversation cannot be reached just now, or its session has ended: the words typed stay on the page."""

import logging

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.budget import BudgetSpent
from parentsite.counselling.forms import BackForm
from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.service.conversation import NobodyReads
from parentsite.counselling.service.sessions import Ended
from parentsite.counselling.views.zone import samtale
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.pages import SEE_OTHER, page
from parentsite.foundation.web.transactions import SAFE_METHODS

log = logging.getLogger("parentsite")

UNAVAILABLE, SIGNED_OUT = 503, 401
SOON, SOME_TIME, LATER = 5, 30, 3600
"""Seconds until it is worth trying again."""
BUSY = _l("Many are writing just now. Nothing was sent. Wait a moment, and try again.")
FULL = _l("So many have written to us in this hour that we cannot take more. Nothing was sent. Try again in an hour.")
UNREACHABLE = _l("Something does not work with us just now. Nothing was sent. Try again in a minute.")
NOT_OPEN = _l("You cannot write to us here yet. Nothing was sent.")


@samtale.errorhandler(Ended)
def ended(error: Ended) -> AnyResponse:
    """Left, idle too long, or opened in another window: the secret words open the conversation again."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("counselling.back"), SEE_OTHER)
    return page("counselling/back.html", status=SIGNED_OUT, form=BackForm(request.form), was_inside=True)


@samtale.errorhandler(Busy)
def busy(error: Busy) -> AnyResponse:
    """The one slot is taken, and somebody waits: with script the page tries again by itself."""
    return _later(BUSY, SOON, tries_again=True)


@samtale.errorhandler(BudgetSpent)
def full(error: BudgetSpent) -> AnyResponse:
    """As many have begun in this hour as the counsellors can answer."""
    return _later(FULL, LATER)


@samtale.errorhandler(NobodyReads)
def not_open(error: NobodyReads) -> AnyResponse:
    """Nobody holds the key by which messages are read."""
    return _later(NOT_OPEN, LATER)


@samtale.errorhandler(OperationalError)
@samtale.errorhandler(PoolTimeoutError)
def unreachable(error: SQLAlchemyError) -> AnyResponse:
    """A database does not answer."""
    log.error("the database did not answer: %s", type(error).__name__)
    if request.method not in SAFE_METHODS:
        return _later(UNREACHABLE, SOME_TIME)
    response = error_page(UNAVAILABLE)
    response.headers["Retry-After"] = str(SOME_TIME)
    return response


def _later(message: object, seconds: int, tries_again: bool = False) -> AnyResponse:
    response = page(
        "counselling/later.html",
        status=UNAVAILABLE,
        form=BackForm(request.form),
        message=str(message),
        action=request.path,
        again=seconds if tries_again else None,
    )
    response.headers["Retry-After"] = str(seconds)
    return response
