"""Over real TLS, in production behind a proxy: a real browser's own forms are taken, and no other site's are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from parentsite.counselling.models import Thread
from parentsite.foundation.database import Database
from tests.bench.load import HOST
from tests.bench.served import free_port
from tests.counselling.pages import TEXT
from tests.counselling.serving import Served, served
from tests.counselling.tls import ending_tls
from tests.databases import SqliteFiles

pytestmark = pytest.mark.browser

FORECAST = "https://www.dmi.dk/"
EVIL, NEIGHBOUR = "https://evil.example/", f"https://{HOST}:9/"
"""A stranger's site, and another service of the same host, to which a browser lets a SameSite cookie travel along."""
SEND = "main form .button.primary"
TRAP = """<!DOCTYPE html><title>Win</title><meta name="referrer" content="{referrer}">
<form method="post" action="{action}"><input name="text" value="Ring til os"><input name="phrase" value="kanel">
<button>Win</button></form>"""


@dataclass
class Town:
    """The site behind its proxy."""

    site: Served
    url: str

    def conversations(self) -> int:
        database = Database(f"sqlite:///{self.site.apart}")
        with database.read() as session:
            number = session.scalar(select(func.count()).select_from(Thread)) or 0
        database.dispose()
        return number


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles, lilleby: str) -> Iterator[Town]:
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    url = f"https://{HOST}:{port}"
    with (
        served(_made(folder / "site"), sqlite_files, lilleby, 1, BASE_URL=url, PROXIES="1") as site,
        ending_tls(folder, port, site.port),
    ):
        yield Town(site, url)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@contextmanager
def writing(chromium: Browser, town: Town, script: bool) -> Iterator[Page]:
    """A browser in which somebody has written, and stands inside."""
    context = chromium.new_context(base_url=town.url, ignore_https_errors=True, java_script_enabled=script)
    context.route(f"{FORECAST}**", lambda route: route.fulfill(body="<title>Vejr</title><h1>Sol</h1>"))
    try:
        page = context.new_page()
        page.goto("/samtale/da/")
        page.locator("#text").fill(TEXT)
        press(page, SEND)
        press(page, SEND)
        expect(page.locator("main blockquote")).to_have_text(TEXT)
        yield page
    finally:
        context.close()


def press(page: Page, what: str) -> None:
    with page.expect_navigation():
        page.locator(what).click()


@pytest.mark.parametrize("script", [True, False])
def test_a_parent_writes_reads_and_leaves(script: bool, chromium: Browser, behind_tls: Town) -> None:
    with writing(chromium, behind_tls, script) as page:
        (cookie,) = page.context.cookies()
        kept = {name: cookie.get(name) for name in ("secure", "httpOnly", "sameSite", "path", "expires")}
        assert kept == {"secure": True, "httpOnly": True, "sameSite": "Strict", "path": "/samtale", "expires": -1}
        page.locator("#text").fill("Tak.")
        press(page, SEND)
        expect(page.locator("main blockquote")).to_have_count(2)
        page.locator(".leave button").click()
        expect(page.locator("h1")).to_have_text("Sol")
        assert page.context.cookies() == []


@pytest.mark.parametrize("origin", [EVIL, NEIGHBOUR])
@pytest.mark.parametrize("referrer", ["unsafe-url", "no-referrer"])
def test_no_other_site_sends_our_forms(origin: str, referrer: str, chromium: Browser, behind_tls: Town) -> None:
    """Without its referrer a site hides its origin too; a neighbour's form brings the cookie with it."""
    with writing(chromium, behind_tls, True) as page:
        before, other = behind_tls.conversations(), page.context.new_page()
        for path in ("", "tilbage", "samtale", "slet", "nye-ord", "tid", "ord", "forlad"):
            assert sent_from(other, origin, referrer, f"{behind_tls.url}/samtale/da/{path}") == 400
        page.goto("/samtale/da/samtale")
        expect(page.locator("main blockquote")).to_have_text(TEXT)
        assert behind_tls.conversations() == before


def sent_from(page: Page, origin: str, referrer: str, action: str) -> int:
    """Press the button of a trap on another site. Returns the status of the answer."""
    trap = TRAP.format(action=action, referrer=referrer)
    context: BrowserContext = page.context
    context.route(f"{origin}**", lambda route: route.fulfill(body=trap, content_type="text/html"))
    page.goto(origin)
    with page.expect_navigation() as gone:
        page.locator("button").click()
    context.unroute(f"{origin}**")
    return gone.value.status if gone.value else 0
