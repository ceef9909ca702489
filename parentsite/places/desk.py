"""The placement office's pages."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.reading import Reading
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, staff
from parentsite.foundation.web.asker import fresh_key, key_of
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.forms import PageForm, asked, typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.reading import read_for
from parentsite.foundation.web.transactions import work
from parentsite.places.forms import ConfirmForm, ListForm, OfferForm, VacancyForm
from parentsite.places.policy import policy_of
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Purpose, VacancyState
from parentsite.places.service import lists, offers, office, reading, vacancies
from parentsite.places.service.errors import CannotOffer, NotFound, ReasonNeeded, Stale, VacancyGone
from parentsite.town.search import danish_order
from parentsite.town.service import current_town

desk = Blueprint("places_desk", __name__, url_prefix="/desk/plads")
clerks = staff(reading.ROLE)


@desk.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return error_page(404)


@desk.get("")
@open_to(clerks)
def applications() -> Response:
    """The applications in one state."""
    form = asked(ListForm)
    state = ApplicationState(form.state.data) if form.validate() and form.state.data else ApplicationState.SENT
    sheet = lists.applications(work(), state, form.number)
    _read(reading.APPLICATIONS, [one.child_id for one in sheet.rows], ("application_list", state.value))
    return page("places/desk/applications.html", sheet=sheet, state=state, counts=lists.counts(work()))


@desk.route("/sag/<uuid:application>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(clerks)
def case(application: UUID) -> AnyResponse:
    """A whole case; confirming that it has been read."""
    form = typed(ConfirmForm)
    changed = False
    if form.is_submitted():
        try:
            office.confirm(work(), application, form.shown, bool(form.special_need.data), bool(form.sibling.data))
            return go_to(url_for("places_desk.case", application=application))
        except Stale:
            changed = True
    found = office.case(work(), application)
    if form.special_need.raw_data is None:
        form.special_need.data = found.special_need_confirmed
        form.sibling.data = found.sibling_confirmed
    _read(reading.APPLICATION, [found.line.child_id], ("application", str(application)))
    facts: dict[str, Any] = {"case": found, "form": form, "changed": changed}
    return refused("places/desk/case.html", **facts) if changed else page("places/desk/case.html", **facts)


@desk.get("/huse")
@open_to(clerks)
def houses() -> Response:
    """Every house with the length of its lines."""
    town = current_town(work().session)
    found = sorted(town.facilities, key=lambda one: danish_order(one.name))
    return page("places/desk/houses.html", found=found, lengths=lists.line_lengths(work()))


@desk.route("/huse/<code>/<ages>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(clerks)
def line(code: str, ages: str) -> AnyResponse:
    """A house's waiting list in the published order, and its vacancies."""
    facility, age_group = _facility(code), _group(ages)
    form = typed(VacancyForm, data={"once": fresh_key()})
    if form.is_submitted() and form.validate() and form.is_near(work().today):
        vacancies.open_vacancy(work(), key_of(form.once.data), facility.code, age_group, form.starts_on.data)
        return go_to(url_for("places_desk.line", code=code, ages=ages))
    sheet = lists.waiting_list(work(), code, age_group, asked(PageForm).number)
    _read(reading.LINE, [one.child_id for one in sheet.rows], ("waiting_list", f"{code} {ages}"))
    free = lists.vacancies(work(), code, age_group)
    facts = {"facility": facility, "group": age_group, "sheet": sheet, "vacancies": free, "form": form}
    return refused("places/desk/line.html", **facts) if form.is_submitted() else page("places/desk/line.html", **facts)


@desk.route("/ledig/<uuid:vacancy>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(clerks)
def vacancy(vacancy: UUID) -> AnyResponse:
    """Offer a vacancy: to the first in line with one press, to another with a written reason."""
    place = vacancies.vacancy(work(), vacancy)
    form = typed(OfferForm)
    trouble: str | None = None
    if form.is_submitted() and form.validate():
        try:
            offers.make_offer(work(), vacancy, key_of(form.wish.data), form.reason.data or None)
            return go_to(url_for("places_desk.line", code=place.facility, ages=place.age_group.value))
        except ReasonNeeded:
            form.refuse(form.reason, _l("Write why this child is offered the place before the first in line."))
        except VacancyGone:
            trouble = "gone"
        except CannotOffer:
            trouble = "cannot"
    place = vacancies.vacancy(work(), vacancy)
    policy = policy_of(current_town(work().session))
    shown_page = asked(PageForm).number
    sheet = lists.waiting_list(work(), place.facility, place.age_group, shown_page, lists.WITH_FORMS)
    first = offers.first_in_line(work(), place)
    seen = [one.child_id for one in (*sheet.rows, first) if one]
    _read(reading.LINE, seen, ("vacancy", str(vacancy)))
    facts: dict[str, Any] = {
        "place": place,
        "facility": _facility(place.facility),
        "sheet": sheet,
        "first": first,
        "form": form,
        "trouble": trouble,
        "is_open": place.state is VacancyState.OPEN,
        "eligible": {one.wish_id for one in sheet.rows if offers.may_be_offered(place, one, policy)},
    }
    shown = refused if form.is_submitted() else page
    return shown("places/desk/vacancy.html", **facts)


@desk.post("/ledig/<uuid:vacancy>/luk")
@open_to(clerks)
def withdraw_vacancy(vacancy: UUID) -> AnyResponse:
    """The place is not free after all."""
    place = vacancies.vacancy(work(), vacancy)
    try:
        vacancies.withdraw_vacancy(work(), vacancy)
    except VacancyGone:
        return refused("places/desk/gone.html", place=place, facility=_facility(place.facility))
    return go_to(url_for("places_desk.line", code=place.facility, ages=place.age_group.value))


@desk.post("/tilbud/<uuid:offer>/tilbage")
@open_to(clerks)
def take_back(offer: UUID) -> AnyResponse:
    """Take an open offer back."""
    back = request.form.get("case", "")
    try:
        offers.take_back(work(), offer)
    except VacancyGone:
        return refused("places/desk/gone.html", place=None, facility=None)
    return go_to(url_for("places_desk.case", application=key_of(back)))


def _read(kind: Reading, children: list[UUID], about: tuple[str, str]) -> None:
    """What is read here is each child's own."""
    read_for(Purpose.CASEWORK, kind, [(one, one) for one in children], about)


def _facility(code: str) -> Any:
    facility = current_town(work().session).facility(code)
    if facility is None:
        abort(404)
    return facility


def _group(text: str) -> AgeGroup:
    try:
        return AgeGroup(text)
    except ValueError:
        abort(404)
