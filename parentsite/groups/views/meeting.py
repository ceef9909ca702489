"""The meetings of one's own group: saying "cannot come", and taking it back."""

from collections.abc import Callable
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.pages import go_to
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.groups.service import meetings
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


def _say(verb: Callable[[Work, UUID, UUID, UUID], None], member: UUID, meeting: UUID, said: str) -> AnyResponse:
    try:
        verb(work(), me(), member, meeting)
    except TooLate:
        said = gettext("Nothing was changed: the meeting has begun, or it is cancelled.")
    return go_to(url_for("groups.place", member=member), said=said)
