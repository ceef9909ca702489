"""One group: who is in it, who waits, when it meets; how many it holds; taking a member out."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import moment, work
from parentsite.groups.desk.blueprint import desk, organisers, read
from parentsite.groups.desk.forms import CapacityForm
from parentsite.groups.service import desk_sheet, staffing
from parentsite.groups.service.desk_sheet import DeskGroupSheet
from parentsite.groups.service.errors import NotFound, TooSmall
from parentsite.groups.service.reading import MEMBER, MEMBERS


def sheet_of(group_id: UUID) -> DeskGroupSheet:
    """The group, for a page that does not show who is in it. Raises `NotFound`."""
    return desk_sheet.desk_group(work(), group_id)


@desk.get("/<uuid:group_id>")
@open_to(organisers)
def group(group_id: UUID) -> Response:
    """The group with its members, its line, its meetings and what was written."""
    sheet = sheet_of(group_id)
    if sheet.members:
        read(MEMBERS, [(one.child_id, one.person_id) for one in sheet.members], ("parent_group", group_id))
    return page("groups/desk/group.html", sheet=sheet, now=moment())


@desk.route("/<uuid:group_id>/pladser", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(organisers)
def places(group_id: UUID) -> AnyResponse:
    """How many the group holds."""
    sheet = sheet_of(group_id)
    if sheet.capacity is None:
        raise NotFound(group_id)
    form = typed(CapacityForm, data={"capacity": sheet.capacity})
    if form.is_submitted() and form.validate():
        try:
            staffing.resize(work(), group_id, form.number)
            return go_to(url_for("groups_desk.group", group_id=group_id), gettext("The number of places is changed."))
        except TooSmall:
            form.refuse(form.capacity, lazy_gettext("More places are taken. Take somebody out first."))
    show = refused if form.is_submitted() else page
    return show("groups/desk/places.html", sheet=sheet, form=form)


@desk.route("/<uuid:group_id>/medlem/<uuid:member>/ud", methods=["GET", "POST"])
@open_to(organisers)
def take_out(group_id: UUID, member: UUID) -> AnyResponse:
    """End a place, or a place in line; what follows is said first."""
    sheet = sheet_of(group_id)
    if typed(Form).is_submitted():
        is_told = staffing.take_out(work(), group_id, member)
        out = gettext("The parent is taken out, and gets a letter.")
        return go_to(
            url_for("groups_desk.group", group_id=group_id),
            out if is_told else gettext("The parent was out of the group already."),
        )
    found = next((one for one in sheet.members if one.id == member), None)
    if found is None:
        raise NotFound(member)
    read(MEMBER, [(found.child_id, found.person_id)], ("group_member", member))
    return page("groups/desk/take_out.html", sheet=sheet, member=found)
