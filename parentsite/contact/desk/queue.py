"""The queue: who waits, the one who has waited longest first; and what the desk's front page says of it."""

from flask import Response

from parentsite.contact.desk.blueprint import desk, listed, teams
from parentsite.contact.desk.forms import QueueForm
from parentsite.contact.service import desk_lists
from parentsite.foundation.journey import QueueItem
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.town.service import current_town


@desk.get("")
@open_to(teams)
def letters() -> Response:
    """The letters of one's teams: those that wait, or those that are answered."""
    form = asked(QueueForm)
    waiting = not form.validate() or form.state.data != "answered"
    sheet = desk_lists.queue(work(), waiting=waiting, number=form.number)
    listed([(one.child_id, one.person_id) for one in sheet.rows])
    return page("contact/desk/letters.html", sheet=sheet, waiting=waiting)


def queue(work: Work) -> list[QueueItem]:
    """As the desk's front page lists it: a line for each team that has a letter nobody has taken."""
    roles = {team.code: team.role.value for team in current_town(work.session).letter_teams}
    return [
        QueueItem(roles[team], "contact/desk/_waits.html", "contact_desk.letters", {"count": count, "team": team})
        for team, count in desk_lists.waiting_by_team(work).items()
    ]
