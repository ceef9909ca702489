"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from flask import Blueprint, Response

from parentsite.foundation.web.errors import error_page
from parentsite.readiness.service.errors import NotFound

mit = Blueprint("readiness", __name__, url_prefix="/mit/<lang>/skolestart")


@mit.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)
