"""The two parts of the site that may send people here to sign in."""

import hmac
from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """Whom a client signs in. A staff client never meets a parent, nor the other way round."""

    PARENTS = "parents"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class DemoClient:
    """One registered client; URLs are compared letter by letter. The methods are what Authlib asks of it."""

    client_id: str
    client_secret: str = field(repr=False)
    audience: Audience
    redirect_url: str
    signed_out_urls: frozenset[str] = frozenset()

    @property
    def client_metadata(self) -> dict[str, object]:
        return {}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: the client has to name its URL each time."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """The scopes granted; none (an error) without `openid`."""
        asked = (scope or "").split()
        return " ".join(word for word in asked if word in SCOPES) if "openid" in asked else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_url

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in AUTH_METHODS

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


SCOPES = ("openid", "profile")
AUTH_METHODS = ("client_secret_basic", "client_secret_post")
