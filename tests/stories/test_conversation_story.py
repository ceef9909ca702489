"""Somebody writes without a name, keeps the words on paper, leaves in a hurry, and comes back for the answer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Device, Screen, Visitor
from tests.counselling.people import TEXT
from tests.stories.conftest import NewVisitor
from tests.stories.road import words

pytestmark = pytest.mark.browser

FORECAST = "https://www.dmi.dk/"
FRONT, BACK, INSIDE = "/samtale/da/", "/samtale/da/tilbage", "/samtale/da/samtale"
SEND = "main form .button.primary"
WAY_OUT = ".leave button"


def written(visitor: Visitor) -> tuple[str, str]:
    """Write for the first time. Returns the words and the digits."""
    visitor.context.route(f"{FORECAST}**", lambda route: route.fulfill(body="<title>Vejr</title><h1>Sol</h1>"))
    visitor.go("/da/plads")
    page = visitor.go(FRONT)
    assert visitor.context.cookies() == []
    page.locator("#text").fill(TEXT)
    visitor.press(SEND)
    seven = " ".join(page.locator("ol.secret li").all_inner_texts())
    digits = page.locator("p.secret").inner_text()
    visitor.press(SEND)
    expect(page.locator("main blockquote")).to_have_text(TEXT)
    return seven, digits


def gone(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Sol")
    assert page.url == FORECAST


@pytest.mark.parametrize("script", [True, False])
def test_a_parent_writes_leaves_and_comes_back(script: bool, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(script=script))
    seven, digits = written(visitor)
    page = visitor.page
    page.locator(WAY_OUT).click()
    gone(page)
    assert visitor.context.cookies() == []
    for typed in (seven.upper(), digits):
        visitor.go(INSIDE)
        assert visitor.path == BACK
        page.locator("#phrase").fill(typed)
        visitor.press(SEND)
        expect(page.locator("main blockquote").first).to_have_text(TEXT)
        page.locator(WAY_OUT).click()
        gone(page)


@pytest.mark.parametrize("script", [True, False])
def test_one_step_back_shows_nothing_of_it(script: bool, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(script=script))
    seven, _ = written(visitor)
    page = visitor.page
    page.locator(WAY_OUT).click()
    gone(page)
    for _ in range(4):
        page.go_back()
        shown = page.content()
        assert TEXT not in shown
        assert seven.split()[0] not in page.locator("body").inner_text().split()
        if page.url.endswith("/da/plads"):
            break


def test_shift_three_times_ends_the_session_on_the_server(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    written(visitor)
    (cookie,) = visitor.context.cookies()
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    gone(visitor.page)
    # The browser has none any more; a copy of it opens nothing either.
    expect(visitor.page.locator("h1")).to_have_text("Sol")
    visitor.context.add_cookies([cookie])
    visitor.go(INSIDE)
    assert visitor.path == BACK


@pytest.mark.parametrize("path", [FRONT, BACK, INSIDE, "/samtale/ar/slet", "/samtale/ar/tid", "/samtale/da/nye-ord"])
@pytest.mark.parametrize("script", [True, False])
def test_the_way_out_is_first_and_in_sight_on_a_narrow_phone(path: str, script: bool, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(screen=Screen.NARROW, script=script))
    written(visitor)
    page = visitor.go(path)
    way = page.locator(WAY_OUT)
    if path == FRONT:
        assert visitor.path == INSIDE
    page.mouse.wheel(0, 1500)
    expect(way).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(way).to_be_focused()
    page.keyboard.press("Enter")
    gone(page)


def test_every_step_has_the_same_title_and_nothing_stays_in_the_browser(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    written(visitor)
    titles = set()
    for path in (INSIDE, BACK, "/samtale/da/slet", "/samtale/da/tid", "/samtale/da/findes-ikke"):
        titles.add(visitor.go(path).title())
    assert len(titles) == 1
    assert next(iter(titles)).startswith(words("da", "Write to us"))
    assert visitor.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
