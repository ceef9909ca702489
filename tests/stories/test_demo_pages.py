"""What stands beside the site in a demo holds the same: the sign-in provider's pages, and the letters to be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parentsite.app import create_site
from parentsite.demo.serve import serving
from parentsite.foundation.post import FolderTransport
from parentsite.foundation.settings import Settings
from tests import builders
from tests.browser import Device
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.looks import LOOKS, faults
from tests.stories.running import RunningSite, free_ports

pytestmark = pytest.mark.browser

RECEIVER = "outbox@example.org"
PROVIDER: dict[str, Callable[[RunningSite], str]] = {
    "choose-parent": lambda town: f"{town.url}/mit/da/",
    "choose-staff": lambda town: f"{town.url}/desk/",
    "refused": lambda town: f"{town.site.issuer}/authorize?client_id=nobody",
    "signed-out": lambda town: f"{town.site.issuer}/end-session",
}


@pytest.mark.parametrize("name", PROVIDER)
def test_the_demo_sign_in_holds(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    page = visitor.go(PROVIDER[name](town))
    assert page.url.startswith(town.site.issuer)
    _holds(page, f"provider-{name}")
    visitor.calm(refusals=[400])


def test_nobody_is_signed_in_after_cancelling(town: RunningSite, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(Device(language="ar"))
    visitor.go("/mit/ar/")
    visitor.press("button[name=cancel]")
    assert visitor.path == "/mit/retur"
    visitor.press("main a.button")
    assert visitor.page.url.startswith(town.site.issuer)
    visitor.calm(refusals=[403])


def test_the_outbox_shows_a_letter_in_both_its_languages(town: RunningSite, new_visitor: NewVisitor) -> None:
    """A second site over the same town, which writes its letters into a folder, as a demo does."""
    with town.work() as work:
        family = Pair(builders.person(work, email=RECEIVER, language="ar"), builders.child(work))
        builders.lives_with(work, family.parent, family.child)
        builders.sent(work, family, wishes=("himmel-og-hav",))
    folder, port = town.data / "letters", free_ports(1)
    FolderTransport(folder).send(town.post.wait_for(RECEIVER, 1))
    url = f"http://127.0.0.1:{port}"
    own = {"PARENTSITE_MAIL_URL": f"file://{folder}", "PARENTSITE_BASE_URL": url}
    settings = Settings.from_env({**town.site.environment(), **own})
    with serving(create_site(settings), "127.0.0.1", port):  # type: ignore[arg-type]
        visitor = new_visitor()
        page = visitor.page
        page.goto(f"{url}/desk/udbakke")
        page.locator("details summary").first.click()
        expect(page.locator("details pre[lang=ar]")).to_be_visible()
        expect(page.locator("details pre[lang=da]")).to_be_visible()
        _holds(page, "desk-outbox-da")
    assert not visitor.watch.complaints


def _holds(page: Page, name: str) -> None:
    found = list(faults(page, name, LOOKS))
    assert not found, "\n".join(found)
