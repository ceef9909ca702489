"""The health visitor's own day, and each visit in it."""

from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.clock import local_date
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import asked, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import moment, work
from parentsite.people.casework import Family, family_of
from parentsite.visits.desk.blueprint import desk, read, visitors
from parentsite.visits.desk.forms import CallOffForm, DayForm, OutcomeForm, SlotForm
from parentsite.visits.rules.appointments import CalledOff, VisitState
from parentsite.visits.service import calling_off, offering, reading, rounds, visiting
from parentsite.visits.service.errors import NotFound, SlotGone, TooLate, TooSoon


@desk.get("")
@open_to(visitors)
def day() -> Response:
    """The visits of one day in driving order, and which days come next."""
    form = asked(DayForm)
    shown = form.chosen(work().today)
    stops = rounds.day_of(work(), me(), shown)
    ahead = rounds.days_ahead(work(), me())
    if stops:
        read(reading.DAY, [(stop.child_id, stop.host_id) for stop in stops], ("visit_day", me()))
    return page("visits/desk/day.html", day=shown, stops=stops, ahead=ahead, form=form, now=moment())


@desk.route("/aftale/<uuid:appointment>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def visit(appointment: UUID) -> AnyResponse:
    """One visit; saying what came of it."""
    form = typed(OutcomeForm)
    if form.is_submitted() and form.validate():
        try:
            visiting.say_outcome(work(), appointment, VisitState(form.outcome.data))
            shown = local_date(rounds.open_visit(work(), me(), appointment).stop.starts_at)
            return go_to(url_for("visits_desk.day", day=shown.isoformat()), gettext("It is noted."))
        except TooSoon:
            form.refuse(form.outcome, lazy_gettext("The visit has not begun yet."))
        except TooLate:
            form.refuse(form.outcome, lazy_gettext("The visit was cancelled. Nothing is noted."))
    opened = rounds.open_visit(work(), me(), appointment)
    read(reading.VISIT, [(opened.stop.child_id, opened.stop.host_id)], ("home_visit", appointment))
    show = refused if form.is_submitted() else page
    return show("visits/desk/visit.html", opened=opened, stop=opened.stop, form=form, now=moment())


@desk.route("/aftale/<uuid:appointment>/flyt", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def move(appointment: UUID) -> AnyResponse:
    """Propose another time for a visit."""
    form = typed(SlotForm)
    if form.is_submitted() and form.validate() and form.is_a_time():
        try:
            offering.propose_anew(work(), appointment, form.slot_id)
            return go_to(
                url_for("visits_desk.visit", appointment=appointment),
                gettext("The new time is proposed to the family."),
            )
        except SlotGone:
            form.refuse(form.slot, lazy_gettext("This time is no longer free. Choose another."))
        except TooLate:
            form.refuse(form.slot, lazy_gettext("The visit can no longer be moved. It is held or cancelled."))
    stop = rounds.open_visit(work(), me(), appointment).stop
    times = offering.times_for(work(), _family(stop.child_id), stop.visit, stop.host_id)
    read(reading.VISIT, [(stop.child_id, stop.host_id)], ("home_visit", appointment))
    show = refused if form.is_submitted() else page
    return show("visits/desk/move.html", stop=stop, times=times, form=form)


@desk.route("/aftale/<uuid:appointment>/aflys", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def call_off(appointment: UUID) -> AnyResponse:
    """Cancel a visit for a family."""
    form = typed(CallOffForm)
    if form.is_submitted() and form.validate():
        try:
            calling_off.call_off(work(), appointment, CalledOff(form.why.data))
            return go_to(
                url_for("visits_desk.visit", appointment=appointment),
                gettext("The visit is cancelled. The time is free for others."),
            )
        except TooLate:
            form.refuse(form.why, lazy_gettext("The visit cannot be cancelled any more. Open it again, and look."))
    stop = rounds.open_visit(work(), me(), appointment).stop
    read(reading.VISIT, [(stop.child_id, stop.host_id)], ("home_visit", appointment))
    show = refused if form.is_submitted() else page
    return show("visits/desk/call_off.html", stop=stop, form=form)


def _family(child: UUID) -> Family:
    found = family_of(work().session, child, work().today)
    if found is None:
        raise NotFound(child)
    return found
