"""The team's working hours and days off. A colleague may note illness for her who is ill."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.town.service import current_town
from parentsite.visits.desk.blueprint import desk, visitors
from parentsite.visits.desk.forms import AwayForm, EndForm, HoursForm
from parentsite.visits.service import planning
from parentsite.visits.service.team import WeekPlan, team, week_plan


@desk.get("/team")
@open_to(visitors)
def colleagues() -> Response:
    """Who works where, and who is away."""
    return page("visits/desk/team.html", found=team(work(), me()), me=me())


@desk.get("/team/<uuid:visitor>")
@open_to(visitors)
def plan(visitor: UUID) -> Response:
    """The week of one health visitor."""
    return page("visits/desk/plan.html", plan=_plan(visitor))


@desk.route("/team/<uuid:visitor>/tid", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def hours(visitor: UUID) -> AnyResponse:
    """Add weekly hours."""
    found = _plan(visitor)
    form = _hours_form({"since": work().today})
    if form.is_submitted() and form.validate() and form.is_whole(work().today):
        planning.add_hours(work(), visitor, form.shift())
        return go_to(url_for("visits_desk.plan", visitor=visitor), gettext("The hours are saved. Families see them."))
    show = refused if form.is_submitted() else page
    return show("visits/desk/hours.html", plan=found, form=form, shift=None)


@desk.route("/team/<uuid:visitor>/tid/<uuid:shift>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def change_hours(visitor: UUID, shift: UUID) -> AnyResponse:
    """Other hours from a day on: families whose time falls away are listed for moving."""
    found = _plan(visitor)
    these = found.hours_for(shift)
    clock = {"opens": f"{these.opens:%H:%M}", "closes": f"{these.closes:%H:%M}"}
    form = _hours_form({**asdict(these), **clock, "since": max(these.since, work().today)})
    if form.is_submitted() and form.validate() and form.is_whole(work().today):
        planning.change_hours(work(), visitor, shift, form.shift())
        return _where_next(visitor)
    show = refused if form.is_submitted() else page
    return show("visits/desk/hours.html", plan=found, form=form, shift=shift)


@desk.route("/team/<uuid:visitor>/tid/<uuid:shift>/slut", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def end_hours(visitor: UUID, shift: UUID) -> AnyResponse:
    """These hours are no longer worked from a day on."""
    found = _plan(visitor)
    form = typed(EndForm, data={"day": work().today})
    if form.is_submitted() and form.validate() and form.is_whole(work().today):
        planning.end_hours(work(), visitor, shift, form.day.data)
        return _where_next(visitor)
    show = refused if form.is_submitted() else page
    return show("visits/desk/end.html", plan=found, form=form, shift=shift, these=found.hours_for(shift))


@desk.route("/team/<uuid:visitor>/fri", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def away(visitor: UUID) -> AnyResponse:
    """Days off: families who have a time then are listed for moving."""
    found = _plan(visitor)
    form = typed(AwayForm, data={"first": work().today, "last": work().today})
    if form.is_submitted() and form.validate() and form.is_whole(work().today):
        planning.be_away(work(), visitor, form.first.data, form.last.data)
        return _where_next(visitor)
    show = refused if form.is_submitted() else page
    return show("visits/desk/away.html", plan=found, form=form)


@desk.post("/team/<uuid:visitor>/fri/<uuid:absence>/slet")
@open_to(visitors)
def back(visitor: UUID, absence: UUID) -> AnyResponse:
    """Days off that were a mistake, or end before their time."""
    _plan(visitor)
    planning.be_back(work(), visitor, absence)
    return go_to(url_for("visits_desk.plan", visitor=visitor), gettext("The days off are taken away."))


def _hours_form(shown: Mapping[str, object]) -> HoursForm:
    form = typed(HoursForm, data=dict(shown))
    form.district.choices = [("", ""), *((one.code, one.name) for one in current_town(work().session).districts)]
    return form


def _plan(visitor: UUID) -> WeekPlan:
    return week_plan(work(), visitor, me())


def _where_next(visitor: UUID) -> AnyResponse:
    """To the families who are to be moved, if a change of the plan has left any; else back to the plan."""
    if planning.has_displaced(work(), visitor):
        return go_to(
            url_for("visits_desk.families"),
            gettext("Saved. The families below have a time that cannot be kept. Find each of them another."),
        )
    return go_to(url_for("visits_desk.plan", visitor=visitor), gettext("Saved. No family has to be moved."))
