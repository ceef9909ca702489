"""The start talks that families ask the health visitors to, and whether anything may be said there."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.pages import go_to, page
from parentsite.foundation.web.transactions import work
from parentsite.visits.desk.blueprint import desk, read, visitors
from parentsite.visits.rules.start import TalkState
from parentsite.visits.service import talk_list
from parentsite.visits.service.reading import START_TALKS
from parentsite.visits.service.start_talks import arrange


@desk.get("/start-samtaler")
@open_to(visitors)
def start_talks() -> Response:
    """Those to be arranged, and those arranged lately."""
    found = talk_list.start_talks(work())
    if found:
        read(START_TALKS, ((one.child_id, one.child_id) for one in found), ("start_talk_list", "visits"))
    asked = [one for one in found if one.state is TalkState.OPEN]
    arranged = [one for one in found if one.state is TalkState.ARRANGED]
    return page("visits/desk/start_talks.html", asked=asked, arranged=arranged)


@desk.post("/start-samtaler/<uuid:talk>/aftalt")
@open_to(visitors)
def talk_arranged(talk: UUID) -> AnyResponse:
    """It is arranged with the family."""
    arrange(work(), talk)
    said = gettext("The start talk is arranged. The family gets a letter.")
    return go_to(url_for("visits_desk.start_talks"), said)
