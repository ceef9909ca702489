"""Writing to parents: the families who fit are invited; members are told that there is a message."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import fresh_key, key_of
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.groups.desk.blueprint import desk, organisers
from parentsite.groups.desk.forms import MessageForm
from parentsite.groups.desk.group import sheet_of
from parentsite.groups.service import reaching
from parentsite.groups.service.errors import GroupClosed, NeverInvited, TooLate


@desk.route("/<uuid:group_id>/inviter", methods=["GET", "POST"])
@open_to(organisers)
def invite(group_id: UUID) -> AnyResponse:
    """Invite the families who fit; how many letters that is stands above the button."""
    sheet, is_pressed = sheet_of(group_id), typed(Form).is_submitted()
    try:
        if is_pressed:
            count = reaching.invite(work(), group_id)
            return go_to(url_for("groups_desk.group", group_id=group_id), _told(count))
        invited = reaching.invitation(work(), group_id)
    except (NeverInvited, GroupClosed):
        invited = None
    show = refused if is_pressed else page
    return show("groups/desk/invite.html", sheet=sheet, invited=invited)


def _told(count: int) -> str:
    return str(ngettext("One parent gets a letter.", "%(count)s parents get a letter.", count, count=count))


def _written() -> str:
    return str(gettext("The message stands on the members' pages. They get a letter that it is there."))


@desk.route("/<uuid:group_id>/besked", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(organisers)
def write(group_id: UUID) -> AnyResponse:
    """Write to all members."""
    sheet, form = sheet_of(group_id), typed(MessageForm, data={"once": fresh_key()})
    if form.is_submitted():
        once = key_of(form.once.data)
        if form.validate() and form.is_written():
            try:
                reaching.write_to_members(work(), once, group_id, form.body.data)
                return go_to(url_for("groups_desk.group", group_id=group_id), _written())
            except TooLate:
                form.refuse(form.body, lazy_gettext("The group is cancelled. Nobody gets the message."))
    show = refused if form.is_submitted() else page
    return show("groups/desk/write.html", sheet=sheet, form=form)
