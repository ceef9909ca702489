"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from flask import Blueprint, Response

from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.slugs import slugs_in
from parentsite.readiness.rules.naming import SLUGS
from parentsite.readiness.service.errors import NotFound

mit = Blueprint("readiness", __name__, url_prefix="/mit/<lang>/skolestart")
slugs_in(mit, "document", SLUGS)

VERSION = "/<uuid:child>/<document:kind>/<int(min=1, max=9999):number>"
"""The address of one version; `max` is more than any house publishes, and fits every database."""


@mit.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)
