"""The whole way from birth to school on a page of its own: a signed-in parent's child's, and, for anybody, that of a
date which is typed and kept nowhere. Each stop with a day has a calendar file.

What anybody types stays out of the browser's history where there is script (the answer is swapped in); without it the
date stands in the address, as in every form before sign-in that only asks: so the page can be gone back to, read in
another language and shared by two parents. The answer is never kept (`no-store`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, Response, abort, request
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from parentsite.foundation.calendar import CONTENT_TYPE, DayEntry, day_file
from parentsite.foundation.journey import Journey, Stop
from parentsite.foundation.web.access import anyone, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import Form, asked
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.web.pages import REFUSED, answer, page
from parentsite.foundation.web.saved import to_save
from parentsite.foundation.web.transactions import work
from parentsite.foundation.work import Work
from parentsite.home.asking import ask_each
from parentsite.home.stations import BEHIND, Station
from parentsite.home.way import shows_way, some_child, ways_of, weeks_early
from parentsite.people.children import ChildView, child_for
from parentsite.town.service import current_town

SCHOOL = "school"
"""The last stop, whoever tells of it: a child who has come by it is on no way any more."""


class DayForm(Form):
    """A birth date or a due date."""

    birth = DateField("", validators=[InputRequired(_l("Write the birth date, or the day the child is expected."))])


def way_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `way`, over all journeys."""
    pages = Blueprint("way", __name__)
    _own(pages, journeys)
    _anybodys(pages, journeys)
    return pages


def _own(pages: Blueprint, journeys: Sequence[Journey]) -> None:
    @pages.get("/mit/<lang>/vej/<uuid:child>")
    @open_to(parents)
    def child(child: UUID) -> Response:
        """The way of one's own child, with what has really happened."""
        seen = _seen(child)
        stations, missing = _own_way(journeys, work(), seen)
        return page("home/way.html", child=seen, stations=stations, missing=missing, early=weeks_early(seen))

    @pages.get("/mit/<lang>/vej/<uuid:child>/<stop>.ics")
    @open_to(parents)
    def file(child: UUID, stop: str) -> Response:
        """The day of one stop, for a calendar; neither the child nor its name is in it."""
        stations, _ = _own_way(journeys, work(), _seen(child))
        return _file(stations, stop, str(child))


def _anybodys(pages: Blueprint, journeys: Sequence[Journey]) -> None:
    @pages.get("/<lang>/barnets-vej")
    @open_to(anyone)
    def front() -> Response:
        """The way of a child born, or due, on a day; without one, only the question."""
        return _front(journeys, work())

    @pages.get("/<lang>/barnets-vej/<stop>.ics")
    @open_to(anyone)
    def day(stop: str) -> Response:
        """The day of one stop, for a calendar."""
        form = asked(DayForm)
        found = _typed_way(journeys, work(), form) if form.validate() else None
        return _file(found or abort(404), stop, form.birth.data.isoformat())


def _seen(child: UUID) -> ChildView:
    """The child, for an adult who may know of its times; there is no such page for anybody else."""
    seen = child_for(work().session, me(), child, work().today)
    return seen if seen is not None and shows_way(seen.sight) else abort(404)


def _own_way(journeys: Sequence[Journey], now: Work, child: ChildView) -> tuple[Sequence[Station], frozenset[str]]:
    told, silent = ask_each(journeys, lambda journey: journey.errands(now, me(), [child]))
    ways, missing = ways_of(journeys, now, [child], (one for one in told if isinstance(one, Stop)))
    return ways[child.id], silent | missing


def _front(journeys: Sequence[Journey], now: Work) -> Response:
    form = asked(DayForm)
    is_asked = request.args.get("birth") is not None
    stations = _typed_way(journeys, now, form) if is_asked and form.validate() else None
    facts: Mapping[str, object] = {
        "form": form,
        "stations": stations or (),
        "is_unborn": stations is not None and form.birth.data > now.today,
    }
    status = REFUSED if is_asked and stations is None else 200
    return answer("home/childs_way.html", "home/_childs_way.html", status=status, htmx_page=True, **facts)


def _typed_way(journeys: Sequence[Journey], now: Work, form: DayForm) -> Sequence[Station] | None:
    """None, and a sentence at the field, for a date that no child on this way can have."""
    day: date = form.birth.data
    horizon = current_town(now.session).settings.due_date_horizon_days.value
    if day > now.today + timedelta(days=horizon):
        form.refuse(form.birth, _l("A due date can be about nine months ahead. Look at the year."))
        return None
    some = some_child(day, now.today)
    ways, _ = ways_of(journeys, now, [some], ())
    if any(one.stop.code == SCHOOL and one.where in BEHIND for one in ways[None]):
        form.refuse(form.birth, _l("A child of that age goes to school. The way ends there."))
        return None
    return ways[None]


def _file(stations: Sequence[Station], code: str, of: str) -> Response:
    """A window is put in on its first day: a bar across two months would hide the rest of a calendar."""
    stop = next((one.stop for one in stations if one.stop.code == code), None)
    if stop is None or stop.first is None or stop.at is not None:
        abort(404)
    entry = DayEntry(f"parentsite-{of}-{code}", stop.first, stop.name, f"{_days(stop)}. {stop.text}")
    return to_save(day_file(entry, work().now), CONTENT_TYPE, f"{code}.ics")


def _days(stop: Stop) -> str:
    """The days as a calendar's note says them."""
    assert stop.first is not None
    assert stop.ends is not None
    if stop.is_about:
        return gettext("About %(month)s") % {"month": language().month(stop.first)}
    if stop.first == stop.ends:
        return language().long_date(stop.first)
    days = {"first": language().day(stop.first), "last": language().day(stop.ends)}
    return gettext("%(first)s to %(last)s") % days
