"""How a page is shown: one helper gives the whole page to a browser and the fragment alone to htmx."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, g, make_response, redirect
from htmx_flask import request
from jinja2.environment import TemplateModule
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.i18n import LANGUAGES, Language
from parentsite.foundation.templates import LanguageEnvironment
from parentsite.foundation.web import sessions
from parentsite.foundation.web.language import language
from parentsite.foundation.web.sessions import Standing
from parentsite.foundation.web.transactions import work

REFUSED = 422
SEE_OTHER = 303


def page(template: str, *, status: int = 200, **facts: Any) -> Response:
    """The whole page."""
    return make_response(render(template, **facts), status)


def answer(template: str, fragment: str, *, status: int = 200, **facts: Any) -> Response:
    """The page, or only the fragment it includes when htmx asks (a history-restore request gets the page)."""
    wants_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    response = page(fragment if wants_fragment else template, status=status, **facts)
    response.vary.add("HX-Request")
    return response


def refused(template: str, fragment: str | None = None, **facts: Any) -> Response:
    """A form that cannot be taken as it is: 422, the summary of errors, and everything that was typed."""
    if fragment is None:
        return page(template, status=REFUSED, **facts)
    return answer(template, fragment, status=REFUSED, **facts)


def go_to(url: str, said: str | None = None) -> AnyResponse:
    """After a success: see the next page (303), so that going back never sends twice; the page tells first what was
    `said`.
    """
    if said is not None:
        sessions.say(work(), g.visit.token, said)
    if request.htmx:
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url, SEE_OTHER)


def render(template: str, **facts: Any) -> str:
    """The template in the page's language, with what every page knows."""
    environments: Mapping[str, LanguageEnvironment] = current_app.extensions["parentsite.environments"]
    frame = current_app.extensions["parentsite.frame"]
    return environments[language().code].get_template(template).render({**frame(), **facts})


def part(spoken: Language, template: str, **facts: Any) -> TemplateModule:
    """A part of a page that speaks a language of its own, from what it is told alone; it is escaped already."""
    environments: Mapping[str, LanguageEnvironment] = current_app.extensions["parentsite.environments"]
    return environments[spoken.code].get_template(template).make_module(facts)


def in_each_language() -> list[tuple[Language, str]]:
    """This same page in every language; the front page when the address has no language."""
    path, own = request.path, language()
    if request.url_rule is None or f"/{own.code}/" not in path:
        return [(each, f"/{each.code}/") for each in LANGUAGES.values()]
    query = request.query_string.decode("latin-1") if request.method == "GET" else ""
    before, _, after = path.partition(f"/{own.code}/")
    rest = f"{after}?{query}" if query else after
    return [(each, f"{before}/{each.code}/{rest}") for each in LANGUAGES.values()]


def told() -> str | None:
    """What the page tells first, because the form before it came to something; once it has been shown it is gone."""
    sentence: str | None = g.visit.said if is_signed_in() else None
    g.was_told = sentence is not None
    return sentence


def is_signed_in() -> bool:
    """Whether somebody is signed in to this zone."""
    visit = g.get("visit")
    return visit is not None and visit.standing is Standing.LIVE and visit.actor is not None
