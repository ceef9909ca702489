"""The meetings of one's own group: saying "cannot come", taking it back, and the calendar entry."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.calendar import CONTENT_TYPE, calendar_file
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.pages import go_to
from parentsite.foundation.web.saved import to_save
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.groups.service import calendar, meetings
from parentsite.groups.service.errors import TooLate
from parentsite.groups.views.blueprint import mit


@mit.post("/plads/<uuid:member>/moede/<uuid:meeting>/afbud")
@open_to(parents)
def absent(member: UUID, meeting: UUID) -> AnyResponse:
    """I cannot come; nobody asks why."""
    return _say(meetings.cannot_come, member, meeting, gettext("You have said that you cannot come."))


@mit.post("/plads/<uuid:member>/moede/<uuid:meeting>/kommer")
@open_to(parents)
def present(member: UUID, meeting: UUID) -> AnyResponse:
    """I can come after all."""
    return _say(meetings.can_come, member, meeting, gettext("You have said that you can come after all."))


@mit.get("/plads/<uuid:member>/moede/<uuid:meeting>/aftale.ics")
@open_to(parents)
def entry(member: UUID, meeting: UUID) -> Response:
    """The meeting for a calendar, without the kind of group and without the address; cancelled, it goes out of it."""
    found = calendar.entry_of(work(), me(), member, meeting, gettext("Appointment"))
    return to_save(calendar_file(found, work().now), CONTENT_TYPE, "aftale.ics")


def _say(verb: Callable[[Work, UUID, UUID, UUID], None], member: UUID, meeting: UUID, said: str) -> AnyResponse:
    try:
        verb(work(), me(), member, meeting)
    except TooLate:
        said = gettext("Nothing was changed: the meeting has begun, or it is cancelled.")
    return go_to(url_for("groups.place", member=member), said=said)
