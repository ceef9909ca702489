"""Closing a group to newcomers, opening it again, and cancelling it for everybody."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.groups.desk.blueprint import desk, organisers
from parentsite.groups.desk.group import sheet_of
from parentsite.groups.service import staffing
from parentsite.groups.service.errors import TooLate


@desk.route("/<uuid:group_id>/luk", methods=["GET", "POST"])
@open_to(organisers)
def close(group_id: UUID) -> AnyResponse:
    """Nobody new joins; what follows is said first."""
    sheet = sheet_of(group_id)
    if typed(Form).is_submitted():
        try:
            staffing.close(work(), group_id)
            return _back(group_id, gettext("The group is closed to newcomers."))
        except TooLate:
            return refused("groups/desk/close.html", sheet=sheet)
    return page("groups/desk/close.html", sheet=sheet)


@desk.post("/<uuid:group_id>/aabn")
@open_to(organisers)
def reopen(group_id: UUID) -> AnyResponse:
    """Newcomers may join again."""
    try:
        staffing.reopen(work(), group_id)
    except TooLate:
        return refused("groups/desk/close.html", sheet=sheet_of(group_id))
    return _back(group_id, gettext("Newcomers may join the group again."))


@desk.route("/<uuid:group_id>/nedlaeg", methods=["GET", "POST"])
@open_to(organisers)
def cancel(group_id: UUID) -> AnyResponse:
    """There is no group any more; what follows is said first."""
    sheet = sheet_of(group_id)
    if typed(Form).is_submitted():
        staffing.cancel(work(), group_id)
        return _back(group_id, gettext("The group is cancelled. Everybody in it gets a letter."))
    return page("groups/desk/cancel.html", sheet=sheet)


def _back(group_id: UUID, said: str) -> AnyResponse:
    return go_to(url_for("groups_desk.group", group_id=group_id), said)
