"""The queue: who waits, the one who has waited longest first; and what the desk's front page says of it."""

from flask import Response

from parentsite.contact.desk.blueprint import desk, listed, teams
from parentsite.contact.desk.forms import QueueForm
from parentsite.contact.service import desk_lists
from parentsite.contact.service.desk_lists import Shelf
from parentsite.foundation.journey import QueueItem
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.town.service import current_town


@desk.get("")
@open_to(teams)
def letters() -> Response:
    """The letters of one's teams, by shelf."""
    form = asked(QueueForm)
    shelf = Shelf(form.state.data) if form.validate() and form.state.data else Shelf.WAITING
    sheet = desk_lists.queue(work(), shelf, form.number)
    listed(shelf, [(one.child_id, one.person_id) for one in sheet.rows])
    return page("contact/desk/letters.html", sheet=sheet, shelf=shelf, me=me())


def queue(work: Work) -> list[QueueItem]:
    """As the desk's front page lists it: a line for each team that has a letter nobody has taken."""
    roles = {team.code: team.role.value for team in current_town(work.session).letter_teams}
    return [
        QueueItem(roles[team], "contact/desk/_waits.html", "contact_desk.letters", {"count": count, "team": team})
        for team, count in desk_lists.waiting_by_team(work).items()
    ]
