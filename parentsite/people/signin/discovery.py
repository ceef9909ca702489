"""The provider's own description of itself, and its public keys (OpenID Connect Discovery 1.0, RFC 8414)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from parentsite.people.signin.adapter import ProviderUnavailable
from parentsite.people.signin.remembered import Remembered
from parentsite.people.signin.wire import fetch_json

FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The parts of the discovery document that the site uses."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    takes_basic: bool
    """Whether the client shows its secret by HTTP Basic (the default) or in the form."""
    names_itself: bool
    """Whether every call-back carries `iss` (RFC 9207)."""


class Discovery:
    """What one provider publishes, fetched lazily and kept for an hour. Raises `ProviderUnavailable`."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._metadata = Remembered(self._fetch_metadata, FRESH)
        self._keys = Remembered(self._fetch_keys, FRESH)

    def metadata(self, now: datetime) -> Metadata:
        return self._metadata.get(now)

    def keys(self, now: datetime, *, anew: bool = False) -> KeySet:
        """The signing keys; `anew` when a token names one that is not among them."""
        return self._keys.get(now, anew=anew)

    def _fetch_metadata(self, now: datetime) -> Metadata:
        document = fetch_json(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        return read_metadata(self.issuer, document)

    def _fetch_keys(self, now: datetime) -> KeySet:
        document: Any = fetch_json(self.metadata(now).jwks_uri)
        try:
            return KeySet.import_key_set(document)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderUnavailable(f"the key set of {self.issuer} is unusable") from error


def read_metadata(issuer: str, document: Mapping[str, Any]) -> Metadata:
    """The metadata in a discovery document; raises `ProviderUnavailable` when it is another's or unusable."""
    if document.get("issuer") != issuer:
        raise ProviderUnavailable(f"the discovery document is of another issuer than {issuer}")
    methods = document.get("token_endpoint_auth_methods_supported")
    return Metadata(
        authorization_endpoint=_needed(issuer, document, "authorization_endpoint"),
        token_endpoint=_needed(issuer, document, "token_endpoint"),
        jwks_uri=_needed(issuer, document, "jwks_uri"),
        userinfo_endpoint=_optional(issuer, document, "userinfo_endpoint"),
        end_session_endpoint=_optional(issuer, document, "end_session_endpoint"),
        takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _needed(issuer: str, document: Mapping[str, Any], name: str) -> str:
    url = _optional(issuer, document, name)
    if url is None:
        raise ProviderUnavailable(f"the discovery document of {issuer} has no {name}")
    return url


def _optional(issuer: str, document: Mapping[str, Any], name: str) -> str | None:
    url = document.get(name)
    if url is None:
        return None
    # A provider met over TLS may not send secrets or people on without it.
    schemes = ("https://",) if issuer.startswith("https://") else ("https://", "http://")
    if not isinstance(url, str) or not url.startswith(schemes):
        raise ProviderUnavailable(f"the discovery document of {issuer} has an unusable {name}")
    return url
