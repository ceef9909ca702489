"""Sign-in by OpenID Connect: authorization code flow with PKCE (S256), state and nonce, through Authlib."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests.auth import HTTPBasicAuth

from parentsite.people.signin.adapter import TAKES_AT_MOST, Begin, Identity, ProviderUnavailable, Reason, SignInRefused
from parentsite.people.signin.claims import identity
from parentsite.people.signin.discovery import Discovery, Metadata
from parentsite.people.signin.idtoken import LEEWAY, IdTokenCheck
from parentsite.people.signin.settings import ProviderSettings
from parentsite.people.signin.wire import PATIENCE, Bearer, fetch_json, uses_proxies

Claims = Mapping[str, Any]
_PASSING = frozenset({"server_error", "temporarily_unavailable"})


class OpenIdSignIn:
    """One provider, as a `SignIn`. One for each process, shared by its threads: it keeps the keys."""

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings
        self._discovery = Discovery(settings.issuer)
        self._id_tokens = IdTokenCheck(settings, self._discovery)

    def begin(self, return_to: str | None, *, now: datetime) -> Begin:
        """Start a sign-in with fresh secrets; raises `ProviderUnavailable`."""
        metadata = self._discovery.metadata(now)
        begun = {
            "state": secrets.token_urlsafe(32),
            "nonce": secrets.token_urlsafe(32),
            "code_verifier": secrets.token_urlsafe(48),
            "begun_at": now.astimezone(UTC).isoformat(),
            **({"return_to": return_to} if return_to is not None else {}),
        }
        level = self._settings.minimum_assurance
        with self._client(metadata) as client:
            url, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=begun["state"],
                nonce=begun["nonce"],
                code_verifier=begun["code_verifier"],
                **({"acr_values": level} if level else {}),
            )
        return Begin(url, begun)

    def finish(self, begun: Mapping[str, str], callback_params: Mapping[str, str], *, now: datetime) -> Identity:
        """Check the answer, redeem its code, read who it is; `SignInRefused` or `ProviderUnavailable`."""
        self._check_belongs(begun, callback_params, now)
        metadata = self._discovery.metadata(now)
        code = self._code(metadata, callback_params)
        token = self._redeemed(metadata, code, begun["code_verifier"])
        access_token = str(token.get("access_token", ""))
        id_token = token.get("id_token")
        claims = self._id_tokens.claims(id_token, nonce=begun["nonce"], access_token=access_token, now=now)
        elsewhere = self._userinfo(metadata, claims, access_token)
        return identity(self._settings, claims, elsewhere, str(id_token), begun.get("return_to"))

    def end(self, id_token: str | None, return_url: str, *, now: datetime) -> str | None:
        """The provider's sign-out page, which sends on to `return_url` (OIDC RP-Initiated Logout 1.0)."""
        endpoint = self._discovery.metadata(now).end_session_endpoint
        if endpoint is None:
            return None
        query = {"client_id": self._settings.client_id, "post_logout_redirect_uri": return_url}
        if id_token:
            query["id_token_hint"] = id_token
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    def _client(self, metadata: Metadata) -> Any:
        return OAuth2Session(
            client_id=self._settings.client_id,
            client_secret=self._settings.client_secret,
            redirect_uri=self._settings.redirect_url,
            scope=self._settings.scope,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
            trust_env=uses_proxies(metadata.token_endpoint),
        )

    def _check_belongs(self, begun: Mapping[str, str], params: Mapping[str, str], now: datetime) -> None:
        if not {"state", "nonce", "code_verifier", "begun_at"} <= begun.keys():
            raise SignInRefused(Reason.NOT_BEGUN)
        if not hmac.compare_digest(begun["state"].encode(), params.get("state", "").encode()):
            raise SignInRefused(Reason.WRONG_STATE)
        age = now - datetime.fromisoformat(begun["begun_at"])
        if not -timedelta(seconds=LEEWAY) <= age <= TAKES_AT_MOST:
            raise SignInRefused(Reason.TOO_LATE)

    def _code(self, metadata: Metadata, params: Mapping[str, str]) -> str:
        # RFC 9207: a provider that names itself always does; an answer from another is not even an answer.
        sender = params.get("iss")
        if sender != self._settings.issuer and (metadata.names_itself or sender is not None):
            raise SignInRefused(Reason.WRONG_ISSUER)
        error = params.get("error")
        if error in _PASSING:
            raise ProviderUnavailable(f"{self._settings.issuer}: {error}")
        if error == "access_denied":
            raise SignInRefused(Reason.CANCELLED)
        if error or not params.get("code"):
            raise SignInRefused(Reason.PROVIDER_REFUSED, "an error" if error else "neither code nor error")
        return params["code"]

    def _redeemed(self, metadata: Metadata, code: str, verifier: str) -> Mapping[str, Any]:
        settings = self._settings
        # RFC 6749 2.3.1 wants both parts form-encoded before they are joined; Authlib leaves that to us.
        basic = HTTPBasicAuth(quote(settings.client_id, safe=""), quote(settings.client_secret, safe=""))
        try:
            with self._client(metadata) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    metadata.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    auth=basic if metadata.takes_basic else None,
                    timeout=PATIENCE,
                    allow_redirects=False,
                )
        except AuthlibBaseError as error:
            if error.error == "invalid_grant":
                raise SignInRefused(Reason.CODE_REFUSED) from error
            raise ProviderUnavailable(f"{metadata.token_endpoint}: {error.error}") from error
        except (requests.RequestException, ValueError) as error:
            raise ProviderUnavailable(f"{metadata.token_endpoint}: {type(error).__name__}") from error
        return token

    def _userinfo(self, metadata: Metadata, claims: Claims, access_token: str) -> Claims:
        if not metadata.userinfo_endpoint or self._settings.claims.wanted <= claims.keys():
            return {}
        info = fetch_json(metadata.userinfo_endpoint, Bearer(access_token))
        if info.get("sub") != claims["sub"]:  # OIDC Core 5.3.2: else it speaks of somebody else
            raise SignInRefused(Reason.UNTRUSTED_TOKEN, "userinfo is about another subject")
        return info
