"""Meetings of a group: several planned at once, one moved, one cancelled."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import fresh_key, key_of
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import moment, work
from parentsite.groups.desk.blueprint import desk, organisers
from parentsite.groups.desk.forms import MeetingForm, SeriesForm, typed_hours
from parentsite.groups.desk.group import sheet_of
from parentsite.groups.rules.series import Rhythm
from parentsite.groups.service import meetings
from parentsite.groups.service.desk_sheet import DeskGroupSheet, DeskMeeting
from parentsite.groups.service.errors import NotFound, TooLate
from parentsite.groups.service.meetings import Hours
from parentsite.town.service import current_town


@desk.route("/<uuid:group_id>/moeder", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(organisers)
def add(group_id: UUID) -> AnyResponse:
    """Plan more meetings."""
    sheet, town = sheet_of(group_id), current_town(work().session)
    form = typed(SeriesForm, data={"every": Rhythm.ONCE.value, "times": 1, "once": fresh_key()})
    if form.is_submitted():
        once = key_of(form.once.data)
        if form.validate() and form.is_sound(town, moment()):
            try:
                meetings.plan_meetings(work(), once, group_id, form.all_hours(town), form.address.data)
                return _back(group_id, gettext("The meetings are planned. The members get a letter."))
            except TooLate:
                form.refuse(form.day, lazy_gettext("The group is cancelled. Nothing was planned."))
    show = refused if form.is_submitted() else page
    return show("groups/desk/add.html", sheet=sheet, form=form)


@desk.route("/<uuid:group_id>/moede/<uuid:meeting>/flyt", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(organisers)
def move(group_id: UUID, meeting: UUID) -> AnyResponse:
    """Another time or place."""
    sheet, town = sheet_of(group_id), current_town(work().session)
    found = _meeting(sheet, meeting)
    form = typed(MeetingForm, data={**typed_hours(Hours(found.starts_at, found.ends_at)), "address": found.address})
    if form.is_submitted() and form.validate() and form.is_sound(town, moment()):
        try:
            meetings.move_meeting(work(), meeting, form.hours.starts_at, form.hours.ends_at, form.address.data)
            return _back(group_id, gettext("The meeting is moved. The members get a letter."))
        except TooLate:
            form.refuse(form.day, lazy_gettext("The meeting is over or cancelled. It was not moved."))
    show = refused if form.is_submitted() else page
    return show("groups/desk/move.html", sheet=sheet, meeting=found, form=form)


@desk.route("/<uuid:group_id>/moede/<uuid:meeting>/aflys", methods=["GET", "POST"])
@open_to(organisers)
def cancel_meeting(group_id: UUID, meeting: UUID) -> AnyResponse:
    """There is no meeting; what follows is said first."""
    sheet = sheet_of(group_id)
    found = _meeting(sheet, meeting)
    if typed(Form).is_submitted():
        try:
            meetings.cancel_meeting(work(), meeting)
            return _back(group_id, gettext("The meeting is cancelled. The members get a letter."))
        except TooLate:
            return refused("groups/desk/cancel_meeting.html", sheet=sheet, meeting=found, now=moment())
    return page("groups/desk/cancel_meeting.html", sheet=sheet, meeting=found, now=moment())


def _meeting(sheet: DeskGroupSheet, meeting: UUID) -> DeskMeeting:
    found = next((one for one in sheet.meetings if one.id == meeting), None)
    if found is None:
        raise NotFound(meeting)
    return found


def _back(group_id: UUID, said: str) -> AnyResponse:
    return go_to(url_for("groups_desk.group", group_id=group_id), said)
