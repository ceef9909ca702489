"""What all of the desk's pages of groups stand on: who may enter, and that every read of members is audited."""

from functools import partial

from flask import Blueprint, Response

from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.reading import read_for
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.reading import ROLE, Purpose

desk = Blueprint("groups_desk", __name__, url_prefix="/desk/grupper")
organisers = staff(ROLE)
read = partial(read_for, Purpose.GROUPS)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)
