"""The door-keeper: each zone gets its own cookie and no other, however cookies are written."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.foundation.web.zones import StartResponse, Zone, dispatch, only_own_cookie, zone_of

PATHS = {
    "/": Zone.PUBLIC,
    "": Zone.PUBLIC,
    "/da/": Zone.PUBLIC,
    "/da/mit/": Zone.PUBLIC,
    "/mitid": Zone.PUBLIC,
    "/mit": Zone.MIT,
    "/mit/": Zone.MIT,
    "/mit/da/plads": Zone.MIT,
    "//mit/da/": Zone.MIT,
    "/samtale": Zone.SAMTALE,
    "/samtale/ar/": Zone.SAMTALE,
    "/desk": Zone.DESK,
    "/desk/plads": Zone.DESK,
    "/deskop": Zone.PUBLIC,
    "/MIT/da/": Zone.PUBLIC,
    "/static/desk": Zone.PUBLIC,
}


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Says which cookies it was handed."""
    return [environ.get("HTTP_COOKIE", "none").encode("latin-1")]


def handed(path: str, cookie: str) -> str:
    environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie}
    return b"".join(only_own_cookie(app)(environ, lambda *_: None)).decode("latin-1")


@pytest.mark.parametrize(("path", "zone"), PATHS.items())
def test_the_first_part_of_a_path_tells_its_zone(path: str, zone: Zone) -> None:
    assert zone_of(path) is zone


@pytest.mark.parametrize(("path", "zone"), PATHS.items())
def test_each_zone_gets_its_own_cookie_and_no_other(path: str, zone: Zone) -> None:
    cookies = "mit=m; samtale=s; desk=d; session=x; other=y"
    assert handed(path, cookies) == {"mit": "mit=m", "samtale": "samtale=s", "desk": "desk=d"}.get(zone.value, "none")


@pytest.mark.parametrize(
    ("cookie", "got"),
    [
        ("", "none"),
        ("mit=", "none"),
        ("mit", "none"),
        ("a=b;mit=token;c=d", "mit=token"),
        ("  mit=token  ", "mit=token"),
        ("[bad]=1; mit=token", "mit=token"),
        ("expires=1; path=/; mit=token; secure", "mit=token"),
        ("desk=mit; samtale=mit=x", "none"),
        ("MIT=token", "none"),
        ("mitx=token; xmit=token", "none"),
        ('mit="quoted"', 'mit="quoted"'),
    ],
)
def test_however_cookies_are_written(cookie: str, got: str) -> None:
    assert handed("/mit/da/", cookie) == got


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_rubbish_breaks_nothing(cookie: str) -> None:
    assert handed("/da/", cookie) == "none"
    assert handed("/samtale/da/", cookie + "; mit=token").startswith(("none", "samtale="))
    assert "token" not in handed("/samtale/da/", f"mit=token; {cookie}") or "token" in cookie


def test_the_dispatcher_asks_the_app_of_the_zone() -> None:
    def named(name: str) -> Any:
        return lambda environ, start_response: [name.encode()]

    site = dispatch({Zone.DESK: named("desk"), Zone.SAMTALE: named("samtale")}, named("parents"))
    asked = {path: b"".join(site({"PATH_INFO": path}, lambda *_: None)).decode() for path in PATHS}
    assert asked == {
        path: zone.value if zone in (Zone.DESK, Zone.SAMTALE) else "parents" for path, zone in PATHS.items()
    }
