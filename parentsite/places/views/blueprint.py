"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from uuid import UUID

from flask import Blueprint, Response, abort, url_for

from parentsite.foundation.web.asker import me
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.pages import go_to
from parentsite.foundation.web.transactions import work
from parentsite.places.service import cases, drafts
from parentsite.places.service.drafts import Draft
from parentsite.places.service.errors import NotFound

mit = Blueprint("places", __name__, url_prefix="/mit/<lang>/plads")


@mit.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)


def my_draft(application: UUID) -> Draft:
    """The draft; who has sent it meanwhile, in another window, is led to the case."""
    try:
        return drafts.read(work(), me(), application)
    except NotFound:
        cases.case_for(work(), me(), application)
        abort(go_to(url_for("places.case", application=application)))
