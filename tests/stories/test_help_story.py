"""Somebody reads about help at home, and another comes into the room."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Device, Screen, Visitor, focused
from tests.stories.conftest import NewVisitor
from tests.stories.road import words

pytestmark = pytest.mark.browser

FORECAST = "https://www.dmi.dk/"
BEFORE = "/da/plads"
PATHS = ("/da/hjaelp", "/ar/familiehuset")


def reading(visitor: Visitor, path: str) -> Page:
    """A page of help is open, after another page; the forecast is played, for no test asks strangers."""
    visitor.context.route(f"{FORECAST}**", lambda route: route.fulfill(body="<title>Vejr</title><h1>Sol</h1>"))
    visitor.go(BEFORE)
    return visitor.go(path)


def gone(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Sol")
    assert page.url == FORECAST


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_the_way_out_is_first_and_in_sight_on_a_narrow_phone(path: str, script: bool, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(screen=Screen.NARROW, script=script))
    page = reading(visitor, path)
    way = page.locator(".leave a").first
    expect(way).to_be_in_viewport(ratio=1)
    page.mouse.wheel(0, 1500)
    expect(way).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(way).to_be_focused()
    page.keyboard.press("Enter")
    gone(page)
    assert visitor.context.cookies() == []


def test_the_page_is_not_one_step_back(new_visitor: NewVisitor) -> None:
    page = reading(new_visitor(), "/da/hjaelp")
    page.locator(".leave a").first.click()
    gone(page)
    page.go_back()
    assert page.url.endswith(BEFORE)


def test_shift_three_times_leaves_and_writing_capitals_does_not(new_visitor: NewVisitor) -> None:
    page = reading(new_visitor(), "/da/hjaelp")
    expect(page.get_by_text(words("da", "On a keyboard you can also press Shift three times."))).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Shift+A")
    expect(page.locator("h1")).to_have_text(words("da", "Find help"))
    for _ in range(3):
        page.keyboard.press("Shift")
    gone(page)


def test_what_was_opened_stands_in_no_address(new_visitor: NewVisitor) -> None:
    page = reading(new_visitor(), "/da/hjaelp")
    steps, address, title = page.evaluate("history.length"), page.url, page.title()
    for topic in page.locator("main summary").all()[:8]:
        topic.click()
    expect(page.locator("main details[open]")).to_have_count(8)
    assert (page.evaluate("history.length"), page.url, page.title()) == (steps, address, title)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_what_has_the_focus_is_not_hidden_behind_the_way_out(new_visitor: NewVisitor) -> None:
    page = reading(new_visitor(Device(screen=Screen.NARROW)), "/da/hjaelp")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("main summary").nth(9).focus()
    band = page.locator(".leave").bounding_box()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        box = page.locator(":focus").bounding_box()
        assert band
        assert box, focused(page)
        assert box["y"] >= band["height"]
