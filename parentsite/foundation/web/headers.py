"""The headers of every response: what a page may load, where it may be framed, who may keep a copy."""

import gzip
from collections.abc import Sequence
from functools import lru_cache

import brotli
from flask import Response, request

SMALLEST_COMPRESSED = 600
BROTLI_QUALITY = 3
"""A page of 7 KB becomes 2.6 KB in 0.1 ms; quality 5 makes 2.4 KB of it in 0.3, for its tables push the site's own
memory out of the processor's cache (in a loop of nothing else both look twice as fast). Either way it is two packets.
"""
_NOUGHT = frozenset({"q=0", "q=0.0", "q=0.00", "q=0.000"})
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


_ALWAYS = (
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    ("Cache-Control", "no-store"),
)


def holds_secret(response: Response) -> None:
    """The page shows something that whoever reads it can use: nobody compresses it, neither here nor on the way.

    Beside words that another site can put into the address, the length of a compressed page would tell it (BREACH).
    """
    response.headers["Cache-Control"] = "no-store, no-transform"


def secure(response: Response, policy: str, https: bool) -> Response:
    """Set what every response carries, whatever its status; what a page has set itself stays."""
    headers = response.headers
    there = {name.lower() for name in headers.keys()}  # noqa: SIM118
    wanted = [("Content-Security-Policy", policy), *_ALWAYS]
    if https:
        wanted.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    headers.extend([(name, value) for name, value in wanted if name.lower() not in there])
    return response


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> frozenset[str]:
    """The encodings that an Accept-Encoding header allows; those with a weight of nought are refused by it."""
    listed = (part.strip().lower().partition(";") for part in header.split(","))
    return frozenset(name.strip() for name, _, weight in listed if weight.replace(" ", "") not in _NOUGHT)


def compress(response: Response) -> Response:
    """Brotli, or gzip for browsers without; small or already compressed responses stay as they are."""
    response.vary.add("Accept-Encoding")
    if "no-transform" in response.headers.get("Cache-Control", ""):
        return response
    if response.mimetype not in _COMPRESSED_TYPES or "Content-Encoding" in response.headers or response.is_streamed:
        return response
    body = response.get_data()
    if len(body) < SMALLEST_COMPRESSED:
        return response
    accepted = accepted_encodings(request.headers.get("Accept-Encoding", ""))
    if "br" in accepted:
        response.set_data(brotli.compress(body, quality=BROTLI_QUALITY))
        response.headers["Content-Encoding"] = "br"
    elif "gzip" in accepted:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
