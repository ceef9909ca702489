"""The pages before sign-in that belong to no journey: front page, accessibility statement, privacy, signs of life."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.journey import Journey, Spot
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import database, work
from parentsite.foundation.web.ways import ways
from parentsite.town.service import current_town


def public_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `home`, over all journeys."""
    public = Blueprint("home", __name__)

    @public.get("/<lang>/")
    @open_to(anyone)
    def front() -> Response:
        """What a parent can do here."""
        return page("home/front.html", hero=ways(journeys, Spot.HERO), ways=ways(journeys, Spot.FRONT))

    for path, view in PAGES.items():
        public.add_url_rule(path, view.__name__, view)
    return public


@open_to(anyone)
def root() -> AnyResponse:
    """On to the language that the browser asks for."""
    return _in_preferred("home.front")


@open_to(anyone)
def was() -> AnyResponse:
    """The short address of the accessibility statement that the law's guidance asks for."""
    return _in_preferred("home.accessibility")


@open_to(anyone)
def accessibility() -> Response:
    """The accessibility statement (webtilgængelighedsloven)."""
    return page("home/accessibility.html")


@open_to(anyone)
def privacy() -> Response:
    """What is kept, why, for how long, and who sees it."""
    return page("home/privacy.html", keep_days=current_town(work().session).settings.draft_keep_days.value)


@open_to(anyone)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@open_to(anyone)
def readyz() -> AnyResponse:
    """The process, its database and its town are ready for visitors."""
    with database().read() as session:
        session.execute(text("SELECT 1"))
        current_town(session)
    return jsonify(status="ready")


def _in_preferred(endpoint: str) -> AnyResponse:
    response = redirect(url_for(endpoint, lang=preferred_language().code), 302)
    response.vary.add("Accept-Language")
    return response


PAGES: Mapping[str, Callable[..., Any]] = {
    "/": root,
    "/was": was,
    "/<lang>/tilgaengelighed": accessibility,
    "/<lang>/privatliv": privacy,
    "/healthz": healthz,
    "/readyz": readyz,
}
