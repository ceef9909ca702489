"""Proof that a form was ours, and whose: a token of the session and its person, masked anew in every response, and the
request's own origin.

The mask keeps a compressed page from betraying the token (BREACH); Flask-WTF's own token is the same in every response.
The person is in it so that a form sent after its session has ended can still be kept for the one who filled it in.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, g, request
from markupsafe import Markup

from parentsite.foundation.web.sessions import Visit

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_PART = 16
_NOBODY = UUID(int=0)


def csrf_field() -> Markup:
    """The hidden input that every form which changes something carries."""
    return Markup(f'<input type="hidden" name="{FIELD}" value="{masked_token()}">')  # noqa: S704 - both are ours


def masked_token() -> str:
    """A token for the form being made; another text each time, the same meaning within the session."""
    mask = secrets.token_bytes(_PART)
    return urlsafe_b64encode(mask + _masked(mask, _token())).decode()


def is_ours(base_url: str) -> bool:
    """Whether an unsafe request comes from our own page and, in a session, carries that session's token."""
    presented = _presented() if is_own_origin(base_url) else None
    return presented is not None and hmac.compare_digest(presented, _token())


def person_of_form(base_url: str) -> UUID | None:
    """Whom the form was made for, in whatever session, if it is one of ours and was sent from our own page.

    It proves nothing about who sends it: whoever asks may keep the text for that person, and carry out nothing.
    """
    presented = _presented() if is_own_origin(base_url) else None
    if presented is None:
        return None
    person = UUID(bytes=presented[_PART : 2 * _PART])
    is_genuine = hmac.compare_digest(presented[_PART:], _named(person))
    return person if is_genuine and person != _NOBODY else None


def is_own_origin(base_url: str) -> bool:
    """Whether the browser says that the request comes from a page of ours."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _presented() -> bytes | None:
    """What the token that came with the request says, if anything like a token did."""
    presented = request.form.get(FIELD) or request.headers.get(HEADER, "")
    try:
        raw = urlsafe_b64decode(presented.encode("ascii", "replace"))
    except ValueError:
        return None
    return _masked(raw[:_PART], raw[_PART:]) if len(raw) == 4 * _PART else None


def _token() -> bytes:
    """The session's proof, then its person and the proof that we named that person; found once in a request."""
    known: bytes | None = g.get("csrf_token")
    if known is None:
        visit: Visit = g.visit
        person = visit.actor.id if visit.actor is not None else None
        known = g.csrf_token = _proof(f"csrf:{visit.token}") + _named(person or _NOBODY)
    return known


def _named(person: UUID) -> bytes:
    return person.bytes + _proof(f"form of:{person}")


def _proof(text: str) -> bytes:
    return hmac.digest(str(current_app.secret_key).encode(), text.encode(), "sha256")[:_PART]


def _masked(mask: bytes, content: bytes) -> bytes:
    """Covers and, with the same mask, uncovers."""
    cover = hashlib.shake_128(mask).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(cover)).to_bytes(len(content))
