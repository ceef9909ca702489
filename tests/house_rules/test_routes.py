"""Closed by default: the whole route table is read, and every door is tried."""

from uuid import UUID

import pytest
from flask import Blueprint, Response

from parentsite.foundation.web.access import anyone, open_to, parents
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import SAFE_METHODS
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import ActorKind
from tests import builders
from tests.house_rules.routes import Route, routes_of
from tests.sites import Site, sign_in
from tests.strict import Client

SIGN_IN = {"signin.begin", "signin.finish", "signin.again", "signin.leave", "signin.goodbye"}
OPEN_IN_MIT = SIGN_IN | {"mine.root", "calendar.feed"}
OPEN_IN_DESK = SIGN_IN | {"outbox.letters"}
FOR_ALL_STAFF = {"desk.front"}
OF_SOMEBODY = {"application", "offer", "vacancy", "code", "child", "appointment"}
OPEN_TO_SENDING = {"signin.leave"}


TEAMS = ("social_worker", "family_team", "disability_team")
OFFICES = ("placement", "health_visitor", "group_organiser", "pedagogue", "school", "bfo", "counsellor", "dpo", *TEAMS)


class Staff:
    """A browser of somebody of each office."""

    def __init__(self, site: Site) -> None:
        self.clients = {role: site.clerk(role) for role in OFFICES}

    def of(self, route: Route) -> Client:
        """Of one who may enter."""
        roles = route.policy.roles if route.policy else frozenset()
        return next(client for role, client in self.clients.items() if not roles or role in roles)

    def others(self, route: Route) -> list[Client]:
        """Of those who may not."""
        roles = route.policy.roles if route.policy else frozenset()
        return [client for role, client in self.clients.items() if role not in roles]


@pytest.fixture
def routes(site: Site) -> list[Route]:
    return routes_of(site)


@pytest.fixture
def parent(site: Site) -> Client:
    with site.work() as work:
        person = builders.family(work).parent
    return site.parent(person)


def test_every_endpoint_declares_who_may_enter(routes: list[Route]) -> None:
    assert [str(route) for route in routes if route.policy is None] == []


def test_public_pages_are_open_to_anyone_and_store_nothing(routes: list[Route]) -> None:
    public = [route for route in routes if route.zone is Zone.PUBLIC]
    assert public
    assert [str(route) for route in public if route.policy != anyone or route.methods - SAFE_METHODS] == []


def test_pages_below_mit_are_for_parents_alone(routes: list[Route]) -> None:
    others = {route.rule.endpoint for route in routes if route.zone is Zone.MIT and route.policy != parents}
    assert others == OPEN_IN_MIT


def test_pages_below_desk_are_for_staff_with_a_role(routes: list[Route]) -> None:
    desk = [route for route in routes if route.zone is Zone.DESK]
    staff = [route for route in desk if route.policy and route.policy.kind is ActorKind.STAFF]
    assert {route.rule.endpoint for route in desk if route not in staff} == OPEN_IN_DESK
    assert {route.rule.endpoint for route in staff if not (route.policy and route.policy.roles)} == FOR_ALL_STAFF


def test_each_app_answers_for_its_own_zones_only(routes: list[Route]) -> None:
    zones = {(route.app.name, route.zone) for route in routes}
    assert zones == {
        ("parents", Zone.PUBLIC),
        ("parents", Zone.MIT),
        ("samtale", Zone.SAMTALE),
        ("desk", Zone.DESK),
    }


def test_every_page_has_its_language_in_its_address(routes: list[Route]) -> None:
    without = {
        route.rule.rule for route in routes if route.zone is not Zone.DESK and "lang" not in route.rule.arguments
    }
    assert {rule for rule in without if not rule.startswith("/mit/")} == {
        "/",
        "/was",
        "/healthz",
        "/readyz",
        "/samtale/",
    }
    assert {rule for rule in without if rule.startswith("/mit/")} == {
        "/mit/",
        "/mit/log-ind",
        "/mit/retur",
        "/mit/igen",
        "/mit/log-ud",
        "/mit/farvel",
        "/mit/kalender/<token>.ics",
    }


def test_an_undeclared_door_is_shut_even_to_those_who_are_signed_in(site: Site) -> None:
    forgotten = Blueprint("forgotten", __name__)

    @forgotten.get("/<lang>/glemt")
    @forgotten.get("/mit/<lang>/glemt")
    def undeclared() -> Response:
        return page("home/accessibility.html")

    @forgotten.get("/<lang>/husket")
    @open_to(anyone)
    def declared() -> Response:
        return page("home/accessibility.html")

    with site.work() as work:
        person = builders.family(work).parent
    app = site.app_of(Zone.MIT, forgotten)
    client = Client(app, site.settings)
    assert client.get("/da/husket").status == 200
    client.get("/da/glemt", status=403)
    sign_in(site, client, person)
    client.get("/mit/da/glemt", status=403)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stranger_is_led_to_sign_in(site: Site, routes: list[Route], htmx: bool) -> None:
    closed = [route for route in routes if route.policy and route.policy.kind]
    assert closed
    for route in closed:
        for method in sorted(route.methods & {"GET", "POST"}):
            stranger = site.client()
            ask = stranger.get if method == "GET" else stranger.post
            page = ask(route.path, status=401 if htmx else 303, htmx=htmx)
            assert page.location.startswith(f"/{route.zone.value}/log-ind?til="), str(route)
            assert stranger.cookie(route.zone) is None


def test_a_form_without_its_token_is_refused(site: Site, routes: list[Route], parent: Client) -> None:
    staff = Staff(site)
    for route in routes:
        # The anonymous zone has forms before it has sessions: tests/counselling/test_doors_of_pages.py.
        is_anonymous = route.zone is Zone.SAMTALE
        if route.is_unsafe and not is_anonymous and route.rule.endpoint not in OPEN_TO_SENDING:
            (staff.of(route) if route.zone is Zone.DESK else parent).post(route.path, status=400)
    for zone in (Zone.MIT, Zone.DESK):
        (site.clerk() if zone is Zone.DESK else parent).post(f"/{zone.value}/log-ud", status=400)


def test_staff_with_another_role_are_refused(site: Site, routes: list[Route]) -> None:
    staff = Staff(site)
    limited = [route for route in routes if route.policy and route.policy.roles]
    assert {role for route in limited if route.policy for role in route.policy.roles} == set(staff.clients)
    for route in limited:
        for method in sorted(route.methods & {"GET", "POST"}):
            for other in staff.others(route):
                (other.get if method == "GET" else other.post)(route.path, status=403)


def test_a_session_counts_in_its_own_zone_only(site: Site) -> None:
    with site.work() as work:
        person = builders.family(work).parent
    parent = site.parent(person)
    token = parent.cookie(Zone.MIT)
    assert token
    for zone, path in ((Zone.DESK, "/desk/"), (Zone.SAMTALE, "/samtale/da/")):
        stranger = site.client()
        stranger.set_cookie(zone, token)
        page = stranger.get(path, status=303 if zone is Zone.DESK else 200)
        assert zone is Zone.SAMTALE or page.location.startswith("/desk/log-ind")


def test_what_belongs_to_nobody_is_not_found(site: Site, routes: list[Route], parent: Client) -> None:
    staff = Staff(site)
    somebodys = {"token", "application", "offer", "vacancy", "code", "visit", "child", "visitor", "appointment"}
    somebodys |= {"group_id", "draft", "version", "request"}
    for route in routes:
        if route.rule.arguments & somebodys and "GET" in route.methods:
            (staff.of(route) if route.zone is Zone.DESK else parent).get(route.path, status=404)


def test_an_anonymous_conversation_cannot_know_who_is_signed_in(site: Site) -> None:
    with site.work() as work:
        person = builders.family(work).parent
    stranger, known = site.client(), site.parent(person)
    token = known.cookie(Zone.MIT)
    forced = {"Cookie": f"mit={token}; desk={token}; other=1"}
    bare = stranger.get("/samtale/da/")
    assert (
        bare.response.data
        == known.get("/samtale/da/").response.data
        == stranger.get("/samtale/da/", headers=forced).response.data
    )
    assert "Set-Cookie" not in bare.headers


@pytest.mark.parametrize("cookie", ["mit=x", "session=abc; mit=; desk", "=;;=", 'mit="a\\"; b', "x" * 4000, "mit=\x80"])
def test_a_stray_cookie_denies_nobody_anything(site: Site, cookie: str) -> None:
    client = site.client()
    for path in ("/da/", "/samtale/da/"):
        assert client.get(path, headers={"Cookie": cookie}).response.data == client.get(path).response.data
    client.get("/mit/da/", headers={"Cookie": cookie}, status=303)


def test_ids_in_addresses_are_random(site: Site) -> None:
    with site.work() as work:
        ids = [builders.person(work) for _ in range(3)]
    assert all(one.version == 4 for one in ids if isinstance(one, UUID))
