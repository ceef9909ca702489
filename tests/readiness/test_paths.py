"""Every page of the site against what was written about a child: shown to those who may open it, and to nobody else.

The table of ways stands in `paths.py`, those who ask in `families.py`.
"""

import pytest

from parentsite.foundation.web.zones import Zone
from parentsite.readiness.journey import JOURNEY
from parentsite.readiness.rules.gate import Side
from tests.house_rules.routes import Route, routes_of
from tests.readiness.families import SECRETS, Asker, askers
from tests.readiness.paths import NAME, PATHS, WITHOUT_TEXT, as_text
from tests.sites import Site

ANSWERS = {200, 302, 303, 400, 403, 404, 422}
OF_THE_JOURNEY = {blueprint.name for each in JOURNEY.blueprints.values() for blueprint in each}


@pytest.fixture
def asking(site: Site) -> list[Asker]:
    return list(askers(site))


def of_the_journey(site: Site) -> list[Route]:
    return [route for route in routes_of(site) if route.rule.endpoint.partition(".")[0] in OF_THE_JOURNEY]


def test_every_way_in_stands_in_the_table(site: Site) -> None:
    """A new page must say what it shows and to whom, or why it shows nothing."""
    endpoints = {route.rule.endpoint for route in of_the_journey(site)}
    assert endpoints == PATHS.keys() | WITHOUT_TEXT.keys()
    assert not PATHS.keys() & WITHOUT_TEXT.keys()
    assert all(reason.endswith(".") for reason in WITHOUT_TEXT.values())


@pytest.mark.parametrize("endpoint", PATHS)
def test_it_opens_for_those_who_may_and_shows_nothing_to_anybody_else(asking: list[Asker], endpoint: str) -> None:
    path, opened = PATHS[endpoint], 0
    for one in asking:
        page = one.client.get(path.address.format_map(_Ids(one.family.ids)), status=ANSWERS)
        said = path.read(page) if page.status == 200 else as_text(page)
        found = {name for name, words in SECRETS.items() if words in said}
        found |= {NAME} if NAME in path.shows and one.family.name in said else set()
        may = one.may and one.side is path.side
        shows = one.words(path.shows) | (path.shows & {NAME}) if may else set()
        besides = one.words(path.may) if may else set()
        assert shows <= found, f"{one.who} is not shown {shows - found}"
        assert found <= shows | besides, f"{one.who} is shown {found - shows - besides}"
        opened += may
    assert opened


class _Ids(dict[str, object]):
    """What a family has not got is of nobody."""

    def __missing__(self, name: str) -> str:
        return "00000000-0000-0000-0000-000000000001"


def test_no_other_page_of_the_site_shows_a_word(site: Site, asking: list[Asker]) -> None:
    """Whatever stands in the table or not: each page is asked for, with this family's own ids."""
    routes = [route for route in routes_of(site) if "GET" in route.methods and route.rule.endpoint not in PATHS]
    assert len(routes) > 50
    for one in asking:
        zones = {Zone.MIT} if one.side is Side.PARENT else {Zone.DESK}
        for route in routes:
            if route.zone not in zones or route.rule.endpoint == "signin.begin":
                continue
            page = one.client.get(route.with_values(one.family.ids), status=ANSWERS)
            found = {name for name, words in SECRETS.items() if words in as_text(page)}
            assert not found, f"{one.who} is shown {found} at {route}"
