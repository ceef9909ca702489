"""The demo's OpenID provider, asked over a real socket as a client, a browser and an attacker would."""

import re
import socket
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.oauth2 import rfc9207
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc import rpinitiated
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from lxml import html

from parentsite.demo.accounts import subject_of
from parentsite.demo.clients import Audience, DemoClient
from parentsite.demo.keys import KEY_FILE, signing_key
from parentsite.demo.provider import create_provider
from parentsite.demo.serve import serving
from parentsite.demo.settings import DemoProvider
from parentsite.foundation.clock import FixedClock
from parentsite.people.registerfile.entry import RegisterError

NOW = datetime(2028, 2, 29, 22, 30, tzinfo=UTC)
BACK = "https://selvbetjening.example.org/mit/retur"
GOODBYE = "https://selvbetjening.example.org/mit/farvel"
VERIFIER = "v" * 64
NUMBERS = count()
PARENTS = DemoClient("parents", "parents-secret", Audience.PARENTS, BACK, frozenset({GOODBYE}))
STAFF = DemoClient("staff", "staff-secret", Audience.STAFF, BACK)


@dataclass
class Running:
    issuer: str
    folder: Path
    clock: FixedClock

    def asked(self, **changed: str | None) -> dict[str, str]:
        """A good authorization request, changed or (None) shortened."""
        good = {
            "response_type": "code",
            "client_id": "parents",
            "redirect_uri": BACK,
            "scope": "openid profile",
            "state": "a state",
            "nonce": f"nonce {next(NUMBERS)}",
            "code_challenge": create_s256_code_challenge(VERIFIER),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**good, **changed}.items() if value is not None}

    def authorize(self, method: str = "GET", form: dict[str, str] | None = None, **changed: str | None) -> Any:
        query = self.asked(**changed)
        return requests.request(
            method, f"{self.issuer}/authorize", params=query, data=form, allow_redirects=False, timeout=5
        )

    def chosen(self, person: str = "mette-lund", **changed: str | None) -> dict[str, str]:
        return landed(self.authorize("POST", {"person": person}, **changed))

    def token(self, code: str, client: DemoClient = PARENTS, **changed: str | None) -> requests.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            **changed,
        }
        auth = (client.client_id, client.client_secret)
        return requests.post(f"{self.issuer}/token", data=form, auth=auth, timeout=5)

    def userinfo(self, access_token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {access_token}"}
        return requests.get(f"{self.issuer}/userinfo", headers=headers, timeout=5)


def landed(answer: requests.Response) -> dict[str, str]:
    """What stands in the URL that the browser is sent back to."""
    assert answer.status_code == 302, answer.text
    location = urlsplit(answer.headers["Location"])
    assert answer.headers["Location"].startswith(BACK + "?")
    return {name: values[0] for name, values in parse_qs(location.query).items()}


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    world = Running(f"http://127.0.0.1:{port}", folder, FixedClock(NOW))
    with serving(create_provider(DemoProvider(world.issuer, (PARENTS, STAFF), folder, world.clock)), "127.0.0.1", port):
        yield world


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provider")


@pytest.fixture
def world(folder: Path) -> Iterator[Running]:
    with running(folder) as world:
        yield world


class TestWhatItPublishes:
    def test_a_description_that_holds_against_the_standards(self, world: Running) -> None:
        document = requests.get(f"{world.issuer}/.well-known/openid-configuration", timeout=5).json()
        OpenIDProviderMetadata(document).validate(
            metadata_classes=[rpinitiated.OpenIDProviderMetadata, rfc9207.AuthorizationServerMetadata]
        )
        assert document["issuer"] == world.issuer
        assert document["code_challenge_methods_supported"] == ["S256"]

    def test_public_keys_only(self, world: Running) -> None:
        (key,) = requests.get(f"{world.issuer}/jwks", timeout=5).json()["keys"]
        assert (key["kty"], key["use"], key["alg"]) == ("RSA", "sig", "RS256")
        assert not {"d", "p", "q", "dp", "dq", "qi"} & key.keys()

    def test_a_key_that_survives_a_restart_and_is_the_owners_alone(self, world: Running) -> None:
        assert signing_key(world.folder).kid == signing_key(world.folder).kid
        assert stat.S_IMODE((world.folder / KEY_FILE).stat().st_mode) == 0o600


class TestThePage:
    def test_it_offers_every_parent_and_no_staff(self, world: Running) -> None:
        text = world.authorize().text
        assert "Mette Lund" in text
        assert "Layla Haddad" in text
        assert "Karin Mølgaard" not in text

    def test_it_offers_staff_to_the_staff_client(self, world: Running) -> None:
        text = world.authorize(client_id="staff").text
        assert "Karin Mølgaard" in text
        assert "Mette Lund" not in text

    @pytest.mark.parametrize("client", ["parents", "staff"])
    def test_it_is_a_sound_page(self, world: Running, client: str) -> None:
        page = html.fromstring(world.authorize(client_id=client).content)
        assert page.get("lang") == "da"
        assert len(page.xpath("//h1")) == 1
        assert page.xpath("//h1")[0].text.strip() in page.findtext(".//title")
        assert "Demo – ikke MitID" in page.xpath("//header")[0].text_content()
        assert not page.xpath("//script | //style | //*[@style] | //*[starts-with(name(@*), 'on')]")
        assert all(button.text_content().strip() for button in page.xpath("//button"))

    def test_every_choice_works_without_javascript(self, world: Running) -> None:
        page = html.fromstring(world.authorize().content)
        (form,) = page.forms
        assert (form.method, form.action) == ("POST", None)
        for key in page.xpath("//button[@name='person']/@value"):
            assert "code" in world.chosen(key, nonce=f"n-{key}")

    def test_its_headers_let_the_browser_go_back_to_the_client_and_nowhere_else(self, world: Running) -> None:
        answer = world.authorize()
        assert "form-action 'self' https://selvbetjening.example.org" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"

    def test_its_style_is_a_file(self, world: Running) -> None:
        answer = requests.get(f"{world.issuer}/demo.css", timeout=5)
        assert answer.headers["Content-Type"].startswith("text/css")
        assert not re.search(r"(left|right)\s*:", answer.text)

    def test_who_cancels_is_sent_back(self, world: Running) -> None:
        back = landed(world.authorize("POST", {"cancel": "1"}))
        assert (back["error"], back["state"], back["iss"]) == ("access_denied", "a state", world.issuer)


class TestRequestsThatAreSentBack:
    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge_method": None}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge": "short"}, "invalid_request"),
            ({"nonce": None}, "invalid_request"),
            ({"scope": None}, "invalid_scope"),
            ({"scope": "profile"}, "invalid_scope"),
            ({"response_type": None}, "unsupported_response_type"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": "id_token"}, "unsupported_response_type"),
            ({"prompt": "none"}, "login_required"),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_with_the_error_and_their_state(
        self, world: Running, method: str, changed: dict[str, str | None], error: str
    ) -> None:
        form = {"person": "mette-lund"} if method == "POST" else None
        back = landed(world.authorize(method, form, **changed))
        assert (back["error"], back["state"], back["iss"]) == (error, "a state", world.issuer)
        assert "code" not in back

    def test_a_nonce_works_once(self, world: Running) -> None:
        assert "code" in world.chosen(nonce="again")
        assert world.chosen(nonce="again")["error"] == "invalid_request"


class TestRequestsThatNobodyHearsOf:
    @pytest.mark.parametrize(
        "changed",
        [
            {"client_id": None},
            {"client_id": "unknown"},
            {"redirect_uri": None},
            {"redirect_uri": BACK + "/"},
            {"redirect_uri": BACK + "?x=1"},
            {"redirect_uri": "https://evil.example.org/"},
            {"redirect_uri": 'https://evil.example.org/"æ\\'},
            {"response_type": 'æ"', "redirect_uri": "https://evil.example.org/"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_get_a_page_and_no_redirect(self, world: Running, method: str, changed: dict[str, str | None]) -> None:
        answer = world.authorize(method, {"person": "mette-lund"} if method == "POST" else None, **changed)
        assert (answer.status_code, "Location" in answer.headers) == (400, False)
        assert "Det kan ikke lade sig gøre" in answer.text

    def test_staff_cannot_be_chosen_as_parents_nor_parents_as_staff(self, world: Running) -> None:
        for client, person in (
            ("parents", "karin-moelgaard"),
            ("staff", "mette-lund"),
            ("parents", "nobody"),
        ):
            answer = world.authorize("POST", {"person": person}, client_id=client)
            assert (answer.status_code, "Location" in answer.headers) == (400, False)


class TestTokens:
    def test_the_identity_token_holds_nothing_personal(self, world: Running) -> None:
        token = world.token(world.chosen(nonce="mine")["code"]).json()
        keys = KeySet.import_key_set(requests.get(f"{world.issuer}/jwks", timeout=5).json())
        opened = jwt.decode(token["id_token"], keys, ["RS256"])
        now = int(NOW.timestamp())
        assert opened.header["kid"] == signing_key(world.folder).kid
        assert {name: value for name, value in opened.claims.items() if name != "at_hash"} == {
            "iss": world.issuer,
            "aud": "parents",
            "azp": "parents",
            "sub": subject_of("mette-lund"),
            "nonce": "mine",
            "acr": "substantial",
            "amr": ["demo"],
            "auth_time": now,
            "iat": now,
            "exp": now + 300,
        }

    def test_userinfo_gives_a_parents_number(self, world: Running) -> None:
        token = world.token(world.chosen()["code"]).json()
        info = world.userinfo(token["access_token"]).json()
        assert info.keys() == {"sub", "given_name", "family_name", "cpr"}

    def test_userinfo_gives_a_clerks_role(self, world: Running) -> None:
        code = world.chosen("karin-moelgaard", client_id="staff")["code"]
        info = world.userinfo(world.token(code, STAFF).json()["access_token"]).json()
        assert (info["roles"], "cpr" in info) == (["placement"], False)

    def test_without_the_scope_profile_there_is_no_more_than_the_subject(self, world: Running) -> None:
        token = world.token(world.chosen(scope="openid")["code"]).json()
        assert world.userinfo(token["access_token"]).json().keys() == {"sub"}

    def test_the_secret_may_stand_in_the_form(self, world: Running) -> None:
        form = {
            "grant_type": "authorization_code",
            "code": world.chosen()["code"],
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            "client_id": "parents",
            "client_secret": "parents-secret",
        }
        assert requests.post(f"{world.issuer}/token", data=form, timeout=5).status_code == 200

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"code_verifier": None}, "invalid_request"),
            ({"code_verifier": "short"}, "invalid_request"),
            ({"code_verifier": "w" * 64}, "invalid_grant"),
            ({"redirect_uri": BACK + "/"}, "invalid_grant"),
            ({"redirect_uri": None}, "invalid_grant"),
            ({"code": "unknown"}, "invalid_grant"),
            ({"code": None}, "invalid_request"),
            ({"grant_type": "password"}, "unsupported_grant_type"),
            ({"grant_type": None}, "unsupported_grant_type"),
        ],
        ids=str,
    )
    def test_what_a_code_is_bound_to(self, world: Running, changed: dict[str, str | None], error: str) -> None:
        code = world.chosen()["code"]
        answer = world.token(**{"code": code, **changed})  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["error"]) == (400, error)

    @pytest.mark.parametrize("auth", [None, ("parents", ""), ("parents", "wrong"), ("unknown", "x"), ("staff", "x")])
    def test_a_client_must_show_its_secret(self, world: Running, auth: tuple[str, str] | None) -> None:
        form = {"grant_type": "authorization_code", "code": world.chosen()["code"], "redirect_uri": BACK}
        answer = requests.post(f"{world.issuer}/token", data={**form, "code_verifier": VERIFIER}, auth=auth, timeout=5)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")

    def test_a_header_that_is_no_text(self, world: Running) -> None:
        headers = {"Authorization": "Basic /////w=="}
        answer = requests.post(
            f"{world.issuer}/token", data={"grant_type": "authorization_code"}, headers=headers, timeout=5
        )
        assert answer.status_code == 400

    def test_a_code_of_another_client(self, world: Running) -> None:
        code = world.chosen()["code"]
        assert world.token(code, STAFF).json()["error"] == "invalid_grant"
        assert world.token(code).json()["error"] == "invalid_grant"  # spent by the attempt

    def test_a_code_lives_for_a_minute(self, world: Running) -> None:
        young, old = world.chosen(nonce="1")["code"], world.chosen(nonce="2")["code"]
        world.clock.move(seconds=59)
        assert world.token(young).status_code == 200
        world.clock.move(seconds=1)
        assert world.token(old).json()["error"] == "invalid_grant"

    def test_a_second_try_takes_back_what_the_first_brought(self, world: Running) -> None:
        code = world.chosen()["code"]
        access_token = world.token(code).json()["access_token"]
        assert world.userinfo(access_token).status_code == 200
        assert world.token(code).json()["error"] == "invalid_grant"
        assert world.userinfo(access_token).status_code == 401

    def test_of_two_at_once_at_most_one_gets_a_token(self, world: Running) -> None:
        codes = [world.chosen(nonce=f"race {number}")["code"] for number in range(5)]
        with ThreadPoolExecutor(4) as pool:
            for code in codes:
                answers = list(pool.map(world.token, [code] * 4))
                assert [answer.status_code for answer in answers].count(200) <= 1
                assert {answer.json().get("error") for answer in answers} <= {None, "invalid_grant"}

    def test_an_access_token_lives_for_five_minutes(self, world: Running) -> None:
        access_token = world.token(world.chosen()["code"]).json()["access_token"]
        world.clock.move(seconds=299)
        assert world.userinfo(access_token).status_code == 200
        world.clock.move(seconds=1)
        assert world.userinfo(access_token).status_code == 401

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer x", "Basic x", "Bearer \u00e6"])
    def test_userinfo_asks_for_a_token(self, world: Running, header: str | None) -> None:
        headers = {"Authorization": header.encode()} if header else {}
        assert requests.get(f"{world.issuer}/userinfo", headers=headers, timeout=5).status_code == 401


class TestSignOut:
    def sign_out(self, world: Running, **query: str) -> requests.Response:
        return requests.get(f"{world.issuer}/end-session", params=query, allow_redirects=False, timeout=5)

    def test_it_sends_back_with_the_state(self, world: Running) -> None:
        token = world.token(world.chosen()["code"]).json()["id_token"]
        answer = self.sign_out(world, id_token_hint=token, post_logout_redirect_uri=GOODBYE, state="s&")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{GOODBYE}?state=s%26")

    @pytest.mark.parametrize("url", ["https://evil.example.org/", GOODBYE + "/", ""])
    def test_it_sends_nobody_to_strangers(self, world: Running, url: str) -> None:
        answer = self.sign_out(world, client_id="parents", post_logout_redirect_uri=url)
        assert (answer.status_code, "Location" in answer.headers) == (200, False)
        assert "Du er logget ud" in answer.text

    def test_it_takes_no_hint_of_others(self, world: Running) -> None:
        forged = jwt.encode({"alg": "RS256"}, {"iss": world.issuer, "aud": "parents"}, RSAKey.generate_key(2048))
        staffs = world.token(world.chosen("ulla-steensen", client_id="staff")["code"], STAFF).json()["id_token"]
        for hint in (forged, "x", staffs):
            answer = self.sign_out(world, client_id="parents", id_token_hint=hint, post_logout_redirect_uri=GOODBYE)
            assert (answer.status_code, "Location" in answer.headers) == (400, False)


class TestStarting:
    def test_not_with_people_who_could_be_real(self, tmp_path: Path) -> None:
        people = tmp_path / "people.toml"
        people.write_text(
            '[[families]]\nkey = "x"\nstory = { da = "x", en = "x" }\n'
            '[[persons]]\nkey = "x"\nfamily = "x"\ngiven_name = "X"\nfamily_name = "Y"\nlanguage = "da"\n'
            'cpr = "0101901234"\nemail = "x@ballerup.dk"\nstory = { da = "x", en = "x" }\n',
            encoding="utf-8",
        )
        with pytest.raises(RegisterError) as refused:
            create_provider(DemoProvider("http://127.0.0.1:1", (), tmp_path, FixedClock(NOW), people))
        assert len(refused.value.problems) == 2
        assert "0101901234" not in str(refused.value)

    @pytest.mark.parametrize("issuer", ["127.0.0.1:8001", "http://127.0.0.1:8001/", "ftp://x", ""])
    def test_not_under_a_url_that_others_would_write_differently(self, tmp_path: Path, issuer: str) -> None:
        with pytest.raises(ValueError, match="demo provider"):
            DemoProvider(issuer, (), tmp_path, FixedClock(NOW))
