"""A parent's own calendar: an address from which it fetches all appointments, and the pages on which she has it made
and stopped.

What others may read in a calendar is decided here, whatever a journey's entries say: the word "Appointment", and the
place if she chose so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, abort, g, make_response, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse
from wtforms import RadioField
from wtforms.validators import InputRequired

from parentsite.foundation.calendar import CONTENT_TYPE, CalendarEntry, calendar_feed
from parentsite.foundation.i18n import DANISH, LANGUAGES
from parentsite.foundation.journey import Journey
from parentsite.foundation.web.access import anyone, gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import Form, typed
from parentsite.foundation.web.headers import holds_secret
from parentsite.foundation.web.language import gettext
from parentsite.foundation.web.limits import limiter
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import side_work, work
from parentsite.foundation.work import Work
from parentsite.people import calendars
from parentsite.people.calendars import OwnAddress
from parentsite.people.children import children_of

MOST_READS = "120 per minute"
"""From one network address: the large calendar services ask for many families from few."""


class PlaceForm(Form):
    """Whether calendars are told where."""

    place = RadioField(
        "", choices=["no", "yes"], validators=[InputRequired(_l("Choose whether your calendar shows the place."))]
    )


def calendar_pages(journeys: Sequence[Journey], base_url: str) -> Blueprint:
    """The blueprint `calendar`, over all journeys; addresses begin with `base_url`."""
    pages = Blueprint("calendar", __name__, url_prefix="/mit")

    @pages.route("/<lang>/kalender", methods=["GET", "POST"])
    @gives_back_what_was_typed
    @open_to(parents)
    def front() -> AnyResponse:
        """What a calendar is told, the address when it has just been made, and the choice of the place."""
        return _front(base_url)

    @pages.get("/kalender/<token>.ics")
    @limiter.limit(MOST_READS)
    @open_to(anyone)
    def feed(token: str) -> Response:
        """For a calendar, which signs in nowhere: whoever has the address may read."""
        return _feed(journeys, token)

    pages.add_url_rule("/<lang>/kalender/ny", "renew", _renew, methods=["GET", "POST"])
    pages.add_url_rule("/<lang>/kalender/stop", "stop", _stop, methods=["GET", "POST"])
    return pages


def _front(base_url: str) -> AnyResponse:
    own = calendars.own_address(work(), me())
    form = typed(PlaceForm, data={"place": "yes" if own and own.shows_place else "no"})
    if form.is_submitted() and form.validate():
        return _chosen(own, shows_place=form.place.data == "yes")
    if form.is_submitted():
        return refused("home/calendar.html", form=form, own=own, address=None)
    address = f"{base_url}{url_for('calendar.feed', token=own.token)}" if own and own.token else None
    response = page("home/calendar.html", form=form, own=own, address=address)
    if own and address:
        holds_secret(response)
        if request.method == "GET":
            with side_work() as aside:
                calendars.mark_shown(aside, own.id)
    return response


def _chosen(own: OwnAddress | None, *, shows_place: bool) -> AnyResponse:
    if own is None:
        calendars.make(work(), me(), shows_place=shows_place)
        return go_to(url_for("calendar.front"), said=gettext("Your calendar link is made."))
    calendars.choose_place(work(), me(), shows_place=shows_place)
    return go_to(url_for("calendar.front"), said=gettext("Your choice is saved."))


@open_to(parents)
def _renew() -> AnyResponse:
    """Another address in place of the present one; a page left open, or a second press, replaces nothing newer."""
    own = calendars.own_address(work(), me())
    if request.method == "POST" and own and request.form.get("present") == str(own.id):
        calendars.replace(work(), me(), own.id)
        return go_to(url_for("calendar.front"), said=gettext("Your new calendar link is made."))
    if request.method == "POST" or own is None:
        return go_to(url_for("calendar.front"))
    return page("home/calendar_renew.html", own=own)


@open_to(parents)
def _stop() -> AnyResponse:
    """The address leads nowhere any more: what follows is said first."""
    if request.method == "POST":
        calendars.stop(work(), me())
        return go_to(url_for("calendar.front"), said=gettext("Your calendar link is stopped."))
    if calendars.own_address(work(), me()) is None:
        return go_to(url_for("calendar.front"))
    return page("home/calendar_stop.html")


def _feed(journeys: Sequence[Journey], token: str) -> Response:
    now = work()
    reader = calendars.reader_by(now, token)
    if reader is None:
        abort(404)
    g.language = LANGUAGES.get(reader.language, DANISH)
    entries = _discreet(_entries(journeys, now, reader.person), shows_place=reader.shows_place)
    response = make_response(calendar_feed(entries, gettext("Appointments"), now.now))
    response.headers["Content-Type"] = CONTENT_TYPE
    if reader.read_on != now.today:
        with side_work() as aside:
            calendars.mark_read(aside, reader.address_id)
    return response


def _entries(journeys: Sequence[Journey], now: Work, person: UUID) -> list[CalendarEntry]:
    """What the journeys tell of the children whom this person may see today.

    One that cannot answer ends it all: a feed without its entries would take them out of the calendar.
    """
    children = children_of(now.session, person, now.today)
    found = [one for journey in journeys for one in journey.calendar(now, person, children)]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def _discreet(entries: Iterable[CalendarEntry], *, shows_place: bool) -> list[CalendarEntry]:
    title = gettext("Appointment")
    return [replace(one, title=title, place=one.place if shows_place else None) for one in entries]
