"""A real Chromium, and the people who use it: on a phone, a narrow phone, in the dark, without script, in Arabic.

A `Visitor` is one browser with its own cookies. Whatever it meets on the way is written down: what the console
complained of, answers that were refused, requests to strangers. `Visitor.calm()` holds it against the house's laws.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    ViewportSize,
)

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000
REFUSALS = range(400, 600)
NO_BROWSER = f"NO BROWSER AT {CHROMIUM}: apt-get install -y chromium fonts-noto-core"


class Screen(Enum):
    """How much room there is, in CSS pixels: width and height."""

    PHONE = (390, 844)
    NARROW = (320, 640)
    WIDE = (1280, 800)

    @property
    def size(self) -> ViewportSize:
        return {"width": self.value[0], "height": self.value[1]}


def launch(playwright: Playwright, *, keeps_pages: bool = False) -> Browser:
    """Start Chromium; skip loudly where there is none, and fail in CI. People's own `keeps_pages` to go back to."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)
    left_out = ["--disable-back-forward-cache"] if keeps_pages else None
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS), ignore_default_args=left_out)


@dataclass(frozen=True)
class Device:
    """What a browser is like; the language is the one it asks for."""

    screen: Screen = Screen.PHONE
    script: bool = True
    dark: bool = False
    language: str = "da"

    def context(self, browser: Browser, base_url: str) -> BrowserContext:
        """A new browser of this kind, which has never been anywhere. Colours change at once, without a fade."""
        context = browser.new_context(
            base_url=base_url,
            viewport=self.screen.size,
            java_script_enabled=self.script,
            color_scheme="dark" if self.dark else "light",
            reduced_motion="reduce",
            locale=self.language,
            timezone_id="Europe/Copenhagen",
        )
        context.set_default_timeout(PATIENCE_MS)
        return context


@dataclass
class Watch:
    """What one browser met."""

    own_hosts: frozenset[str]
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Listen to a page from now on."""
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _heard(self, kind: str, text: str) -> None:
        # An answer of 400 and above is told in the console too; it is held in `refused`.
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource"):
            self.complaints.append(text)

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in {"http", "https"} and url.netloc not in self.own_hosts:
            self.strangers.append(request.url)

    def _answered(self, response: Response) -> None:
        if response.status in REFUSALS:
            self.refused.append((response.status, urlsplit(response.url).path))


@dataclass
class Visitor:
    """One person with one browser."""

    context: BrowserContext
    device: Device
    watch: Watch
    language: str
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.watch.over(self.context.new_page())

    def go(self, path: str) -> Page:
        """Type an address."""
        self.page.goto(path)
        return self.page

    def press(self, locator: Locator | str) -> Page:
        """Press what leads to another page, and wait until that page is there."""
        found = self.page.locator(locator) if isinstance(locator, str) else locator
        with self.page.expect_navigation():
            found.click()
        return self.page

    @property
    def path(self) -> str:
        """Where the browser stands, without host and query."""
        return urlsplit(self.page.url).path

    def calm(self, *, refusals: Iterable[int] = ()) -> None:
        """Nothing in the console, nobody else asked, and only the refusals that were to be."""
        expected = set(refusals)
        surprises = [(status, path) for status, path in self.watch.refused if status not in expected]
        assert not self.watch.complaints, f"the console says {self.watch.complaints}"
        assert not self.watch.strangers, f"strangers were asked: {self.watch.strangers}"
        assert not surprises, f"refused on the way: {surprises}"


@contextmanager
def visitor(
    browser: Browser, device: Device, base_url: str, own: Iterable[str], language: str | None = None
) -> Iterator[Visitor]:
    """A person with a new browser, who closes it at the end. `own` are the hosts that are no strangers."""
    context = device.context(browser, base_url)
    try:
        yield Visitor(context, device, Watch(frozenset(own)), language or device.language)
    finally:
        context.close()


def focused(page: Page) -> dict[str, Any]:
    """What has the keyboard's attention: tag, id, name, value and words."""
    told: dict[str, Any] = page.evaluate(
        """() => { const e = document.activeElement; return {
        tag: e.tagName.toLowerCase(), id: e.id, name: e.name || "", value: e.value || "",
        text: e.textContent.trim().slice(0, 80), summary: e.classList.contains("error-summary") }; }"""
    )
    return told


def tab_to(locator: Locator, *, at_most: int = 60) -> Locator:
    """Walk with the Tab key until `locator` is reached, and see that one can see where one is."""
    page = locator.page
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if locator.evaluate("e => e === document.activeElement"):
            ring = locator.evaluate("e => { const s = getComputedStyle(e); return s.outlineStyle + s.outlineWidth; }")
            assert ring not in {"none0px", "none3px"}, f"no ring around {locator}"
            return locator
    raise AssertionError(f"{locator} cannot be reached with the keyboard from {focused(page)}")
