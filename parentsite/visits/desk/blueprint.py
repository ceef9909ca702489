"""What all of the health visitors' pages stand on: who may enter, and that every read of a family is audited."""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, Response

from parentsite.foundation.reading import Reading, record_read
from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.transactions import side_work
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.reading import ROLE, Purpose

desk = Blueprint("visits_desk", __name__, url_prefix="/desk/besog")
visitors = staff(ROLE)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)


def read(
    reading: Reading, shown: Iterable[tuple[UUID, UUID]], about: tuple[str, object], besides: Iterable[UUID] = ()
) -> None:
    """Reading is audited in a transaction of its own: without the entry nothing is shown."""
    with side_work() as now:
        record_read(now, reading, Purpose.VISITS, shown, about=about, besides=besides)
