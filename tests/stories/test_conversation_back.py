"""Back after leaving: a browser that keeps whole pages to go back to (Playwright's own does not) shows nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import Device, Visitor, launch, visitor
from tests.counselling.pages import TEXT
from tests.stories.road import Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

FORECAST, SEND = "https://www.dmi.dk/", "main form .button.primary"
PLACE, FRONT, INSIDE, DELETE = "/da/plads", "/samtale/da/", "/samtale/da/samtale", "/samtale/da/slet"
HEARD = """addEventListener("pageshow", (e) => {
  if (e.persisted) console.info(`KEPT ${location.pathname} ${document.documentElement.hidden}`);
});"""
"""Says which pages came back as they were, and whether they could be seen."""
STEPS = 8


class Kept:
    """A person whose browser keeps pages, and what it said of them."""

    def __init__(self, person: Visitor) -> None:
        self.visitor, self.page, self.said = person, person.page, list[str]()
        person.context.add_init_script(HEARD)
        person.context.route(
            f"{FORECAST}**", lambda route: route.fulfill(body="<h1>Sol</h1>", content_type="text/html")
        )
        self.page.on("console", lambda told: self.said.append(told.text) if told.text.startswith("KEPT") else None)

    def writes(self) -> list[str]:
        """From a page of the public zone to the conversation and about in it. Returns what is secret."""
        self.visitor.go(PLACE)
        self.visitor.go(FRONT).locator("#text").fill(TEXT)
        self.visitor.press(SEND)
        seven = self.page.locator("ol.secret li").all_inner_texts()
        digits = self.page.locator("p.secret").inner_text()
        self.visitor.press(SEND)
        self.visitor.go(DELETE)
        self.visitor.go(INSIDE)
        expect(self.page.locator("main blockquote")).to_have_text(TEXT)
        return [TEXT, "".join(f"<li>{word}</li>" for word in seven), digits]

    def goes_back(self) -> str:
        """One step, until the page that is there then stands still. Returns all that stands on it and in its boxes."""
        self.page.go_back(wait_until="commit")
        expect(self.page.locator("html:not([hidden]) footer")).to_be_visible()
        boxes = "[...document.querySelectorAll('textarea, input')].map((e) => e.value).join('\\n')"
        return f"{self.page.content()}\n{self.page.evaluate(boxes)}"

    def finds_nothing(self, secret: list[str]) -> None:
        """However far back."""
        for _ in range(STEPS):
            shown = "".join(self.goes_back().split("\n"))
            assert [one for one in secret if one in shown] == [], self.page.url
            if self.visitor.path == PLACE:
                break
        assert self.visitor.path == PLACE
        assert not [one for one in self.said if "/samtale/" in one and one.endswith("false")], "seen for a moment"


Keeping = Callable[..., Kept]


@pytest.fixture(scope="module")
def keeping_browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright, keeps_pages=True)
    yield browser
    browser.close()


@pytest.fixture
def keeping(keeping_browser: Browser, town: RunningSite) -> Iterator[Keeping]:
    with ExitStack() as leaving:

        def enter(script: bool = True) -> Kept:
            return Kept(leaving.enter_context(visitor(keeping_browser, Device(script=script), town.url, town.hosts)))

        yield enter


def gone(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Sol")


def test_the_browser_does_keep_pages(keeping: Keeping) -> None:
    person = keeping()
    person.visitor.go("/da/bornehuse")
    person.visitor.go(PLACE)
    person.goes_back()
    assert person.said == ["KEPT /da/bornehuse false"]


def test_inside_one_goes_back_and_forth_and_reads(keeping: Keeping) -> None:
    person = keeping()
    person.writes()
    person.goes_back()
    assert person.visitor.path == DELETE
    assert person.said == [f"KEPT {DELETE} true"]
    expect(person.page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_after_leaving(script: bool, keeping: Keeping) -> None:
    person = keeping(script)
    secret = person.writes()
    person.page.locator(".leave button").click()
    gone(person.page)
    person.finds_nothing(secret)


def test_after_three_shifts(keeping: Keeping) -> None:
    person = keeping()
    secret = person.writes()
    for _ in range(3):
        person.page.keyboard.press("Shift")
    gone(person.page)
    person.finds_nothing(secret)


@pytest.mark.parametrize("script", [True, False])
def test_after_deleting_everything(script: bool, keeping: Keeping) -> None:
    person = keeping(script)
    secret = person.writes()
    person.visitor.go(DELETE)
    person.visitor.press("main form .button.danger")
    person.finds_nothing(secret)


def test_while_the_network_is_away(keeping: Keeping) -> None:
    """The server hears nothing, and what the browser has kept stays dark."""
    person = keeping()
    person.writes()
    person.visitor.context.set_offline(True)
    person.page.locator(".leave button").click()
    gone(person.page)
    person.page.go_back(wait_until="commit")
    expect(person.page.locator("main")).not_to_be_visible()


def test_after_signing_out_elsewhere(keeping: Keeping) -> None:
    person = keeping()
    parent = Parent(person.visitor)
    parent.enter("jonas-lund")
    person.visitor.go("/mit/da/plads")
    person.visitor.go("/mit/da/")
    parent.sign_out()
    person.page.go_back(wait_until="commit")
    # Not the page as it was: the question who one is.
    expect(person.page.locator("button[name=person]").first).to_be_visible()
