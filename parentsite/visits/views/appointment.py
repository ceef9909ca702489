"""An appointment: what it is, confirming it, giving it back, and its calendar entry."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.calendar import CONTENT_TYPE, calendar_file
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import REFUSED, go_to, page
from parentsite.foundation.web.saved import to_save
from parentsite.foundation.web.transactions import work
from parentsite.visits.forms import PickForm
from parentsite.visits.service import booking
from parentsite.visits.service.entry import entry_of
from parentsite.visits.service.errors import SlotGone, TooLate
from parentsite.visits.service.homes import Home, home_of
from parentsite.visits.service.plans import Appointment, appointment_of
from parentsite.visits.views.blueprint import mit, my_plan, my_policy, offered


@mit.get("/aftale/<uuid:appointment>")
@open_to(parents)
def appointment(appointment: UUID) -> Response:
    """The appointment: the receipt, and all that can be done with it."""
    return _show(appointment)


@mit.post("/aftale/<uuid:appointment>/ja")
@open_to(parents)
def confirm(appointment: UUID) -> AnyResponse:
    """Yes to a time that the health visitor has proposed."""
    try:
        booking.confirm(work(), me(), appointment, typed(PickForm).slot_id)
    except (SlotGone, TooLate):
        return _show(appointment, status=REFUSED)
    return go_to(url_for("visits.appointment", appointment=appointment), said=gettext("You have said yes."))


@mit.route("/aftale/<uuid:appointment>/aflys", methods=["GET", "POST"])
@open_to(parents)
def cancel(appointment: UUID) -> AnyResponse:
    """Give the time back: what follows is said first. With the one button for illness it is done in one tap."""
    if request.method == "POST":
        try:
            booking.cancel(work(), me(), appointment, is_ill="ill" in request.form)
        except TooLate:
            return _show(appointment, status=REFUSED)
        return go_to(url_for("visits.appointment", appointment=appointment))
    one = _mine(appointment)
    if not one.may_be_changed(work().now):
        return go_to(url_for("visits.appointment", appointment=appointment))
    return page("visits/cancel.html", **_facts(one))


@mit.get("/aftale/<uuid:appointment>/aftale.ics")
@open_to(parents)
def entry(appointment: UUID) -> Response:
    """The appointment for a calendar; one that was cancelled takes its entry away."""
    one = _mine(appointment)
    return to_save(calendar_file(entry_of(one, gettext("Appointment")), work().now), CONTENT_TYPE, "aftale.ics")


def _mine(appointment: UUID) -> Appointment:
    """For an adult who may change it; for all others there is no such page."""
    return appointment_of(work(), me(), booking.standing(work(), me(), appointment).child_id, appointment)


def _show(appointment: UUID, status: int = 200) -> Response:
    one = _mine(appointment)
    home = home_of(work(), me())
    facts = _facts(one) | {"has_told": home != Home(), "refused": status == REFUSED}
    facts["may_choose"] = facts["offer"] is not None and facts["offer"].may_be_chosen(work().today)
    return page("visits/appointment.html", status=status, **facts)


def _facts(one: Appointment) -> dict[str, Any]:
    plan = my_plan(one.child_id)
    return {
        "one": one,
        "child": plan.child,
        "offer": offered(plan, one.visit),
        "policy": my_policy(),
        "now": work().now,
    }
