"""The four zones of the address space, and the door-keeper who hands each its own cookie and no other."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from typing import Any

StartResponse = Callable[..., Any]
WSGIApp = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Zone(StrEnum):
    """Where a path belongs; the value is also the name of the zone's cookie (public has none)."""

    PUBLIC = "public"
    MIT = "mit"
    SAMTALE = "samtale"
    DESK = "desk"


SIGNS_OF_LIFE = frozenset({"/healthz", "/readyz"})
COOKIE_ZONES = (Zone.MIT, Zone.SAMTALE, Zone.DESK)


def zone_of(path: str) -> Zone:
    """The zone of a path, told by its first part alone."""
    first = path.lstrip("/").split("/", 1)[0]
    return next((zone for zone in COOKIE_ZONES if zone.value == first), Zone.PUBLIC)


def only_own_cookie(app: WSGIApp) -> WSGIApp:
    """Let through the zone's own cookie and strip all others, so that no zone can know what happens in another."""

    def keeper(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        raw = environ.pop("HTTP_COOKIE", "")
        # Where a visitor comes from would tell the anonymous zone who it is; nobody here needs to know.
        environ.pop("HTTP_REFERER", None)
        zone = zone_of(environ.get("PATH_INFO", ""))
        if raw and zone in COOKIE_ZONES and (value := _cookie(raw, zone.value)):
            environ["HTTP_COOKIE"] = f"{zone.value}={value}"
        return app(environ, start_response)

    return keeper


def only_host(app: WSGIApp, host: str) -> WSGIApp:
    """Answer to the site's one host name only; signs of life are told to anybody who can reach the process."""

    def keeper(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_HOST") == host or environ.get("PATH_INFO") in SIGNS_OF_LIFE:
            return app(environ, start_response)
        start_response(
            "400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        )
        return [b"This site has another name.\n"]

    return keeper


def dispatch(apps: dict[Zone, WSGIApp], otherwise: WSGIApp) -> WSGIApp:
    """One WSGI application over several, chosen by zone."""

    def dispatcher(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return apps.get(zone_of(environ.get("PATH_INFO", "")), otherwise)(environ, start_response)

    return dispatcher


def _cookie(raw: str, name: str) -> str | None:
    jar: SimpleCookie = SimpleCookie()
    for part in raw.split(";"):
        try:
            jar.load(part.strip())
        except CookieError:
            continue
    return jar[name].coded_value if name in jar else None
