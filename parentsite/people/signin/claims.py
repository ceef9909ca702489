"""From the provider's claims to an `Identity`."""

import re
from collections.abc import Mapping
from typing import Any

from parentsite.people.signin.adapter import Identity, Reason, SignInRefused
from parentsite.people.signin.assurance import meets
from parentsite.people.signin.settings import ProviderSettings


def identity(
    settings: ProviderSettings,
    in_token: Mapping[str, Any],
    elsewhere: Mapping[str, Any],
    id_token: str,
    return_to: str | None,
) -> Identity:
    """Read an identity from checked claims; those in the token win over those from userinfo.

    Raises `SignInRefused` for unreadable claims or too low an assurance, which counts only in a signed token.
    """
    names = settings.claims
    if not meets(in_token.get(names.assurance), settings.minimum_assurance):
        raise SignInRefused(Reason.LOW_ASSURANCE, f"below {settings.minimum_assurance}")
    claims = {**elsewhere, **in_token}
    return Identity(
        issuer=settings.issuer,
        subject=str(in_token["sub"]),
        cpr=_cpr(claims.get(names.cpr)),
        given_name=_text(claims.get(names.given_name), names.given_name),
        family_name=_text(claims.get(names.family_name), names.family_name),
        roles=_words(claims.get(names.roles), names.roles),
        scopes={ours: _words(claims.get(theirs), theirs) for ours, theirs in names.scopes.items()},
        id_token=None if names.cpr in in_token else id_token,
        return_to=return_to,
        email=_address(claims.get(names.email)),
    )


def _cpr(value: object) -> str | None:
    """Ten digits; modulus 11 is not asked for, as numbers issued since 2007-10-01 may fail it."""
    if value is None:
        return None
    digits = re.sub(r"[-\s]", "", value) if isinstance(value, str) else ""
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise SignInRefused(Reason.MALFORMED_CLAIMS, "the CPR number has not ten digits")
    return digits


def _text(value: object, name: str) -> str:
    if value is None or isinstance(value, str):
        return (value or "").strip()
    raise SignInRefused(Reason.MALFORMED_CLAIMS, f"{name} is not text")


def _words(value: object, name: str) -> frozenset[str]:
    """A list of words, or one word; providers write both."""
    values = [value] if isinstance(value, str) else value or []
    if isinstance(values, list) and all(isinstance(word, str) for word in values):
        return frozenset(values)
    raise SignInRefused(Reason.MALFORMED_CLAIMS, f"{name} is not a list of words")


def _address(value: object) -> str | None:
    """An address that a letter can be sent to; a strange one refuses nobody."""
    return value if isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+", value) else None
