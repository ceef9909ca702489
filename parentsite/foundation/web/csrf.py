"""Proof that a form was ours: a token bound to the session, masked anew in every response, and the request's own
origin.

The mask keeps a compressed page from betraying the token (BREACH); Flask-WTF's own token is the same in every response.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit

from flask import current_app, g, request
from markupsafe import Markup

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_BYTES = 32


def csrf_field() -> Markup:
    """The hidden input that every form which changes something carries."""
    return Markup(f'<input type="hidden" name="{FIELD}" value="{masked_token()}">')  # noqa: S704 - both are ours


def masked_token() -> str:
    """A token for the form being made; another text each time, the same meaning within the session."""
    mask = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(mask + _xor(mask, _token(g.visit.token))).decode()


def is_ours(base_url: str) -> bool:
    """Whether an unsafe request comes from our own page and, in a session, carries that session's token."""
    raw = _presented() if is_own_origin(base_url) else None
    return raw is not None and hmac.compare_digest(_xor(raw[:_BYTES], raw[_BYTES:]), _token(g.visit.token))


def _presented() -> bytes | None:
    """The mask and the masked token that came with the request, if anything like them did."""
    presented = request.form.get(FIELD) or request.headers.get(HEADER, "")
    try:
        raw = urlsafe_b64decode(presented.encode("ascii", "replace"))
    except ValueError:
        return None
    return raw if len(raw) == 2 * _BYTES else None


def is_own_origin(base_url: str) -> bool:
    """Whether the browser says that the request comes from a page of ours."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _token(session_token: str) -> bytes:
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, f"csrf:{session_token}".encode(), "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(_BYTES)
