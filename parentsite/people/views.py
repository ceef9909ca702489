"""Signing in and out: the same few pages for parents (MitID) and for staff (the town's own login)."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.settings import Settings
from parentsite.foundation.web import csrf, sessions
from parentsite.foundation.web.access import anyone, counts_from_old_pages, harmless_when_signed_out, open_to
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.language import preferred_language
from parentsite.foundation.web.limits import limiter
from parentsite.foundation.web.pages import is_signed_in, page
from parentsite.foundation.web.transactions import brief_read, moment, side_work
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, Work
from parentsite.people.signin.adapter import TAKES_AT_MOST, Identity, ProviderUnavailable, Reason, SignIn, SignInRefused

SEE_OTHER = 303
SIGN_IN_PATHS = frozenset({"log-ind", "retur", "igen", "log-ud", "farvel"})
MOST_SIGN_INS = "60 per minute"
"""From one address: each beginning writes a row before anybody is known."""


@dataclass(frozen=True)
class Entrance:
    """How one zone is entered: by which provider, and who its answer is."""

    zone: Zone
    adapter: SignIn
    actor_for: Callable[[Work, Identity], Actor]
    settings: Settings

    @property
    def signed_out_url(self) -> str:
        return f"{self.settings.base_url}/{self.zone.value}/farvel"


def sign_in_pages(entrance: Entrance) -> Blueprint:
    """The blueprint `signin` of one zone."""
    pages = Blueprint("signin", __name__, url_prefix=f"/{entrance.zone.value}")

    @pages.get("/log-ind")
    @limiter.limit(MOST_SIGN_INS)
    @open_to(anyone)
    def begin() -> AnyResponse:
        return _begin(entrance)

    @pages.get("/retur")
    @open_to(anyone)
    def finish() -> AnyResponse:
        return _finish(entrance)

    @pages.get("/igen")
    @open_to(anyone)
    def again() -> AnyResponse:
        back = _own_path(entrance.zone, request.args.get("til"))
        return page("people/again.html", continue_url=url_for("signin.begin", til=back))

    @pages.post("/log-ud")
    @harmless_when_signed_out
    @counts_from_old_pages
    @open_to(anyone)
    def leave() -> AnyResponse:
        return _leave(entrance)

    @pages.get("/farvel")
    @open_to(anyone)
    def goodbye() -> AnyResponse:
        return page("people/goodbye.html", continue_url=url_for("signin.begin"))

    return pages


def sign_in_url(zone: Zone) -> Callable[[str, bool], str]:
    """Where a visitor without a session is led: straight to the provider, or first told that the session has ended."""
    return lambda back, was_in: url_for("signin.again" if was_in else "signin.begin", til=_own_path(zone, back))


def _begin(entrance: Entrance) -> AnyResponse:
    back = _own_path(entrance.zone, request.args.get("til"))
    if is_signed_in():
        return redirect(back or _home(entrance.zone), SEE_OTHER)
    try:
        begun = entrance.adapter.begin(back, now=moment())
    except ProviderUnavailable as error:
        return _unavailable(error)
    with side_work() as work:
        token = sessions.begin(work, entrance.zone, None, dict(begun.sealed_state), TAKES_AT_MOST)
    return _with_cookie(entrance, redirect(begun.redirect_url, SEE_OTHER), token)


def _finish(entrance: Entrance) -> AnyResponse:
    if is_signed_in():
        return redirect(_home(entrance.zone), SEE_OTHER)
    with brief_read() as session:
        begun = sessions.carried(session, g.visit) if g.visit.actor is None else {}
    try:
        who = entrance.adapter.finish(begun, request.args, now=moment())
    except ProviderUnavailable as error:
        return _unavailable(error)
    except SignInRefused as refusal:
        return _refused(refusal.reason)
    with side_work() as work:
        sessions.end(work, g.visit.token)
        actor = entrance.actor_for(work, who)
        token = sessions.begin(work, entrance.zone, actor, data={"id_token": who.id_token})
    target = _own_path(entrance.zone, who.return_to) or _home(entrance.zone)
    return _with_cookie(entrance, redirect(target, SEE_OTHER), token)


def _refused(reason: Reason) -> Response:
    """A sign-in that was begun takes one answer; what answers another one leaves it as it is."""
    current_app.logger.info("sign-in refused: %s", reason)
    if reason not in {Reason.NOT_BEGUN, Reason.WRONG_STATE}:
        with side_work() as work:
            sessions.end(work, g.visit.token)
    return page("people/refused.html", status=403, reason=reason, again_url=url_for("signin.begin"))


def _leave(entrance: Entrance) -> AnyResponse:
    with brief_read() as session:
        id_token = sessions.carried(session, g.visit).get("id_token")
    # The one whose page it is may not be the one signed in now: the session may have ended, the phone changed hands.
    person = csrf.person_of_form(entrance.settings.base_url)
    with side_work() as work:
        sessions.end(work, g.visit.token)
        if request.form.get("everywhere") and person is not None:
            sessions.end_everywhere(work, person)
    try:
        onward = entrance.adapter.end(id_token, entrance.signed_out_url, now=moment())
    except ProviderUnavailable:
        onward = None
    response = redirect(onward or url_for("signin.goodbye"), SEE_OTHER)
    response.delete_cookie(entrance.zone.value, path=f"/{entrance.zone.value}")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _with_cookie(entrance: Entrance, response: AnyResponse, token: str) -> AnyResponse:
    # Lax, not Strict: the provider sends the browser back from another site.
    response.set_cookie(
        entrance.zone.value,
        token,
        path=f"/{entrance.zone.value}",
        httponly=True,
        secure=entrance.settings.is_secure,
        samesite="Lax",
    )
    return response


def _unavailable(error: ProviderUnavailable) -> Response:
    current_app.logger.warning("sign-in provider unavailable: %s", error)
    response = error_page(503)
    response.headers["Retry-After"] = "30"
    return response


def _own_path(zone: Zone, path: str | None) -> str | None:
    """The path if it leads into the zone itself; never to another site, nor back into signing in."""
    own = f"/{zone.value}/"
    if not path or not path.startswith(own) or not path.isprintable() or "\\" in path or "//" in path:
        return None
    is_sign_in = path.partition("?")[0].removeprefix(own) in SIGN_IN_PATHS
    return None if is_sign_in else path


def _home(zone: Zone) -> str:
    return f"/{zone.value}/" if zone is Zone.DESK else f"/{zone.value}/{preferred_language().code}/"
