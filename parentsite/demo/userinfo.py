"""Who a token was given for: names, and the CPR number or the roles."""

from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oidc.core import UserInfoEndpoint

from parentsite.demo.accounts import Account
from parentsite.demo.clients import DemoClient
from parentsite.demo.state import ProviderState
from parentsite.demo.vault import AccessToken


class LivingToken:
    """An access token that has been found alive, in the shape Authlib asks for."""

    def __init__(self, state: ProviderState, token: AccessToken) -> None:
        self._state = state
        self._token = token
        self.scope = token.scope

    def is_expired(self) -> bool:
        return False

    def is_revoked(self) -> bool:
        return False

    def get_scope(self) -> str:
        return self.scope

    def get_client(self) -> DemoClient:
        return self._state.client_of(self._token)

    def get_user(self) -> Account | None:
        return self._state.account_of(self._token)


class Tokens(BearerTokenValidator):  # type: ignore[misc]
    """Finds living tokens in the vault."""

    def __init__(self, state: ProviderState) -> None:
        super().__init__()
        self._state = state

    def authenticate_token(self, token_string: str) -> LivingToken | None:
        token = self._state.vault.token(token_string, self._state.now)
        return LivingToken(self._state, token) if token else None


class UserInfo(UserInfoEndpoint):  # type: ignore[misc]
    """The claims of one account: all there are with the scope `profile`, else the subject alone."""

    def generate_user_info(self, user: Account, scope: str) -> dict[str, object]:
        return dict(user.userinfo) if "profile" in scope.split() else {"sub": user.userinfo["sub"]}
