"""The anonymous zone's pages."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.town.directory import ServiceCode
from parentsite.town.service import current_town

samtale = Blueprint("counselling", __name__, url_prefix="/samtale")


@samtale.get("/")
@open_to(anyone)
def root() -> AnyResponse:
    return redirect(url_for("counselling.front", lang=preferred_language().code), 302)


@samtale.get("/<lang>/")
@open_to(anyone)
def front() -> Response:
    """Who can be called now, without a name."""
    town = current_town(work().session)
    return page("counselling/front.html", house=town.service(ServiceCode.FAMILY_HOUSE), numbers=town.help_numbers)
