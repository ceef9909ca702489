"""What a real browser shows of the promises: nobody is known who is signed in elsewhere, and all of it works without
script, with the way out first on every page of a narrow phone.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import Device, Screen, Visitor
from tests.counselling.pages import TEXT
from tests.stories.conftest import NewVisitor
from tests.stories.road import Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

FORECAST, SEND, WAY_OUT = "https://www.dmi.dk/", "main form .button.primary", ".leave button"
FRONT, BACK, INSIDE, DELETE = "/samtale/da/", "/samtale/da/tilbage", "/samtale/da/samtale", "/samtale/da/slet"
TIME, NEW_WORDS, SAVE = "/samtale/da/tid", "/samtale/da/nye-ord", "/samtale/da/gem"
MORE = "Han sover ikke, og jeg er så træt."


def written(visitor: Visitor) -> None:
    visitor.go(FRONT).locator("#text").fill(TEXT)
    visitor.press(SEND)
    visitor.press(SEND)


def test_nobody_knows_who_is_signed_in_elsewhere(new_visitor: NewVisitor) -> None:
    visitor, sent = new_visitor(), list[Request]()
    visitor.page.on("request", lambda asked: sent.append(asked))
    parent = Parent(visitor)
    parent.enter("jonas-lund")
    signed_in, stranger = visitor.go(FRONT).content(), new_visitor().go(FRONT).content()
    assert signed_in == stranger
    written(visitor)
    inside = visitor.page.content()
    visitor.go(parent.home)
    parent.sign_out()
    assert visitor.go(INSIDE).content() == inside
    parent.enter("mette-lund")
    assert visitor.go(INSIDE).content() == inside
    visitor.context.route(f"{FORECAST}**", lambda route: route.fulfill(body="<h1>Sol</h1>"))
    visitor.page.locator(WAY_OUT).click()
    expect(visitor.page.locator("h1")).to_have_text("Sol")
    assert visitor.go(parent.home).url.endswith(parent.home), "still signed in there"
    zone = [one for one in sent if "/samtale/" in one.url]
    told = [one.all_headers().get("cookie", "") for one in zone]
    assert any(told)
    assert [one for one in told if one and not one.startswith("samtale=")] == []
    assert not any(";" in one for one in told)
    to_others = [one.all_headers().get("cookie", "") for one in sent if "/samtale/" not in one.url]
    assert not any("samtale" in one for one in to_others)
    (forecast,) = (one for one in sent if one.url == FORECAST)
    assert "referer" not in forecast.all_headers()


class Narrow:
    """Somebody on a narrow phone without script."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def at(self, path: str, *, first: bool = True) -> Page:
        """On this page the way out is wholly in sight, and the first that the keyboard comes to."""
        assert self.visitor.path == path
        expect(self.page.locator(WAY_OUT)).to_be_in_viewport(ratio=1)
        if first:
            self.page.keyboard.press("Tab")
            expect(self.page.locator(WAY_OUT)).to_be_focused()
        return self.page

    def goes(self, path: str) -> Page:
        self.visitor.go(path)
        return self.at(path)

    def sends(self, path: str, *, first: bool = True, **fields: str) -> Page:
        """Fill in, press, and stand there."""
        for field, value in fields.items():
            self.page.locator(f"#{field}").fill(value)
        self.visitor.press(SEND)
        return self.at(path, first=first)

    def comes_in(self, words: str) -> None:
        self.goes(BACK)
        self.sends(INSIDE, phrase=words)


def test_the_whole_journey_without_script(town: RunningSite, new_visitor: NewVisitor) -> None:
    """Where a refusal takes the keyboard to what is wrong, the way out is still in sight."""
    one = Narrow(new_visitor(Device(screen=Screen.NARROW, script=False)))
    page = one.goes(FRONT)
    one.sends(FRONT, first=False)
    one.sends(FRONT, first=False, text="Ring 20304050")
    one.visitor.press("main form button[name=asked]")
    one.at("/samtale/da/ord")
    digits = page.locator("p.secret").inner_text()
    one.sends(INSIDE)
    one.sends(INSIDE, text=MORE)
    expect(page.locator("main blockquote")).to_have_text(["Ring 20304050", MORE])
    one.goes(TIME)
    page.locator("input[name=slot]").first.check()
    one.sends(TIME)
    one.visitor.press("main form button[name=cancel]")
    one.at(TIME)
    one.goes(NEW_WORDS)
    one.sends("/samtale/da/ord")
    new = " ".join(page.locator("ol.secret li").all_inner_texts())
    one.sends(INSIDE)
    with page.expect_download() as saved:
        page.locator(f"a[href='{SAVE}']").click()
    assert MORE in saved.value.path().read_text(encoding="utf-8")
    page.locator("#text").fill(TEXT)
    town.later(timedelta(minutes=26))
    one.visitor.press(SEND)
    one.at(INSIDE, first=False)
    expect(page.locator("#text")).to_have_value(TEXT)
    one.sends(BACK, first=False, phrase=digits)
    one.sends(INSIDE, phrase=new)
    expect(page.locator("main blockquote")).to_have_text(["Ring 20304050", MORE, TEXT])
    one.goes(DELETE)
    one.visitor.press("main form .button.danger")
    one.at(DELETE)
    one.goes(BACK)
    one.sends(BACK, first=False, phrase=new)
    one.visitor.calm(refusals=[401, 422])
