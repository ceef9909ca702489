"""The way through sign-in as a browser walks it, with the demo's provider at the other end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from socket import socket
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from parentsite.demo.provider import create_provider
from parentsite.demo.running import provider_for
from parentsite.demo.serve import serving
from tests.sites import Site
from tests.strict import Client

SOMEBODY = "mette-lund"


@dataclass(frozen=True)
class Begun:
    """A browser that has begun to sign in; the provider's answer waits to be read."""

    browser: Client
    answer: str

    def answered(self, **changed: str) -> str:
        """The address that the provider sends the browser back to, with parts of its query changed."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.answer).query).items()}
        return f"/mit/retur?{urlencode({**query, **changed})}"


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Iterator[Site]:
    """A site with a provider that answers."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = new_site(PARENTS_ISSUER=f"http://127.0.0.1:{port}")
    provider = replace(provider_for(made.settings), clock=made.clock)
    with serving(create_provider(provider), "127.0.0.1", port):
        yield made


def begin(site: Site) -> Begun:
    browser = site.client()
    onward = browser.get("/mit/log-ind", status=303).location
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(onward, data={"person": SOMEBODY}, allow_redirects=False, timeout=10)
    return Begun(browser, answer.headers["Location"])


def test_who_comes_back_is_signed_in_and_the_answer_counts_once(site: Site) -> None:
    begun = begin(site)
    assert begun.browser.get(begun.answered(), status=303).location == "/mit/da/"
    begun.browser.get("/mit/da/")
    site.client().get(begun.answered(), status=403)


@pytest.mark.parametrize("changed", [{"code": "a-guess"}, {"iss": "https://evil.example"}, {"error": "access_denied"}])
def test_a_sign_in_that_was_begun_takes_one_answer(site: Site, changed: dict[str, str]) -> None:
    """Else one beginning would let a stranger try code after code, each of which keeps the provider and us busy."""
    begun = begin(site)
    begun.browser.get(begun.answered(**changed), status=403)
    begun.browser.get(begun.answered(), status=403)
    begun.browser.get("/mit/da/", status=303)


def test_an_answer_to_another_sign_in_takes_nothing_from_ones_own(site: Site) -> None:
    """As when two windows have begun, or another site sends the browser here with a state of its own."""
    begun = begin(site)
    begun.browser.get(begun.answered(state="of-another"), status=403)
    begun.browser.get(begun.answered(), status=303)
