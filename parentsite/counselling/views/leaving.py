"""Ways to end: leaving the page at once, and deleting everything that was written.

Both answer a press with a page at its own address: a redirect off the site is blocked by `form-action`, and an address
that says "deleted" would stand in the history.
"""

import logging

from flask import Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from parentsite.counselling.service import conversation
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.views.zone import cookie, end_session, office, put_out, reading, samtale, writing
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.discreet import WAY_OUT
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import SAFE_METHODS

log = logging.getLogger("parentsite")


@samtale.route("/<lang>/forlad", methods=["GET", "POST"])
@open_to(anyone)
def leave() -> Response:
    """End the session and go to the weather. It works from any page of the zone, in any session, whatever fails."""
    token = cookie()
    response = page("counselling/left.html")
    if request.method not in SAFE_METHODS:
        if token is not None:
            _end(token)
        put_out(response)
    response.headers["Refresh"] = f"0; url={WAY_OUT}"
    return response


@samtale.route("/<lang>/slet", methods=["GET", "POST"])
@open_to(anyone)
def delete() -> AnyResponse:
    """Delete both sides, after saying what follows."""
    backups = {"backup_days": g.settings.apart.backup_days}
    if request.method in SAFE_METHODS:
        with reading() as (now, me):
            return page("counselling/delete.html", said=conversation.read(now, me), **backups)
    with writing() as (now, me):
        conversation.delete_everything(now, me)
    # While somebody reads just now the worker does it, again and again.
    office().cut_log()
    return put_out(page("counselling/deleted.html", **backups))


def _end(token: Token) -> None:
    try:
        end_session(token)
    except SQLAlchemyError as error:
        # Whoever must leave leaves: without its cookie the session is open to nobody, and ends by itself.
        log.error("a session could not be ended: %s", type(error).__name__)
