"""One running site and one Chromium for all stories of a test process; a new browser context for each person."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import CHROMIUM, NO_BROWSER, Device, Visitor, launch, visitor
from tests.stories.running import RunningSite, running_site

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[RunningSite]:
    """The site as its own processes. At the end nothing may have gone wrong in any of them."""
    with running_site(tmp_path_factory.mktemp("demo")) as town:
        yield town
        trouble = town.trouble()
    assert trouble == []


@pytest.fixture
def town(running: RunningSite) -> Iterator[RunningSite]:
    """The site, with its clock put right again afterwards."""
    running.on_time()
    yield running
    running.on_time()


@pytest.fixture
def new_visitor(chromium: Browser, town: RunningSite) -> Iterator[NewVisitor]:
    """Makes people with a browser of their own, who close it when the test is over."""
    with ExitStack() as leaving:

        def enter(device: Device | None = None) -> Visitor:
            return leaving.enter_context(visitor(chromium, device or Device(), town.url, town.hosts))

        yield enter


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A run without a browser says so where it cannot be overlooked."""
    if not CHROMIUM.exists():
        terminalreporter.section("BROWSER TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.line(NO_BROWSER, red=True)
