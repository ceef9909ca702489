"""Every kind of page, in Danish and in Arabic, light and dark, on a phone and on a narrow one, holds what we promise.

The screenshots lie in `tests/screenshots/`, to be looked at: no program sees whether a page is beautiful.
"""

import pytest

from tests.browser import Device
from tests.house_rules.routes import routes_of
from tests.sites import Site
from tests.stories.conftest import NewVisitor
from tests.stories.looks import LOOKS, LOOKS_OF_STAFF, OPEN_ALL, faults
from tests.stories.running import RunningSite
from tests.stories.scenes import DESK, SCENES, Cast, Scene, assemble

pytestmark = pytest.mark.browser

NO_PAGES = {
    "calendar.feed",
    "contact.file",
    "contact_desk.file",
    "counselling.root",
    "counselling.save",
    "desk_log.file",
    "groups.entry",
    "home.healthz",
    "home.readyz",
    "home.root",
    "home.was",
    "looked.file",
    "mine.news",
    "mine.root",
    "readiness.pdf",
    "readiness.receipts_file",
    "readiness_desk.paper_file",
    "readiness_desk.received_pdf",
    "signin.begin",
    "visits.entry",
    "visits.receipts_file",
    "visits_desk.paper_file",
    "way.day",
    "way.file",
}
SEEN_ELSEWHERE = {"outbox.letters", "counselling.leave"}
PLAYED = [pytest.param(scene, code, id=f"{scene.name}-{code}") for scene in SCENES for code in scene.languages]


@pytest.fixture(scope="session")
def cast(running: RunningSite) -> Cast:
    running.on_time()
    return assemble(running)


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
    looks = LOOKS_OF_STAFF if scene in DESK else LOOKS
    found = list(faults(visitor.page, f"{scene.name}-{language}", looks))
    assert not found, "\n".join(found)
    visitor.calm(refusals=[scene.status])


def test_every_page_of_the_route_table_is_seen(site: Site) -> None:
    pages = {route.rule.endpoint for route in routes_of(site) if "GET" in route.methods}
    assert pages - {scene.endpoint for scene in SCENES} == NO_PAGES | SEEN_ELSEWHERE
