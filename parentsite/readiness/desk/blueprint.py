"""What all of the desk's pages at school start stand on: who may enter, and that every read of a child is audited."""

from flask import Blueprint, Response

from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.slugs import slugs_in
from parentsite.readiness.rules.naming import SLUGS
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import PEDAGOGUE, ROLES

desk = Blueprint("readiness_desk", __name__, url_prefix="/desk/skolestart")
slugs_in(desk, "document", SLUGS)
pedagogues = staff(PEDAGOGUE)
receivers = staff(*ROLES)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)
