"""Whether an identity token is genuine, ours, fresh and the answer to this sign-in (OIDC Core 3.1.3.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError

from parentsite.people.signin.adapter import Reason, SignInRefused
from parentsite.people.signin.discovery import Discovery
from parentsite.people.signin.settings import ProviderSettings

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by key pair only: with a shared secret or none, whoever reads the token could write one."""
LEEWAY = 60
"""Seconds that two honest clocks may differ."""


class IdTokenCheck:
    """Checks the tokens of one provider, fetching its keys as needed."""

    def __init__(self, settings: ProviderSettings, discovery: Discovery) -> None:
        self._settings = settings
        self._discovery = discovery

    def claims(self, id_token: object, *, nonce: str, access_token: str, now: datetime) -> Mapping[str, Any]:
        """The claims of a token that passed every check; raises `SignInRefused` or `ProviderUnavailable`."""
        if not isinstance(id_token, str):
            raise SignInRefused(Reason.UNTRUSTED_TOKEN, "the provider sent no identity token")
        try:
            token = self._opened(id_token, now)
            claims: Any = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": self._settings.issuer},
                    "sub": {"essential": True},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                params={"nonce": nonce, "client_id": self._settings.client_id, "access_token": access_token},
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInRefused(_reason(error), _detail(error)) from error
        return dict(claims)

    def _opened(self, id_token: str, now: datetime) -> jwt.Token:
        try:
            return jwt.decode(id_token, self._discovery.keys(now), ALGORITHMS)
        except InvalidKeyIdError:  # the provider may have changed its keys since they were fetched
            return jwt.decode(id_token, self._discovery.keys(now, anew=True), ALGORITHMS)


def _reason(error: Exception) -> Reason:
    if isinstance(error, ExpiredTokenError):
        return Reason.EXPIRED_TOKEN
    if isinstance(error, ClaimError) and error.claim == "nonce":
        return Reason.WRONG_NONCE
    return Reason.UNTRUSTED_TOKEN


def _detail(error: Exception) -> str:
    return str(error) if isinstance(error, JoseError) else type(error).__name__
