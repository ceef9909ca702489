"""Public pages without a query, kept rendered: they are the same for everybody, for a day, until the town's data
change. A view whose page changes with what people do says so (`changes_at_any_time`).

They are answered before Flask is asked. What htmx asks for is never kept, nor what anybody typed.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import brotli
from werkzeug.datastructures import Headers

from parentsite.foundation.clock import Clock, local_date
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.headers import BROTLI_QUALITY, accepted_encodings
from parentsite.foundation.web.zones import StartResponse, WSGIApp

MOST_PAGES = 400
MAX_AGE = "public, max-age=60, must-revalidate"
_OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding"})
_Headers = list[tuple[str, str]]
_CHANGES = "parentsite.changes_at_any_time"


def changes_at_any_time(environ: dict[str, Any]) -> None:
    """Of the page that is being made: it is not kept."""
    environ[_CHANGES] = True


@dataclass(frozen=True)
class Kept:
    """One page in one of the encodings that browsers ask for."""

    body: bytes
    etag: str
    headers: _Headers

    @property
    def unchanged(self) -> _Headers:
        """The headers for who has this page already."""
        return [(name, value) for name, value in self.headers if name.lower() not in _OF_THE_BODY]


class KeptPages:
    """The app, and before it a small store in each process; a page is kept until the day or `version()` changes.

    While the version cannot be told (none), nothing is kept and the app answers for itself.
    """

    def __init__(self, app: WSGIApp, version: Callable[[], str | None], clock: Clock) -> None:
        self._app = app
        self._version = version
        self._clock = clock
        self._pages: dict[tuple[str, str], Mapping[str, Kept]] = {}
        self._of = ""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not _can_be_kept(environ):
            return self._app(environ, start_response)
        version = self._version()
        if version is None:
            return self._app(environ, start_response)
        of = f"{local_date(self._clock.now())} {version}"
        if of != self._of:
            self._pages, self._of = {}, of
        # A page is found by its host too: a host that the app refuses is never answered from the store.
        key = environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", "")
        page = self._pages.get(key)
        if page is not None:
            return _serve(page, environ, start_response)
        return self._make(key, self._pages, environ, start_response)

    def _make(
        self,
        key: tuple[str, str],
        pages: dict[tuple[str, str], Mapping[str, Kept]],
        environ: dict[str, Any],
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        accepted = environ.pop("HTTP_ACCEPT_ENCODING", "")
        status, headers, body = _answer_of(self._app, environ)
        environ["HTTP_ACCEPT_ENCODING"] = accepted
        if not status.startswith("200 ") or not Headers(headers).get("Content-Type", "").startswith("text/html"):
            start_response(status, headers)
            return [body]
        if _CHANGES in environ:
            return _serve_once(status, headers, body, accepted, start_response)
        page = _encoded(body, headers)
        if len(pages) < MOST_PAGES:
            pages[key] = page
        return _serve(page, environ, start_response)


def _can_be_kept(environ: Mapping[str, Any]) -> bool:
    """Only pages, whose address begins with a language: a sign of life must never come from the store."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_HX_REQUEST" not in environ
        and environ.get("PATH_INFO", "").lstrip("/").partition("/")[0] in LANGUAGES
    )


def _answer_of(app: WSGIApp, environ: dict[str, Any]) -> tuple[str, _Headers, bytes]:
    told: list[Any] = []
    parts = app(environ, lambda *answer: told.extend(answer))
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return told[0], told[1], body


def _serve_once(
    status: str, headers: _Headers, body: bytes, accepted: str, start_response: StartResponse
) -> Iterable[bytes]:
    packed, encoding = body, next((name for name in ("br", "gzip") if name in accepted_encodings(accepted)), "")
    if encoding:
        packed = brotli.compress(body, quality=BROTLI_QUALITY) if encoding == "br" else gzip.compress(body, 6, mtime=0)
        headers = [*headers, ("Content-Encoding", encoding)]
    told = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start_response(status, [*told, ("Content-Length", str(len(packed)))])
    return [packed]


def _encoded(body: bytes, headers: _Headers) -> Mapping[str, Kept]:
    bodies = {"": body, "br": brotli.compress(body, quality=9), "gzip": gzip.compress(body, 9, mtime=0)}
    tag = hashlib.sha256(body).hexdigest()[:20]
    kept = [(name, value) for name, value in headers if name.lower() not in {"cache-control", "content-length"}]
    return {
        encoding: Kept(
            packed,
            f'"{tag}-{encoding}"',
            [
                *kept,
                ("Cache-Control", MAX_AGE),
                ("ETag", f'"{tag}-{encoding}"'),
                ("Content-Length", str(len(packed))),
                *([("Content-Encoding", encoding)] if encoding else []),
            ],
        )
        for encoding, packed in bodies.items()
    }


def _serve(page: Mapping[str, Kept], environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    accepted = accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", ""))
    kept = page[next((name for name in ("br", "gzip") if name in accepted), "")]
    if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 NOT MODIFIED", kept.unchanged)
        return []
    start_response("200 OK", list(kept.headers))
    return [kept.body]
