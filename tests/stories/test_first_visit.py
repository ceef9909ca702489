"""What a first visit costs, and what it must not bring along: the budget of the page, measured on the wire.

Bytes are the answers' bodies as they were sent; the whole of a visit counts its headers too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Request, expect

from tests import builders, seen
from tests.browser import Device
from tests.stories.conftest import NewVisitor
from tests.stories.road import Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

KB = 1024
BUDGET: Mapping[str, int] = {"document": 8 * KB, "stylesheet": 6 * KB, "script": 14 * KB}
FIRST_PAINT = 13 * KB
WHOLE_VISIT, REQUESTS = 28 * KB, 5
REPEATED_PAGE, ROUND_TRIP = 8 * KB, 6 * KB
OPEN_PAGES = ("/{}/", "/{}/plads", "/{}/bornehuse", "/{}/bornehuse/fregatten", "/{}/privatliv", "/samtale/{}/")


@dataclass(frozen=True)
class Sent:
    """One answer on the wire."""

    kind: str
    body: int
    headers: int


class Wire:
    """Hears what a page asks for."""

    def __init__(self, page: Page) -> None:
        self._requests: list[Request] = []
        page.on("requestfinished", lambda request: self._requests.append(request))

    def heard(self) -> Iterator[Sent]:
        """What has been sent since the last time, from the network and not from the browser's own store."""
        told, self._requests[:] = list(self._requests), []
        for request in told:
            sizes = request.sizes()
            yield Sent(request.resource_type, sizes["responseBodySize"], sizes["responseHeadersSize"])


def hold(sent: list[Sent], path: str) -> None:
    """A first visit against its budget."""
    body = {kind: sum(one.body for one in sent if one.kind == kind) for kind in {one.kind for one in sent}}
    assert all(body.get(kind, 0) <= limit for kind, limit in BUDGET.items()), f"{path}: {body}"
    assert body["document"] + body["stylesheet"] <= FIRST_PAINT, f"{path}: {body}"
    assert sum(one.body + one.headers for one in sent) <= WHOLE_VISIT, f"{path}: {sent}"
    assert len(sent) <= REQUESTS, f"{path}: {sent}"
    assert "font" not in body, path


@pytest.mark.parametrize("language", ["da", "ar"])
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_an_open_page_costs_little_and_leaves_nothing_behind(
    path: str, language: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(Device(language=language))
    wire = Wire(visitor.page)
    visitor.go(path.format(language))
    visitor.page.wait_for_load_state("networkidle")
    hold(list(wire.heard()), path)
    assert visitor.context.cookies() == []
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert seen.shift(visitor.page) <= seen.MOST_SHIFT
    visitor.calm()


def test_a_signed_in_visit_costs_little(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    parent.enter("bjarke-oestergaard")
    draft = parent.begin(town.child("bertil-oestergaard"), "kindergarten")
    parent.want()
    afresh = new_visitor()
    town.admit(afresh, town.pair("bjarke-oestergaard", "bertil-oestergaard").parent)
    wire = Wire(afresh.page)
    afresh.go(f"{parent.home}plads/{draft}/onsker")
    afresh.page.wait_for_load_state("networkidle")
    hold(list(wire.heard()), "step 3")
    assert seen.shift(afresh.page) <= seen.MOST_SHIFT

    again = Parent(afresh)
    again.wish("kaerlodden")
    (trip,) = wire.heard()
    assert trip.body + trip.headers <= ROUND_TRIP
    afresh.go(f"{parent.home}plads/{draft}/familien")
    assert sum(one.body + one.headers for one in wire.heard() if one.kind == "document") <= REPEATED_PAGE
    assert afresh.page.evaluate("localStorage.length + sessionStorage.length") == 0
    (cookie,) = parent.visitor.context.cookies()
    assert (cookie["name"], cookie["path"], cookie["httpOnly"], cookie["sameSite"]) == ("mit", "/mit", True, "Lax")
    afresh.calm()


def test_a_receipt_on_paper_is_the_receipt_alone(town: RunningSite, new_visitor: NewVisitor) -> None:
    with town.work() as work:
        family = builders.family(work)
    parent = Parent(new_visitor(Device(dark=True)))
    town.admit(parent.visitor, family.parent)
    page = parent.page
    parent.apply(family.child, ["himmel-og-hav"])
    page.emulate_media(media="print", color_scheme="dark")
    for kept in ("h1", ".receipt .code", ".fact time", "main ol.bullets"):
        expect(page.locator(kept).first).to_be_visible()
    for left_out in (".nav", ".menu", ".foot", ".skip", "main .actions", ".curve"):
        for one in page.locator(left_out).all():
            expect(one).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert seen.accessibility(page, colours_only=True) == []
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
