"""One Flask app of the site, put together: language, session, access, transaction, headers, errors, in that order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from flask.sessions import SessionInterface
from htmx_flask import Htmx
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.assets import Manifest
from parentsite.foundation.clock import Clock
from parentsite.foundation.database import Database
from parentsite.foundation.files import LARGEST_FILE
from parentsite.foundation.i18n import LANGUAGES, Language
from parentsite.foundation.resources import STATIC
from parentsite.foundation.settings import Settings
from parentsite.foundation.templates import environments
from parentsite.foundation.web import csrf, rescue, sessions
from parentsite.foundation.web.access import gives_back, may_carry_files, needs_token, policy_of, takes_old_pages
from parentsite.foundation.web.errors import explain_errors
from parentsite.foundation.web.headers import compress, content_security_policy, secure
from parentsite.foundation.web.kept import KeptPages
from parentsite.foundation.web.language import address, language, speak
from parentsite.foundation.web.late import show_again, turn_away
from parentsite.foundation.web.limits import limit
from parentsite.foundation.web.pages import in_each_language, told
from parentsite.foundation.web.sessions import NO_VISIT, Standing
from parentsite.foundation.web.transactions import (
    SAFE_METHODS,
    brief_read,
    in_transaction,
    may_write,
    moment,
    settle,
    side_work,
    work,
)
from parentsite.foundation.web.zones import COOKIE_ZONES, only_own_cookie, zone_of
from parentsite.foundation.work import ANONYMOUS

LARGEST_REQUEST = 1_000_000
LARGEST_WITH_FILE = 2 * LARGEST_FILE + LARGEST_REQUEST
"""A file that is somewhat too large is refused by its form, in words, with all the rest kept."""


@dataclass(frozen=True)
class Parts:
    """What the site is made of, handed to each app alike."""

    settings: Settings
    database: Database
    clock: Clock


@dataclass(frozen=True)
class Plan:
    """What tells one app from another.

    `frame` gives what every page of the app knows (navigation, town); `sign_in_url` leads a visitor without a session
    to sign-in and back to a path; `kept_version` names what kept public pages depend on besides path and day; `guard`
    stands in for sessions and their tokens, where an app has its own; an app that never `writes` can only read.
    """

    name: str
    blueprints: Sequence[Blueprint]
    frame: Callable[[], Mapping[str, Any]]
    sign_in_url: Callable[[str, bool], str]
    only_language: Language | None = None
    form_targets: tuple[str, ...] = ()
    kept_version: Callable[[], str | None] | None = None
    template_globals: Mapping[str, Any] = field(default_factory=dict)
    guard: Callable[[Settings], Callable[[], Any]] | None = None
    writes: bool = True


class NoSession(SessionInterface):
    """Flask's own session is not used: see `sessions`."""

    def open_session(self, app: Flask, request: Any) -> None:
        return None


class Application(Flask):
    """A Flask app whose views run inside the one transaction of their request."""

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self._plain_urls: dict[tuple[str, str], str] = {}

    def dispatch_request(self) -> AnyResponse:
        return in_transaction(self._answer)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """As Flask builds it; a URL with no parts but the language is built once for each."""
        if endpoint.startswith(".") or any(value is not None for value in values.values()):
            return super().url_for(endpoint, **values)
        key = endpoint, language().code
        if key not in self._plain_urls:
            self._plain_urls[key] = super().url_for(endpoint)
        return self._plain_urls[key]

    def _answer(self) -> Response:
        response = self.make_response(super().dispatch_request())
        _forget_what_was_given(response, gives_back(self.view_functions[str(request.endpoint)]))
        return response


def build(parts: Parts, plan: Plan) -> Application:
    """Put one app together."""
    app = Application(plan.name)
    app.session_interface = NoSession()
    app.secret_key = parts.settings.secrets[plan.name]
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST, MAX_FORM_PARTS=500)
    app.extensions["parentsite.database"] = parts.database
    app.extensions["parentsite.clock"] = parts.clock
    app.extensions["parentsite.writes"] = plan.writes
    app.extensions["parentsite.frame"] = plan.frame
    app.extensions["parentsite.environments"] = environments(
        {**_ours(app), **plan.template_globals}, LANGUAGES.values()
    )
    Htmx(app)
    limit(app)
    speak(app, plan.only_language)
    app.before_request(plan.guard(parts.settings) if plan.guard else _visit_and_access(parts.settings, plan))
    policy = content_security_policy(plan.form_targets)
    app.after_request(compress)
    app.after_request(lambda response: secure(response, policy, parts.settings.is_secure))
    app.teardown_request(lambda error: settle(commit=False))
    explain_errors(app)
    for blueprint in plan.blueprints:
        app.register_blueprint(blueprint)
    inner = only_own_cookie(app.wsgi_app)
    app.wsgi_app = (  # type: ignore[method-assign]
        KeptPages(inner, plan.kept_version, parts.clock) if plan.kept_version else inner  # type: ignore[assignment]
    )
    return app


def _ours(app: Application) -> dict[str, Any]:
    """What every template may call."""
    return {
        "asset": Manifest.load(STATIC).url,
        "url_for": app.url_for,
        "csrf_field": csrf.csrf_field,
        "in_each_language": in_each_language,
        "told": told,
    }


def _visit_and_access(settings: Settings, plan: Plan) -> Callable[[], Any]:
    def check() -> Any:
        g.visit = _find_visit()
        g.actor = g.visit.actor if g.visit.standing is Standing.LIVE and g.visit.actor else ANONYMOUS
        if request.endpoint is None:
            return None
        view = current_app.view_functions[request.endpoint]
        policy = policy_of(view)
        if policy is None:
            abort(403)
        if may_carry_files(view) and g.visit.standing is not Standing.NONE:
            request.max_content_length = LARGEST_WITH_FILE
        if not policy.admits(g.actor):
            return turn_away(settings.base_url, plan.sign_in_url)
        if request.method not in SAFE_METHODS and needs_token(view, g.visit.standing is Standing.NONE):
            if zone_of(request.path) not in COOKIE_ZONES:
                abort(400)
            if not (csrf.is_ours(settings.base_url) or _is_old_page_of_ours(view, settings)):
                return show_again(settings.base_url)
        if sessions.needs_mark(g.visit, moment()):
            with side_work() as aside:
                sessions.mark_seen(aside, g.visit.token)
        return None

    return check


def _is_old_page_of_ours(view: Callable[..., Any], settings: Settings) -> bool:
    return takes_old_pages(view) and csrf.person_of_form(settings.base_url) is not None


def _forget_what_was_given(response: Response, was_for_text: bool) -> None:
    """Text saved from a form sent too late is gone once it has been given back or its form has been sent; what a page
    tells first, once it has been told.
    """
    if request.method == "GET" and response.status_code == 200 and (g.get("was_rescued") or g.get("was_told")):
        with side_work() as aside:
            if g.get("was_rescued"):
                rescue.discard(aside, g.actor.id, address())
            if g.get("was_told"):
                sessions.say(aside, g.visit.token, None)
    elif was_for_text and may_write() and response.status_code < 400:
        rescue.discard(work(), g.actor.id, address())


def _find_visit() -> sessions.Visit:
    zone = zone_of(request.path)
    token = request.cookies.get(zone.value) if zone in COOKIE_ZONES else None
    if not token:
        return NO_VISIT
    with brief_read() as session:
        return sessions.find(session, token, zone, moment())
