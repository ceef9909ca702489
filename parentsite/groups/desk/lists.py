"""The list of groups."""

from flask import Response

from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.groups.desk.blueprint import desk, organisers
from parentsite.groups.desk.forms import ListForm
from parentsite.groups.service.desk_lists import desk_groups
from parentsite.town.service import current_town


@desk.get("")
@open_to(organisers)
def groups() -> Response:
    """The groups on one shelf, as many as fit a page. Nobody is named here."""
    form = asked(ListForm).of(current_town(work().session))
    wanted, number = form.wanted()
    sheet = desk_groups(work(), wanted, number)
    return page("groups/desk/groups.html", sheet=sheet, wanted=wanted, form=form)
