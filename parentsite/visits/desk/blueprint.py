"""What all of the health visitors' pages stand on: who may enter, and that every read of a family is audited."""

from functools import partial

from flask import Blueprint, Response

from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.reading import read_for
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.reading import ROLE, Purpose

desk = Blueprint("visits_desk", __name__, url_prefix="/desk/besog")
visitors = staff(ROLE)
read = partial(read_for, Purpose.VISITS)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)
