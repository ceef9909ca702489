"""Sign-in against a real provider on a real socket; where one must misbehave, its true answers are bent."""

import base64
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from parentsite.demo.clients import Audience, DemoClient
from parentsite.demo.keys import signing_key
from parentsite.demo.provider import create_provider
from parentsite.demo.serve import serving
from parentsite.demo.settings import FAMILIES, DemoProvider
from parentsite.foundation.clock import FixedClock
from parentsite.people.registerfile.reading import read_register
from parentsite.people.signin.adapter import (
    Begin,
    Identity,
    ProviderUnavailable,
    Reason,
    SignIn,
    SignInRefused,
)
from parentsite.people.signin.discovery import read_metadata
from parentsite.people.signin.openid import OpenIdSignIn
from parentsite.people.signin.remembered import Remembered
from parentsite.people.signin.settings import ClaimNames, ProviderSettings

NOW = datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC)  # half a minute before Denmark skips an hour
PARENTS_URL = "https://selvbetjening.example.org/mit/retur"
STAFF_URL = "https://selvbetjening.example.org/desk/retur"
GOODBYE = "https://selvbetjening.example.org/mit/farvel"
SECRET = "100 % hemmelig: æ+&="

Bend = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Bent:
    """Lets a test bend the provider's JSON answers by path, or break them off."""

    app: Any
    bends: dict[str, Bend]
    seen: list[dict[str, Any]]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.seen.append(environ)
        bend = self.bends.get(environ["PATH_INFO"])
        if bend is None:
            return self.app(environ, start_response)
        kept: list[Any] = []
        body = b"".join(self.app(environ, lambda status, headers, exc_info=None: kept.extend((status, headers))))
        body = json.dumps(bend(json.loads(body))).encode()
        headers = [(name, value) for name, value in kept[1] if name.lower() != "content-length"]
        start_response(kept[0], [*headers, ("Content-Length", str(len(body)))])
        return [body]


@dataclass
class World:
    """A provider that runs, and the ways to sign in at it."""

    port: int
    folder: Path
    clock: FixedClock
    bends: dict[str, Bend] = field(default_factory=dict)
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> ProviderSettings:
        return ProviderSettings(self.issuer, "parents", SECRET, PARENTS_URL)

    def parents(self, **changed: Any) -> SignIn:
        return OpenIdSignIn(replace(self.settings, **changed))

    def staff(self) -> SignIn:
        return self.parents(client_id="staff", redirect_url=STAFF_URL)

    @contextmanager
    def running(self, folder: Path | None = None) -> Iterator[None]:
        app = create_provider(
            DemoProvider(
                issuer_url=self.issuer,
                clients=(
                    DemoClient("parents", SECRET, Audience.PARENTS, PARENTS_URL, frozenset({GOODBYE})),
                    DemoClient("staff", SECRET, Audience.STAFF, STAFF_URL),
                ),
                data_dir=folder or self.folder,
                clock=self.clock,
            )
        )
        app.wsgi_app = Bent(app.wsgi_app, self.bends, self.seen)  # type: ignore[method-assign]
        with serving(app, "127.0.0.1", self.port):
            yield

    def bend_claims(self, **changed: Any) -> None:
        """Let the provider sign other claims than it would; `None` leaves one out."""

        def bend(answer: dict[str, Any]) -> dict[str, Any]:
            key = signing_key(self.folder)
            token = jwt.decode(answer["id_token"], key, ["RS256"])
            claims = {name: value for name, value in {**token.claims, **changed}.items() if value is not None}
            return {**answer, "id_token": jwt.encode(token.header, claims, key, ["RS256"])}

        self.bends["/token"] = bend

    def bend_token(self, bend: Callable[[str], object]) -> None:
        self.bends["/token"] = lambda answer: {**answer, "id_token": bend(answer["id_token"])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provider")


@pytest.fixture
def quiet_world(folder: Path) -> World:
    """A world whose provider does not run yet."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return World(port, folder, FixedClock(NOW))


@pytest.fixture
def world(quiet_world: World) -> Iterator[World]:
    with quiet_world.running():
        yield quiet_world


def choose(begin: Begin, **form: str) -> dict[str, str]:
    """What the browser brings back when the person has chosen."""
    answer = requests.post(begin.redirect_url, data=form, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def sign_in(adapter: SignIn, person: str = "mette-lund", *, now: datetime = NOW) -> Identity:
    begin = adapter.begin("/mit/da/plads", now=NOW)
    return adapter.finish(begin.sealed_state, choose(begin, person=person), now=now)


def refusal(adapter: SignIn, **begun: str) -> Reason:
    begin = adapter.begin(None, now=NOW)
    back = choose(begin, person="mette-lund")
    with pytest.raises(SignInRefused) as refused:
        adapter.finish({**begin.sealed_state, **begun}, back, now=NOW)
    return refused.value.reason


class TestGoodSignIn:
    def test_a_parent_comes_back_with_name_number_and_the_way_they_were_going(self, world: World) -> None:
        who = sign_in(world.parents())
        mette = next(p for p in read_register(FAMILIES, NOW.date()).persons if p.key == "mette-lund")
        assert (who.given_name, who.family_name, who.cpr) == ("Mette", "Lund", mette.cpr)
        assert (who.issuer, who.roles, who.return_to) == (world.issuer, frozenset(), "/mit/da/plads")

    def test_the_same_person_has_the_same_subject_and_another_has_another(self, world: World) -> None:
        adapter = world.parents()
        first, again, other = (sign_in(adapter, key).subject for key in ("mette-lund", "mette-lund", "jonas-lund"))
        assert first == again != other

    def test_staff_come_with_roles_and_the_institutions_they_are_narrowed_to(self, world: World) -> None:
        clerk, pedagogue = (sign_in(world.staff(), key) for key in ("karin-moelgaard", "peter-stald"))
        assert (clerk.roles, clerk.cpr, clerk.scopes["institution"]) == ({"placement"}, None, frozenset())
        assert (pedagogue.roles, pedagogue.scopes["institution"]) == ({"pedagogue"}, {"birkegaarden"})

    def test_number_and_token_do_not_show_in_a_traceback(self, world: World) -> None:
        who = sign_in(world.parents())
        assert who.cpr not in repr(who)
        assert SECRET not in repr(world.settings)

    def test_what_begins_is_new_each_time_and_sends_no_secret(self, world: World) -> None:
        adapter = world.parents()
        one, two = adapter.begin(None, now=NOW), adapter.begin(None, now=NOW)
        for name in ("state", "nonce", "code_verifier"):
            assert one.sealed_state[name] != two.sealed_state[name]
        sent = parse_qs(urlsplit(one.redirect_url).query)
        assert sent["code_challenge_method"] == ["S256"]
        assert one.sealed_state["code_verifier"] not in one.redirect_url
        assert not {"client_secret", "code_verifier", "return_to"} & sent.keys()

    def test_what_is_kept_survives_a_json_column(self, world: World) -> None:
        begin = world.parents().begin("/mit/ar/", now=NOW)
        assert json.loads(json.dumps(begin.sealed_state)) == begin.sealed_state

    def test_another_process_may_finish(self, world: World) -> None:
        begin = world.parents().begin(None, now=NOW)
        back = choose(begin, person="mette-lund")
        assert world.parents().finish(begin.sealed_state, back, now=NOW).given_name == "Mette"

    def test_a_provider_that_wants_its_secret_in_the_form_gets_it_there(self, world: World) -> None:
        world.bends["/.well-known/openid-configuration"] = lambda document: {
            **document,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        assert sign_in(world.parents()).given_name == "Mette"
        (asked,) = [environ for environ in world.seen if environ["PATH_INFO"] == "/token"]
        assert "HTTP_AUTHORIZATION" not in asked

    def test_else_the_secret_is_shown_by_http_basic(self, world: World) -> None:
        sign_in(world.parents())
        (asked,) = [environ for environ in world.seen if environ["PATH_INFO"] == "/token"]
        assert asked["HTTP_AUTHORIZATION"].startswith("Basic ")

    def test_claims_may_stand_in_the_token_and_then_it_never_gets_into_a_url(self, world: World) -> None:
        claims = {
            "cpr": "910494-1199",
            "given_name": "Kim",
            "family_name": "Eg",
            "roles": [],
            "institution": [],
        }
        world.bend_claims(**claims)
        del claims["cpr"]
        world.bends["/userinfo"] = lambda _: {"sub": "somebody else"}  # would be refused if it were asked
        who = sign_in(world.parents())
        assert (who.cpr, who.given_name, who.id_token) == ("9104941199", "Kim", None)

    def test_claims_may_have_other_names(self, world: World) -> None:
        world.bends["/userinfo"] = lambda info: {
            "sub": info["sub"],
            "cprNumberIdentifier": info["cpr"],
            "role": "a",
        }
        who = sign_in(world.parents(claims=ClaimNames(cpr="cprNumberIdentifier", roles="role")))
        assert who.cpr is not None
        assert (who.roles, who.given_name) == ({"a"}, "")


class TestRefusedAnswers:
    def test_an_answer_to_somebody_elses_sign_in(self, world: World) -> None:
        assert refusal(world.parents(), state="another") is Reason.WRONG_STATE

    @pytest.mark.parametrize("state", ["", "forkert", "\N{SNOWMAN}"])
    def test_a_state_made_up(self, world: World, state: str) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, {**choose(begin, person="mette-lund"), "state": state}, now=NOW)
        assert refused.value.reason is Reason.WRONG_STATE

    def test_an_answer_where_nothing_was_begun(self, world: World) -> None:
        adapter = world.parents()
        back = choose(adapter.begin(None, now=NOW), person="mette-lund")
        with pytest.raises(SignInRefused) as refused:
            adapter.finish({}, back, now=NOW)
        assert refused.value.reason is Reason.NOT_BEGUN

    @pytest.mark.parametrize("later", [timedelta(minutes=30, seconds=1), timedelta(hours=-1)])
    def test_an_answer_too_late_or_from_before(self, world: World, later: timedelta) -> None:
        with pytest.raises(SignInRefused) as refused:
            sign_in(world.parents(), now=NOW + later)
        assert refused.value.reason is Reason.TOO_LATE

    def test_a_code_works_once(self, world: World) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = choose(begin, person="mette-lund")
        adapter.finish(begin.sealed_state, back, now=NOW)
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, back, now=NOW)
        assert refused.value.reason is Reason.CODE_REFUSED

    def test_a_code_grows_old(self, world: World) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = choose(begin, person="mette-lund")
        world.clock.move(seconds=60)
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, back, now=NOW)
        assert refused.value.reason is Reason.CODE_REFUSED

    def test_another_verifier(self, world: World) -> None:
        assert refusal(world.parents(), code_verifier="x" * 64) is Reason.CODE_REFUSED

    def test_another_nonce(self, world: World) -> None:
        assert refusal(world.parents(), nonce="another") is Reason.WRONG_NONCE

    def test_a_code_of_another_client(self, world: World) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = choose(begin, person="mette-lund")
        with pytest.raises(SignInRefused) as refused:
            world.staff().finish(begin.sealed_state, back, now=NOW)
        assert refused.value.reason is Reason.CODE_REFUSED

    def test_the_person_changes_their_mind(self, world: World) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, choose(begin, cancel="1"), now=NOW)
        assert refused.value.reason is Reason.CANCELLED

    @pytest.mark.parametrize("issuer", ["https://another.example.org", None])
    def test_an_answer_from_another_provider(self, world: World, issuer: str | None) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = choose(begin, person="mette-lund")
        del back["iss"]
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, {**back, **({"iss": issuer} if issuer else {})}, now=NOW)
        assert refused.value.reason is Reason.WRONG_ISSUER

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [({}, Reason.PROVIDER_REFUSED), ({"error": "invalid_scope"}, Reason.PROVIDER_REFUSED)],
    )
    def test_neither_code_nor_consent(self, world: World, answer: dict[str, str], reason: Reason) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = {"state": begin.sealed_state["state"], "iss": world.issuer, **answer}
        with pytest.raises(SignInRefused) as refused:
            adapter.finish(begin.sealed_state, back, now=NOW)
        assert refused.value.reason is reason

    def test_a_staff_client_cannot_get_a_parent(self, world: World) -> None:
        begin = world.staff().begin(None, now=NOW)
        answer = requests.post(begin.redirect_url, data={"person": "mette-lund"}, allow_redirects=False, timeout=5)
        assert (answer.status_code, "Location" in answer.headers) == (400, False)

    def test_a_redirect_url_that_is_not_registered_letter_by_letter(self, world: World) -> None:
        begin = world.parents(redirect_url=PARENTS_URL + "/").begin(None, now=NOW)
        answer = requests.get(begin.redirect_url, allow_redirects=False, timeout=5)
        assert (answer.status_code, "Location" in answer.headers) == (400, False)


class TestIdentityToken:
    def test_it_expires_by_the_clock_it_is_told(self, world: World) -> None:
        adapter = world.parents()
        assert sign_in(adapter, now=NOW + timedelta(minutes=5, seconds=59)).given_name == "Mette"
        with pytest.raises(SignInRefused) as refused:
            sign_in(adapter, now=NOW + timedelta(minutes=6))
        assert refused.value.reason is Reason.EXPIRED_TOKEN

    def test_it_may_come_from_a_clock_a_little_ahead_but_not_from_the_future(self, world: World) -> None:
        world.clock.move(seconds=59)
        assert sign_in(world.parents()).given_name == "Mette"
        world.clock.move(minutes=2)
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://another.example.org"},
            {"aud": "staff"},
            {"aud": ["parents", "staff"], "azp": None},
            {"azp": "staff"},
            {"sub": ""},
            {"sub": None},
            {"exp": None},
            {"iat": None},
            {"exp": "tomorrow"},
            {"at_hash": "another"},
        ],
        ids=str,
    )
    def test_every_claim_counts(self, world: World, claims: dict[str, object]) -> None:
        world.bend_claims(**claims)
        world.bends["/userinfo"] = lambda info: {**info, "sub": claims.get("sub", info["sub"])}
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    @pytest.mark.parametrize("claims", [{"nonce": "another"}, {"nonce": None}], ids=str)
    def test_the_nonce_counts(self, world: World, claims: dict[str, object]) -> None:
        world.bend_claims(**claims)
        assert refusal(world.parents()) is Reason.WRONG_NONCE

    def test_a_changed_letter_breaks_the_signature(self, world: World) -> None:
        world.bend_token(lambda token: token[:-6] + ("A" if token[-6] != "A" else "B") + token[-5:])
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    def test_another_key_under_the_same_name(self, world: World) -> None:
        forged = RSAKey.generate_key(2048)

        def forge(token: str) -> str:
            real = jwt.decode(token, signing_key(world.folder), ["RS256"])
            return jwt.encode(real.header, real.claims, forged, ["RS256"])

        world.bend_token(forge)
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    def test_a_key_that_nobody_publishes(self, world: World) -> None:
        def forge(token: str) -> str:
            real = jwt.decode(token, signing_key(world.folder), ["RS256"])
            return jwt.encode({**real.header, "kid": "unknown"}, real.claims, signing_key(world.folder), ["RS256"])

        world.bend_token(forge)
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    def test_the_public_key_is_no_shared_secret(self, world: World) -> None:
        def forge(token: str) -> str:
            key = signing_key(world.folder)
            header = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": key.kid}).encode()).rstrip(b"=")
            signed = header + b"." + token.split(".")[1].encode()
            mark = hmac.digest(key.as_pem(private=False), signed, "sha256")
            return (signed + b"." + base64.urlsafe_b64encode(mark).rstrip(b"=")).decode()

        world.bend_token(forge)
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    @pytest.mark.parametrize("token", [None, "", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", 7, ["x"]], ids=str)
    def test_what_is_no_token(self, world: World, token: object) -> None:
        world.bend_token(lambda _: token)
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    def test_a_provider_may_change_its_key_meanwhile(self, quiet_world: World, tmp_path: Path) -> None:
        adapter = quiet_world.parents()
        with quiet_world.running():
            assert sign_in(adapter).given_name == "Mette"
        with quiet_world.running(tmp_path):
            assert sign_in(adapter).given_name == "Mette"

    @pytest.mark.parametrize(
        ("minimum", "claimed", "fits"),
        [
            ("substantial", "substantial", True),
            ("low", "http://eidas.europa.eu/LoA/substantial", True),
            ("https://data.gov.dk/concept/core/nsis/loa/Substantial", "High", True),
            ("high", "substantial", False),
            ("low", None, False),
            ("low", "whatever", False),
            ("low", 3, False),
        ],
    )
    def test_the_level_of_assurance(self, world: World, minimum: str, claimed: object, fits: bool) -> None:
        world.bend_claims(acr=claimed)
        adapter = world.parents(minimum_assurance=minimum)
        if fits:
            assert sign_in(adapter).given_name == "Mette"
        else:
            assert refusal(adapter) is Reason.LOW_ASSURANCE

    def test_a_level_that_does_not_exist_is_a_setting_that_does_not_start(self, world: World) -> None:
        with pytest.raises(ValueError, match="minimum_assurance"):
            world.parents(minimum_assurance="enormous")


class TestUserInfo:
    def test_it_must_speak_of_the_same_person(self, world: World) -> None:
        world.bends["/userinfo"] = lambda info: {**info, "sub": "somebody else"}
        assert refusal(world.parents()) is Reason.UNTRUSTED_TOKEN

    def test_it_cannot_overrule_the_signed_token(self, world: World) -> None:
        world.bend_claims(given_name="Signed")
        assert sign_in(world.parents()).given_name == "Signed"

    @pytest.mark.parametrize(
        "info",
        [{"cpr": "123"}, {"cpr": 1234567890}, {"given_name": 7}, {"roles": [7]}, {"roles": {"a": 1}}],
        ids=str,
    )
    def test_unreadable_claims(self, world: World, info: dict[str, object]) -> None:
        world.bends["/userinfo"] = lambda real: {**real, **info}
        assert refusal(world.parents()) is Reason.MALFORMED_CLAIMS


class TestSignOut:
    def test_the_browser_is_led_through_the_provider_and_back(self, world: World) -> None:
        adapter = world.parents()
        who = sign_in(adapter)
        url = adapter.end(who.id_token, GOODBYE, now=NOW)
        assert url is not None
        assert who.cpr not in url
        answer = requests.get(url, allow_redirects=False, timeout=5)
        assert (answer.status_code, answer.headers["Location"]) == (303, GOODBYE)

    def test_long_after_the_token_has_expired_and_with_another_clock(self, world: World) -> None:
        adapter = world.parents()
        world.clock.move(days=-400)
        past = world.clock.now()
        begin = adapter.begin(None, now=past)
        who = adapter.finish(begin.sealed_state, choose(begin, person="mette-lund"), now=past)
        world.clock.move(days=800)
        url = adapter.end(who.id_token, GOODBYE, now=world.clock.now())
        assert url is not None
        assert requests.get(url, allow_redirects=False, timeout=5).headers["Location"] == GOODBYE

    def test_without_a_token(self, world: World) -> None:
        url = world.parents().end(None, GOODBYE, now=NOW)
        assert url is not None
        assert requests.get(url, allow_redirects=False, timeout=5).headers["Location"] == GOODBYE

    def test_a_provider_that_has_no_sign_out(self, world: World) -> None:
        world.bends["/.well-known/openid-configuration"] = lambda document: {
            name: value for name, value in document.items() if name != "end_session_endpoint"
        }
        assert world.parents().end("token", GOODBYE, now=NOW) is None


class TestProviderDown:
    def test_nothing_begins(self, quiet_world: World) -> None:
        with pytest.raises(ProviderUnavailable):
            quiet_world.parents().begin(None, now=NOW)

    def test_it_is_left_alone_for_a_moment_and_found_again_after(self, quiet_world: World) -> None:
        adapter = quiet_world.parents()
        with pytest.raises(ProviderUnavailable):
            adapter.begin(None, now=NOW)
        with quiet_world.running():
            with pytest.raises(ProviderUnavailable, match="a moment ago"):
                adapter.begin(None, now=NOW + timedelta(seconds=9))
            assert adapter.begin(None, now=NOW + timedelta(seconds=10)).redirect_url

    def test_it_goes_down_while_the_person_is_away(self, quiet_world: World) -> None:
        adapter = quiet_world.parents()
        with quiet_world.running():
            begin = adapter.begin(None, now=NOW)
            back = choose(begin, person="mette-lund")
        with pytest.raises(ProviderUnavailable):
            adapter.finish(begin.sealed_state, back, now=NOW)

    def test_what_it_publishes_is_kept_for_an_hour(self, quiet_world: World) -> None:
        adapter = quiet_world.parents()
        with quiet_world.running():
            adapter.begin(None, now=NOW)
        assert adapter.begin(None, now=NOW + timedelta(minutes=59)).redirect_url
        with pytest.raises(ProviderUnavailable):
            adapter.begin(None, now=NOW + timedelta(minutes=60))
        with pytest.raises(ProviderUnavailable):
            adapter.begin(None, now=NOW - timedelta(days=1))

    def test_it_says_itself_that_it_is_busy(self, world: World) -> None:
        adapter = world.parents()
        begin = adapter.begin(None, now=NOW)
        back = {"state": begin.sealed_state["state"], "iss": world.issuer, "error": "temporarily_unavailable"}
        with pytest.raises(ProviderUnavailable):
            adapter.finish(begin.sealed_state, back, now=NOW)

    def test_it_does_not_know_our_secret(self, world: World) -> None:
        adapter = world.parents(client_secret="another")
        begin = adapter.begin(None, now=NOW)
        with pytest.raises(ProviderUnavailable, match="invalid_client"):
            adapter.finish(begin.sealed_state, choose(begin, person="mette-lund"), now=NOW)

    @pytest.mark.parametrize(
        "change",
        [
            {"issuer": "https://another.example.org"},
            {"token_endpoint": None},
            {"jwks_uri": "file:///etc/passwd"},
            {"authorization_endpoint": ["x"]},
        ],
        ids=str,
    )
    def test_a_description_that_cannot_be_used(self, world: World, change: dict[str, object]) -> None:
        world.bends["/.well-known/openid-configuration"] = lambda document: {**document, **change}
        with pytest.raises(ProviderUnavailable):
            world.parents().begin(None, now=NOW)

    @pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{"kty": "RSA"}]}, {"keys": "x"}], ids=str)
    def test_keys_that_cannot_be_used(self, world: World, keys: dict[str, object]) -> None:
        world.bends["/jwks"] = lambda _: keys
        with pytest.raises(ProviderUnavailable):
            sign_in(world.parents())

    def test_userinfo_is_no_object(self, world: World) -> None:
        world.bends["/userinfo"] = lambda _: ["x"]  # type: ignore[return-value,list-item]
        with pytest.raises(ProviderUnavailable):
            sign_in(world.parents())


class TestDiscovery:
    HTTPS = {
        "issuer": "https://nemlog-in.example.org/",
        "authorization_endpoint": "https://nemlog-in.example.org/authorize",
        "token_endpoint": "https://nemlog-in.example.org/token",
        "jwks_uri": "https://keys.example.org/jwks",
    }

    def test_the_least_a_provider_must_say(self) -> None:
        metadata = read_metadata("https://nemlog-in.example.org/", self.HTTPS)
        assert metadata.jwks_uri == "https://keys.example.org/jwks"
        assert (metadata.userinfo_endpoint, metadata.end_session_endpoint) == (None, None)
        assert (metadata.takes_basic, metadata.names_itself) == (True, False)

    def test_a_slash_makes_another_issuer(self) -> None:
        with pytest.raises(ProviderUnavailable):
            read_metadata("https://nemlog-in.example.org", self.HTTPS)

    @pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
    def test_a_provider_met_over_tls_may_not_leave_it(self, name: str) -> None:
        with pytest.raises(ProviderUnavailable, match=name):
            read_metadata("https://nemlog-in.example.org/", {**self.HTTPS, name: "http://nemlog-in.example.org/x"})


class TestRemembered:
    def test_many_threads_at_once_fetch_once(self) -> None:
        fetched: list[datetime] = []

        def fetch(now: datetime) -> int:
            fetched.append(now)
            sleep(0.05)
            return len(fetched)

        remembered = Remembered(fetch, timedelta(hours=1))
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(remembered.get, [NOW] * 8)) == {1}

    def test_one_dead_provider_holds_one_thread(self) -> None:
        tried: list[datetime] = []

        def fetch(now: datetime) -> int:
            tried.append(now)
            sleep(0.05)
            raise ProviderUnavailable("dead")

        remembered = Remembered(fetch, timedelta(hours=1))
        with ThreadPoolExecutor(8) as pool:
            calls = [pool.submit(remembered.get, NOW) for _ in range(8)]
        failures = [call.exception() for call in calls]
        assert [type(failure) for failure in failures] == [ProviderUnavailable] * 8
        assert len(tried) == 1
