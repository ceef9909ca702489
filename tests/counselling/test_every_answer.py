"""Every status that the zone can answer: exactly these headers, the way out first, and nothing of htmx."""

import sqlite3
from collections.abc import Callable, Mapping

import pytest

from parentsite.counselling.keys.slot import Slot
from parentsite.foundation.web.zones import Zone
from tests.counselling.pages import (
    BACK,
    DELETE,
    FRONT,
    INSIDE,
    LEAVE,
    NEW_WORDS,
    SAVE,
    TEXT,
    TIME,
    WORDS,
    Writer,
    writer,
)
from tests.counselling.people import crowded
from tests.header_laws import ALWAYS, HSTS, POLICY, PRIVATE, SECRET
from tests.sites import Site
from tests.strict import Client, Page

NewSite = Callable[..., Site]
HTML, PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"
FORECAST = {"Refresh": "0; url=https://www.dmi.dk/"}
GONE = {"Clear-Site-Data": '"cache"', "Set-Cookie": ""}
ELSEWHERE = {"Origin": "https://evil.example"}
REACHABLE = "a[@href]|//button|//input[not(@type='hidden')]|//textarea|//summary|//select|//*[@tabindex]"
Asked = tuple[int, Mapping[str, str], Callable[[Client, Writer], Page]]


def posts(path: str, status: int, fields: Mapping[str, str] = {}, **more: str) -> Callable[[Client, Writer], Page]:
    """A form of the writer's own browser, with its token."""
    return lambda _, one: one.browser.post(path, {"csrf_token": one.token, **fields}, status=status, headers=more)


def gets(path: str, status: int = 200) -> Callable[[Client, Writer], Page]:
    return lambda _, one: one.browser.get(path, status=status)


ANSWERS: Mapping[str, Asked] = {
    "front": (200, {"Cache-Control": PRIVATE}, lambda new, _: new.get(FRONT)),
    "sent": (303, {"Location": WORDS, "Set-Cookie": ""}, lambda new, _: new.post(FRONT, {"text": TEXT})),
    "refused": (422, {}, lambda new, _: new.post(FRONT, {"text": ""}, status=422)),
    "nobody's words": (422, {}, lambda new, _: new.post(BACK, {"phrase": "1" * 24}, status=422)),
    "inside": (200, {}, gets(INSIDE)),
    "written": (303, {"Location": INSIDE}, posts(INSIDE, 303, {"text": "Tak."})),
    "words": (200, {}, lambda new, _: (new.post(FRONT, {"text": TEXT}), new.get(WORDS))[1]),
    "saved": (
        200,
        {"Content-Type": PLAIN, "Content-Disposition": 'attachment; filename="tekst.txt"'},
        gets(SAVE),
    ),
    "time": (200, {}, gets(TIME)),
    "time refused": (422, {}, posts(TIME, 422)),
    "no session": (303, {"Location": BACK, "Cache-Control": PRIVATE}, lambda new, _: new.get(INSIDE, status=303)),
    "too late": (401, {}, lambda new, _: new.post(INSIDE, {"text": TEXT}, status=401)),
    "from elsewhere": (400, {}, posts(INSIDE, 400, **ELSEWHERE)),
    "not there": (404, {}, gets(f"{FRONT}findes-ikke", 404)),
    "no such method": (405, {"Allow": "GET, HEAD, OPTIONS"}, posts(SAVE, 405)),
    "too much": (413, {}, posts(INSIDE, 413, {"text": "x" * 1_000_001})),
    "no language": (302, {"Location": "/samtale/da/"}, gets("/samtale/", 302)),
    "left": (200, {**FORECAST, **GONE}, posts(LEAVE, 200)),
    "deleted": (200, GONE, posts(DELETE, 200)),
}


def exactly(page: Page, status: int, more: Mapping[str, str]) -> None:
    """The answer carries these headers, each once, and no other."""
    assert page.status == status
    wanted = {
        **ALWAYS,
        "Content-Security-Policy": POLICY.format(""),
        "Content-Type": HTML,
        "Cache-Control": SECRET,
        "Strict-Transport-Security": HSTS,
        "X-Robots-Tag": "noindex",
        "Vary": page.headers["Vary"],
        **more,
    }
    found = {name: value for name, value in page.headers.items() if name not in {"Content-Length", "Set-Cookie"}}
    if "Allow" in found:
        found["Allow"] = ", ".join(sorted(found["Allow"].split(", ")))
    assert len(page.headers) == len(set(page.headers.keys()))
    assert found == {name: value for name, value in wanted.items() if name != "Set-Cookie"}
    assert ("Set-Cookie" in page.headers) == ("Set-Cookie" in more)
    assert set(page.headers["Vary"].split(", ")) <= {"Accept-Encoding", "Accept-Language"}


def holds_the_way_out(page: Page) -> None:
    """Before whatever else the keyboard can reach; on the page that leads on already, a link."""
    first = page.all(f"(//{REACHABLE})[1]")[0]
    assert first.xpath("ancestor::aside[@class='leave']")
    assert page.all("//aside[@class='leave']//form/@action | //aside[@class='leave']//a[@rel='noreferrer']/@href")
    whole = page.response.get_data(as_text=True)
    assert "htmx" not in whole
    assert "hx-" not in whole


@pytest.fixture
def secure(new_site: NewSite) -> Site:
    return new_site(BASE_URL="https://byen.example")


@pytest.mark.parametrize("answer", ANSWERS)
def test_headers_and_the_way_out(secure: Site, answer: str) -> None:
    status, more, ask = ANSWERS[answer]
    page = ask(secure.client(), writer(secure))
    exactly(page, status, more)
    if page.sheet.text:
        holds_the_way_out(page)


def test_when_many_come_and_when_something_is_broken(secure: Site) -> None:
    one, new = writer(secure), secure.client()
    with crowded(Slot(secure.settings.apart.keys)):
        busy = [
            one.browser.post(path, {"text": TEXT, "csrf_token": one.token}, status=503) for path in (FRONT, NEW_WORDS)
        ]
    for page in busy:
        exactly(page, 503, {"Retry-After": "5"})
        holds_the_way_out(page)
    with sqlite3.connect(secure.settings.apart.database, isolation_level=None) as file:
        file.execute("UPDATE message SET sealed = x'00'")
        exactly(broken := one.browser.get(INSIDE, status=500), 500, {})
        holds_the_way_out(broken)
        file.execute("ALTER TABLE house_key RENAME TO lost")
    file.close()
    for page in (new.get(FRONT, status=503), new.post(FRONT, {"text": TEXT}, status=503)):
        exactly(
            page,
            503,
            {"Retry-After": "30", **({"Cache-Control": PRIVATE} if page.response.request.method == "GET" else {})},
        )
        holds_the_way_out(page)


def test_the_cookie_of_a_stranger_changes_no_header_but_what_is_kept(secure: Site) -> None:
    browser = secure.client()
    browser.set_cookie(Zone.SAMTALE, "x" * 43)
    exactly(browser.get(FRONT), 200, {})
