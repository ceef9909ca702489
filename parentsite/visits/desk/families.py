"""The families who wait for the health visitors, and one family at a time: its plan, and proposing a time."""

from typing import Any
from uuid import UUID

from flask import Response, abort, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.people.casework import Adult, Family
from parentsite.visits.desk.blueprint import desk, read, visitors
from parentsite.visits.desk.forms import ProposeForm, ShiftForm
from parentsite.visits.rules.windows import FURTHEST_SHIFT_DAYS, BadShift
from parentsite.visits.service import contacts, offering, overview, reading, shifting, visiting, waiting
from parentsite.visits.service.errors import AlreadyBooked, NotFound, NotOffered, ReasonNeeded, SlotGone


@desk.get("/familier")
@open_to(visitors)
def families() -> Response:
    """Whom to move, whom to answer, whom to contact."""
    displaced = waiting.displaced(work())
    requests, unmet = waiting.open_requests(work()), contacts.not_contacted(work())
    shown = {(one.child_id, one.host_id) for one in displaced} | {(one.child_id, one.person_id) for one in requests}
    shown |= {(one.child_id, one.child_id) for one in unmet}
    if shown:
        read(reading.WAITING, shown, ("family_list", "visits"))
    return page("visits/desk/families.html", displaced=displaced, requests=requests, unmet=unmet)


@desk.get("/familie/<uuid:child>")
@open_to(visitors)
def family(child: UUID) -> Response:
    """One family: whom to call, the plan, what it asks."""
    sheet = overview.overview(work(), child)
    requests = waiting.open_requests(work(), child)
    contact = contacts.contact_of(work(), child)
    _read(sheet.family)
    return page("visits/desk/family.html", sheet=sheet, family=sheet.family, requests=requests, contact=contact)


@desk.route("/familie/<uuid:child>/<code>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def propose(child: UUID, code: str) -> AnyResponse:
    """Propose a time for one visit of the plan, or outside of it."""
    sheet = overview.overview(work(), child)
    row, host = sheet.row_for(code), _host(sheet.family)
    form = typed(ProposeForm)
    if form.is_submitted() and host and form.validate() and form.is_a_time():
        try:
            visiting.propose(work(), child, host.id, code, form.slot_id)
            return go_to(url_for("visits_desk.family", child=child), gettext("The time is proposed to the family."))
        except SlotGone:
            form.refuse(form.slot, lazy_gettext("This time is no longer free. Choose another."))
        except AlreadyBooked:
            form.refuse(form.slot, lazy_gettext("The family has an appointment for this visit already."))
        except NotOffered:
            form.refuse(form.slot, lazy_gettext("The child is not born yet. Times are proposed after the birth."))
    times = offering.times_for(work(), sheet.family, code, host.id if host else None)
    _read(sheet.family)
    facts: dict[str, Any] = {"family": sheet.family, "row": row, "code": code, "host": host, "times": times}
    shown = refused if form.is_submitted() else page
    return shown("visits/desk/propose.html", form=form, **facts)


@desk.post("/oenske/<uuid:request>/besvaret")
@open_to(visitors)
def answer(request: UUID) -> AnyResponse:
    """The family has been called: it is told that its request is answered."""
    contacts.answer(work(), request, me())
    return go_to(url_for("visits_desk.families"), gettext("The request is answered. The family gets a letter."))


@desk.post("/familie/<uuid:child>/kontakt")
@open_to(visitors)
def contact(child: UUID) -> AnyResponse:
    """The family has been called, or written to: it is no longer looked for."""
    contacts.note(work(), child, me())
    return go_to(url_for("visits_desk.families"), gettext("It is noted that you have been in touch with the family."))


@desk.post("/familie/<uuid:child>/kontakt/slet")
@open_to(visitors)
def no_contact(child: UUID) -> AnyResponse:
    """That was noted by a slip."""
    contacts.take_back(work(), child)
    said = gettext("It is no longer noted. The family is looked for again until it has an appointment.")
    return go_to(url_for("visits_desk.family", child=child), said)


@desk.route("/familie/<uuid:child>/<code>/dage", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(visitors)
def shift(child: UUID, code: str) -> AnyResponse:
    """Move the days of a visit, and of all after it, for a child who was born early."""
    sheet = overview.overview(work(), child)
    row = sheet.row_for(code)
    if row.window is None:
        raise NotFound(code)
    form = typed(ShiftForm, data={"days": row.window.shifted_days})
    if form.is_submitted() and form.validate():
        try:
            shifting.shift_window(work(), child, code, form.days.data or 0, form.reason.data or "")
            return go_to(url_for("visits_desk.family", child=child), gettext("The days are moved. The family sees it."))
        except ReasonNeeded:
            form.refuse(form.reason, lazy_gettext("Write why the days are moved."))
        except BadShift:
            form.refuse(form.days, lazy_gettext("The days cannot lie there. Keep the order of the visits."))
    _read(sheet.family)
    facts: dict[str, Any] = {"row": row, "family": sheet.family, "made": shifting.shifts_made(work(), child).get(code)}
    shown = refused if form.is_submitted() else page
    return shown("visits/desk/shift.html", form=form, code=code, most=FURTHEST_SHIFT_DAYS, **facts)


def _host(family: Family) -> Adult | None:
    """In whose home: the adult named, else the first; none when nobody decides for the child."""
    named = request.values.get("host") or None
    if named is None:
        return family.adults[0] if family.adults else None
    found = next((one for one in family.adults if str(one.id) == named), None)
    return found or abort(404)


def _read(family: Family) -> None:
    child = family.child_id
    read(reading.FAMILY, [(child, child)], ("child", child), besides=[adult.id for adult in family.adults])
