"""The headers of every response: what a page may load, where it may be framed, who may keep a copy."""

import gzip
from collections.abc import Sequence

import brotli
from flask import Response, request

SMALLEST_COMPRESSED = 600
BROTLI_QUALITY = 5
_COMPRESSED_TYPES = ("text/html", "text/plain", "application/json", "text/calendar", "text/csv")


def content_security_policy(form_targets: Sequence[str] = ()) -> str:
    """Only our own files; forms go to ourselves and, for signing out, on to the sign-in provider."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            " ".join(("form-action 'self'", *form_targets)),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def secure(response: Response, policy: str, https: bool) -> Response:
    """Set what every response carries, whatever its status."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
    headers.setdefault("Cache-Control", "no-store")
    if https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def compress(response: Response) -> Response:
    """Brotli, or gzip for browsers without; small or already compressed responses stay as they are."""
    response.vary.add("Accept-Encoding")
    if response.mimetype not in _COMPRESSED_TYPES or "Content-Encoding" in response.headers or response.is_streamed:
        return response
    body = response.get_data()
    if len(body) < SMALLEST_COMPRESSED:
        return response
    accepted = set(request.accept_encodings.values())
    if "br" in accepted:
        response.set_data(brotli.compress(body, quality=BROTLI_QUALITY))
        response.headers["Content-Encoding"] = "br"
    elif "gzip" in accepted:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
