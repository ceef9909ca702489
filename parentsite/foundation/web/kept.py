"""Public pages without a query, kept rendered: they are the same for everybody, for a day, until the town's data
change.
"""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import brotli
from flask import Response, g, make_response, request

from parentsite.foundation.clock import local_date
from parentsite.foundation.web.transactions import moment
from parentsite.foundation.web.zones import Zone, zone_of

MOST_PAGES = 400
MAX_AGE = "public, max-age=60, must-revalidate"


@dataclass(frozen=True)
class Kept:
    """One page in the encodings that browsers ask for."""

    bodies: Mapping[str, bytes]
    etag: str


class KeptPages:
    """A small store in each process; a page is kept until the day or `version()` changes."""

    def __init__(self, version: Callable[[], str]) -> None:
        self._version = version
        self._pages: dict[str, Kept] = {}
        self._of = ""

    def answer(self) -> Response | None:
        """The kept page, if this request can be served from one."""
        if not _can_be_kept():
            return None
        of = f"{local_date(moment())} {self._version()}"
        if of != self._of:
            self._pages, self._of = {}, of
        page = self._pages.get(request.path)
        if page is None:
            g.keep_as = of
            return None
        return _serve(page)

    def keep(self, response: Response) -> Response:
        """Keep what has just been made; runs before headers and compression are added."""
        of = g.pop("keep_as", None)
        if of is None or of != self._of or response.status_code != 200 or "Vary" in response.headers:
            return response
        body = response.get_data()
        bodies = {"": body, "br": brotli.compress(body, quality=9), "gzip": gzip.compress(body, 9, mtime=0)}
        page = Kept(bodies, hashlib.sha256(body).hexdigest()[:20])
        if len(self._pages) < MOST_PAGES:
            self._pages[request.path] = page
        return _serve(page)


def _can_be_kept() -> bool:
    """Only pages, which have a language in their address: a sign of life must never come from the store."""
    return (
        request.method == "GET"
        and request.url_rule is not None
        and "lang" in request.url_rule.arguments
        and not request.query_string
        and zone_of(request.path) is Zone.PUBLIC
    )


def _serve(page: Kept) -> Response:
    accepted = set(request.accept_encodings.values())
    encoding = next((name for name in ("br", "gzip") if name in accepted), "")
    response = make_response(page.bodies[encoding])
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = MAX_AGE
    response.set_etag(f"{page.etag}-{encoding}")
    response.make_conditional(request)
    return response
