"""Authlib's authorization server, with the one flow of the demo."""

from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import OAuth2Request
from flask import Request, request

from parentsite.demo.clients import DemoClient
from parentsite.demo.grants import CodeGrant, IdTokens, NamedIssuer, S256Only
from parentsite.demo.state import ProviderState
from parentsite.demo.userinfo import Tokens, UserInfo
from parentsite.demo.vault import TOKEN_LASTS, AccessToken, Code


class DemoServer(AuthorizationServer):  # type: ignore[misc]
    """The protocol, over the state of one provider."""

    def __init__(self, state: ProviderState) -> None:
        super().__init__()
        self.state = state
        self.named_issuer = NamedIssuer(state.issuer)
        lasts = int(TOKEN_LASTS.total_seconds())
        self.load_config({"OAUTH2_TOKEN_EXPIRES_IN": {"authorization_code": lasts}})
        self.register_grant(CodeGrant, [S256Only(), IdTokens(state)])
        self.register_extension(self.named_issuer)
        protector = ResourceProtector()
        protector.register_token_validator(Tokens(state))
        self.register_endpoint(UserInfo(resource_protector=protector))

    def query_client(self, client_id: str) -> DemoClient | None:
        return self.state.clients.get(client_id)

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        code: Code = request.authorization_code
        expires = self.state.now + TOKEN_LASTS
        kept = AccessToken(code.client_id, code.account, code.scope, code.value, expires)
        self.state.vault.issue(token["access_token"], kept)

    def create_oauth2_request(self, _: Any) -> Any:
        return _AnyTransport(request)


class _AnyTransport(FlaskOAuth2Request):  # type: ignore[misc]
    """A request that need not come over TLS: a demo may stand in the house network, tried from a phone."""

    def __init__(self, received: Request) -> None:
        secure = received.url.replace("http://", "https://", 1)
        OAuth2Request.__init__(self, method=received.method, uri=secure, headers=received.headers)
        self._request = received
        self.payload = FlaskOAuth2Payload(received)
