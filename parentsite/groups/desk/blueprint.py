"""What all of the desk's pages of groups stand on: who may enter, and that every read of members is audited."""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, Response, abort

from parentsite.foundation.reading import Reading, record_read
from parentsite.foundation.web.access import staff
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.transactions import side_work
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.reading import ROLE, Purpose

desk = Blueprint("groups_desk", __name__, url_prefix="/desk/grupper")
organisers = staff(ROLE)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)


def read(
    reading: Reading, shown: Iterable[tuple[UUID, UUID]], about: tuple[str, object], besides: Iterable[UUID] = ()
) -> None:
    """Reading is audited in a transaction of its own: without the entry nothing is shown."""
    with side_work() as now:
        record_read(now, reading, Purpose.GROUPS, shown, about=about, besides=besides)


def key_of(text: str | None) -> UUID:
    """The key by which a form counts once; a form without one is not ours."""
    try:
        return UUID(text or "")
    except ValueError:
        abort(400)
