"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from flask import Blueprint, Response

from parentsite.contact.service.errors import NobodyThere, NotFound
from parentsite.foundation.web.errors import error_page

mit = Blueprint("contact", __name__, url_prefix="/mit/<lang>/beskeder")


@mit.errorhandler(NotFound)
@mit.errorhandler(NobodyThere)
def _not_found(error: Exception) -> Response:
    return error_page(404)
