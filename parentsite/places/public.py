"""Before sign-in: how a place is found, when the right begins, and the houses."""

from flask import Blueprint, Response, abort, request

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import answer, page
from parentsite.foundation.web.transactions import work
from parentsite.places.forms import BirthForm, SearchForm
from parentsite.places.policy import policy_of
from parentsite.places.rules.preview import Preview, preview
from parentsite.town.search import find_facilities
from parentsite.town.service import current_town
from parentsite.town.town import Town

public = Blueprint("places_public", __name__)


@public.get("/<lang>/plads")
@open_to(anyone)
def guide() -> Response:
    """How a place is found, and the calculator."""
    now = work()
    town = current_town(now.session)
    form = asked(BirthForm)
    found: Preview | None = None
    status = 200
    if request.args.get("birth") is not None:
        if form.validate():
            found = preview(birth=form.birth.data, today=now.today, policy=policy_of(town))
        else:
            status = 422
    facts = {"form": form, "found": found, "policy": policy_of(town), "today": now.today, "htmx_page": True}
    return answer("places/guide.html", "places/_dates.html", status=status, **facts)


@public.get("/<lang>/bornehuse")
@open_to(anyone)
def houses() -> Response:
    """The houses, by district, age group and free text."""
    town = current_town(work().session)
    form = asked(SearchForm)
    form.district.choices = ["", *(one.code for one in town.districts)]
    found = _find(town, form) if form.validate() else ()
    return answer("places/houses.html", "places/_houses.html", form=form, found=found, htmx_page=True)


@public.get("/<lang>/bornehuse/<code>")
@open_to(anyone)
def house(code: str) -> Response:
    """One house: what is known, and as of when."""
    town = current_town(work().session)
    facility = town.facility(code)
    if facility is None:
        abort(404)
    return page("places/house.html", facility=facility, today=work().today)


def _find(town: Town, form: SearchForm) -> object:
    return find_facilities(town, form.district.data or None, form.age.data or None, form.q.data or "")
