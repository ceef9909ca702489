"""Every kind of page, in Danish and in Arabic, light and dark, on a phone and on a narrow one, holds what we promise.

The screenshots lie in `tests/screenshots/`, to be looked at: no program sees whether a page is beautiful.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import seen
from tests.browser import Device, Screen
from tests.house_rules.routes import routes_of
from tests.sites import Site
from tests.stories.conftest import NewVisitor
from tests.stories.running import RunningSite
from tests.stories.scenes import DESK, SCENES, Cast, Scene, assemble

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parents[1] / "screenshots"
LOOKS = tuple(product((Screen.PHONE, Screen.NARROW), ("light", "dark")))
LOOKS_OF_STAFF = (*LOOKS, (Screen.WIDE, "light"))
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((e) => { e.open = true; })"
NO_PAGES = {
    "counselling.root",
    "home.healthz",
    "home.readyz",
    "home.root",
    "home.was",
    "mine.root",
    "signin.begin",
}
SEEN_ELSEWHERE = {"outbox.letters"}
PLAYED = [pytest.param(scene, code, id=f"{scene.name}-{code}") for scene in SCENES for code in scene.languages]


@pytest.fixture(scope="session")
def cast(running: RunningSite) -> Cast:
    running.on_time()
    return assemble(running)


@pytest.fixture(scope="session", autouse=True)
def shots() -> None:
    SHOTS.mkdir(exist_ok=True)


@pytest.mark.parametrize(("scene", "language"), PLAYED)
def test_page_holds(scene: Scene, language: str, town: RunningSite, cast: Cast, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(language=language))
    if scene.who:
        town.admit(visitor, cast.people[scene.who])
    answer = visitor.page.goto(cast.path(scene, language))
    for field, value in scene.fill:
        visitor.page.locator(field).fill(value)
    if scene.press:
        visitor.page.evaluate(OPEN_ALL)
        with visitor.page.expect_navigation() as refusal:
            visitor.page.locator(scene.press).last.click()
        answer = refusal.value
    assert answer
    assert answer.status == scene.status
    visitor.page.evaluate(OPEN_ALL)
    looks = LOOKS_OF_STAFF if scene in DESK else LOOKS
    found = list(faults(visitor.page, f"{scene.name}-{language}", looks))
    assert not found, "\n".join(found)
    visitor.calm(refusals=[scene.status])


def faults(page: Page, name: str, looks: Iterable[tuple[Screen, str]]) -> Iterator[str]:
    """What is wrong with a page, in each of its looks."""
    yield from seen.headings(page)
    for screen, scheme in looks:
        page.set_viewport_size(screen.size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        look = f"{screen.size['width']} {scheme}"
        page.screenshot(path=SHOTS / f"{name}-{look.replace(' ', '-')}.jpg", full_page=True, quality=80)
        yield from (f"{look}: {fault}" for fault in seen.accessibility(page, colours_only=scheme == "dark"))
        if scheme == "light":
            found = (*seen.spilt(page), *seen.spilt_when_spaced(page), *seen.small_targets(page))
            yield from (f"{look}: {fault}" for fault in found)


def test_every_page_of_the_route_table_is_seen(site: Site) -> None:
    pages = {route.rule.endpoint for route in routes_of(site) if "GET" in route.methods}
    assert pages - {scene.endpoint for scene in SCENES} == NO_PAGES | SEEN_ELSEWHERE
