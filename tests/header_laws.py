"""What every response carries, whatever its status: exact headers, and cookies only where they belong."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from parentsite.foundation.web.zones import COOKIE_ZONES, Zone, zone_of

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'{}; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS: Mapping[str, str] = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
ALONE = "default-src 'none'; sandbox"
HANDED_IN = {"application/pdf", "image/jpeg", "image/png"}
"""Files that people send: kept by who asks for them, and able to do nothing."""
KEPT = "public, max-age=60, must-revalidate"
PRIVATE = "no-store"
SECRET = "no-store, no-transform"
HSTS = "max-age=31536000; includeSubDomains"


def broken_header_laws(response: TestResponse, issuers: Mapping[Zone, str], *, https: bool) -> Iterator[str]:
    """Every law that the headers of a response break, in sentences."""
    request, headers = response.request, response.headers
    zone = zone_of(request.path)
    for name, value in ALWAYS.items():
        if headers.getlist(name) != [value]:
            yield f"{name} is {headers.getlist(name)}"
    issuer = issuers.get(Zone.MIT if zone is Zone.PUBLIC else zone)
    origin = " {0.scheme}://{0.netloc}".format(urlsplit(issuer)) if issuer else ""
    policy = ALONE if response.mimetype in HANDED_IN else POLICY.format(origin)
    if headers.getlist("Content-Security-Policy") != [policy]:
        yield f"Content-Security-Policy is {headers.getlist('Content-Security-Policy')}"
    if headers.getlist("Strict-Transport-Security") != ([HSTS] if https else []):
        yield f"Strict-Transport-Security is {headers.getlist('Strict-Transport-Security')}"
    if response.mimetype in HANDED_IN and not headers.get("Content-Disposition", "").startswith("attachment; "):
        yield "a file that somebody handed in is shown by the browser"
    if headers.getlist("X-Robots-Tag") != (["noindex"] if zone is Zone.SAMTALE else []):
        yield f"X-Robots-Tag is {headers.getlist('X-Robots-Tag')}"
    yield from _broken_cache_laws(response, zone)
    yield from _broken_cookie_laws(response, zone, https=https)
    if "Accept-Encoding" not in (headers.get("Vary") or ""):
        yield f"Vary is {headers.get('Vary')}"


def _broken_cache_laws(response: TestResponse, zone: Zone) -> Iterator[str]:
    """A copy may be kept of a public page without a query, and of nothing else."""
    told = response.headers.getlist("Cache-Control")
    may_be_kept = (
        zone is Zone.PUBLIC
        and not response.request.query_string
        and response.status_code in {200, 304}
        and response.request.method in {"GET", "HEAD"}
    )
    if told not in ([PRIVATE], [SECRET]) and not (may_be_kept and told == [KEPT]):
        yield f"Cache-Control is {told}"
    if told == [SECRET] and "Content-Encoding" in response.headers:
        yield "a page that holds a secret is compressed"
    if "ETag" in response.headers and told != [KEPT]:
        yield "an ETag on what may not be kept"


def _broken_cookie_laws(response: TestResponse, zone: Zone, *, https: bool) -> Iterator[str]:
    for cookie in response.headers.getlist("Set-Cookie"):
        parts = [part.strip() for part in cookie.split(";")]
        if zone not in COOKIE_ZONES:
            yield "a cookie on a public page"
        elif not parts[0].startswith(f"{zone.value}="):
            yield f"the cookie {parts[0].partition('=')[0]} in the zone {zone.value}"
        if f"Path=/{zone.value}" not in parts:
            yield f"a cookie for more than its zone: {parts[1:]}"
        same_site = "SameSite=Strict" if zone is Zone.SAMTALE else "SameSite=Lax"
        if not parts[0].endswith("=") and ("HttpOnly" not in parts or same_site not in parts):
            yield f"a cookie that scripts or other sites may use: {parts[1:]}"
        if (
            zone is Zone.SAMTALE
            and not parts[0].endswith("=")
            and any(p.startswith(("Max-Age", "Expires")) for p in parts)
        ):
            yield f"a cookie that outlives the browser: {parts[1:]}"
        if https and not parts[0].endswith("=") and "Secure" not in parts:
            yield "a cookie that may travel unencrypted"
