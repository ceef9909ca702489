"""Talking HTTP to the provider: short patience, no redirects, JSON objects only."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from parentsite.people.signin.adapter import ProviderUnavailable

PATIENCE = (3.05, 5.0)
"""Seconds to connect, and between two bytes: a thread of the site waits meanwhile."""


class Bearer(AuthBase):
    """Shows an access token. As an `auth` object no `.netrc` of the machine can displace it."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


def fetch_json(url: str, auth: AuthBase | None = None) -> dict[str, Any]:
    """The JSON object at `url`; raises `ProviderUnavailable` for anything else."""
    try:
        with requests.Session() as session:
            session.trust_env = uses_proxies(url)
            session.headers["Accept"] = "application/json"
            response = session.get(url, auth=auth, timeout=PATIENCE, allow_redirects=False)
            body = response.json() if response.status_code == 200 else None
    except requests.RequestException as error:
        raise ProviderUnavailable(f"{url}: {type(error).__name__}") from error
    if not isinstance(body, dict):
        raise ProviderUnavailable(f"{url}: no JSON object, HTTP {response.status_code}")
    return body


def uses_proxies(url: str) -> bool:
    """Whether the machine's proxy settings count: not for a provider on this very machine, as in the demo."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
