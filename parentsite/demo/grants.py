"""The one flow of the demo provider: authorization code, PKCE with S256 always, a nonce always."""

from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7636.challenge import compare_s256_code_challenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import OpenIDCode

from parentsite.demo.accounts import Account
from parentsite.demo.clients import DemoClient
from parentsite.demo.keys import ALGORITHM
from parentsite.demo.state import ProviderState
from parentsite.demo.vault import TOKEN_LASTS, Code


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Codes from the vault. Its server is a `DemoServer`."""

    def save_authorization_code(self, code: str, request: Any) -> None:
        state: ProviderState = self.server.state
        data = request.payload.data
        state.vault.keep(
            Code(
                value=code,
                client_id=request.client.client_id,
                redirect_uri=request.payload.redirect_uri,
                scope=request.scope,
                nonce=data["nonce"],
                code_challenge=data["code_challenge"],
                code_challenge_method=data["code_challenge_method"],
                account=request.user.key,
                issued=state.now,
            )
        )

    def query_authorization_code(self, code: str, client: DemoClient) -> Code | None:
        state: ProviderState = self.server.state
        return state.vault.redeem(code, client.client_id, state.now)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Nothing: asking for a code has spent it, so that two askers at once cannot both have it."""

    def authenticate_user(self, authorization_code: Code) -> Account | None:
        state: ProviderState = self.server.state
        return state.account_of(authorization_code)


class S256Only(CodeChallenge):  # type: ignore[misc]
    """PKCE for every client; Authlib asks it of public ones only, and takes `plain` if no method is named."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]
    CODE_CHALLENGE_METHODS = {"S256": compare_s256_code_challenge}

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


class IdTokens(OpenIDCode):  # type: ignore[misc]
    """Identity tokens without a personal fact, as they travel in URLs at sign-out. Names come by userinfo."""

    def __init__(self, state: ProviderState) -> None:
        super().__init__(require_nonce=True)
        self._state = state

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return self._state.vault.nonce_used(request.payload.client_id, nonce)

    def resolve_client_private_key(self, client: DemoClient) -> Any:
        return self._state.key

    def get_client_algorithm(self, client: DemoClient) -> str:
        return ALGORITHM

    def get_encode_header(self, client: DemoClient) -> dict[str, str | None]:
        return {"alg": ALGORITHM, "kid": self._state.key.kid}

    def get_client_claims(self, client: DemoClient) -> dict[str, object]:
        """All that Authlib would else take from the machine's clock or leave out."""
        now = int(self._state.now.timestamp())
        return {
            "iss": self._state.issuer,
            "aud": client.client_id,
            "azp": client.client_id,
            "iat": now,
            "exp": now + int(TOKEN_LASTS.total_seconds()),
        }

    def generate_user_info(self, user: Account, scope: str) -> dict[str, object]:
        return {"sub": user.userinfo["sub"]}


class NamedIssuer(IssuerParameter):  # type: ignore[misc]
    """Adds `iss` to every answer sent by way of the browser (RFC 9207)."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer
