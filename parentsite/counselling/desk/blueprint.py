"""What the counsellors' pages stand on: who may enter, the mailbox in one request's hands, and when it is locked.

The opened key lies in the conversation's own database, sealed under what only this browser's cookie gives; the cookie
is the desk's own, and holds nothing. Signing out locks it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.office import EXTENSION, Office
from parentsite.counselling.service import kept, unlocking
from parentsite.counselling.service.mailbox import NoSuchThread
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.service.unlocking import Locked, Unlocked
from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.forms import stripped
from parentsite.foundation.web.headers import holds_secret
from parentsite.foundation.web.pages import SEE_OTHER, page
from parentsite.foundation.web.transactions import SAFE_METHODS, moment
from parentsite.foundation.work import Work

log = logging.getLogger("parentsite")

ROLE = "counsellor"
THREAD = "counselling_desk.thread"
SIGN_OUT = "signin.leave"
desk = Blueprint("counselling_desk", __name__, url_prefix="/desk/samtaler")
counsellors = staff(ROLE)


def office() -> Office:
    """What the conversation stands on, opened once in a process."""
    opened: Office = current_app.extensions[EXTENSION]()
    return opened


def own_token() -> Token:
    """What this browser's mailbox is unlocked under."""
    return Token.beside(g.visit.token)


@contextmanager
def looking() -> Iterator[Work]:
    """The conversation's own database, to be read."""
    with office().database.read() as session:
        yield Work(session, moment(), g.actor)


@contextmanager
def writing() -> Iterator[Work]:
    """The same, to be written in: kept at the end, unless something was refused."""
    with office().database.write() as session:
        yield Work(session, moment(), g.actor)


@contextmanager
def mailbox() -> Iterator[tuple[Work, Unlocked]]:
    """The same, with the mailbox open. Raises `Locked`."""
    with writing() as now:
        yield now, unlocking.in_use(now, office(), own_token())


def secret(template: str, **facts: Any) -> Response:
    """A page with words that are shown once: the answer to the press that made them, and stored nowhere."""
    response = page(template, **facts)
    holds_secret(response)
    return response


def keep_answer(person: UUID) -> bool:
    """Keep an answer that came too late, sealed to the house; given back on the conversation's page."""
    designation = str((request.view_args or {}).get("designation"))
    with writing() as now:
        return kept.keep(now, person, designation, stripped(request.form.get("text")) or "")


@desk.errorhandler(Locked)
def _locked(error: Locked) -> AnyResponse:
    """What was being written is kept, and the way leads by the lock back to where it was."""
    is_kept = request.endpoint == THREAD and request.method not in SAFE_METHODS and keep_answer(g.actor.id)
    to = (request.view_args or {}).get("designation")
    return redirect(url_for("counselling_desk.unlock", til=to, gemt="1" if is_kept else None), SEE_OTHER)


@desk.errorhandler(NoSuchThread)
def _gone(error: NoSuchThread) -> Response:
    return page("counselling/desk/gone.html", status=404)


@desk.errorhandler(Busy)
@desk.errorhandler(OperationalError)
@desk.errorhandler(PoolTimeoutError)
def _later(error: Exception) -> Response:
    """The slot of the keys is taken, or a database does not answer: what was typed stays on the page."""
    if not isinstance(error, Busy):
        log.error("the database did not answer: %s", type(error).__name__)
    if request.method in SAFE_METHODS:
        response = error_page(503)
    else:
        response = page("counselling/desk/later.html", status=503, sent=request.form, action=request.path)
        holds_secret(response)
    response.headers["Retry-After"] = "5"
    return response


@desk.before_app_request
def _lock_when_leaving() -> None:
    """Signing out locks the mailbox; whatever fails here, whoever leaves leaves."""
    actor = g.visit.actor
    if request.endpoint != SIGN_OUT or actor is None or ROLE not in actor.roles:
        return
    try:
        with writing() as now:
            unlocking.lock(now, own_token())
    except SQLAlchemyError as error:
        log.error("a mailbox could not be locked: %s", type(error).__name__)
