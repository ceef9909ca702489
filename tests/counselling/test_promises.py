"""What the pages promise to whoever looks on: nothing made before there is text, no hour anywhere, nobody shut out, and
no knowledge of who is signed in elsewhere.
"""

import re
import sqlite3

import pytest

from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.rules.phrase import Phrase
from parentsite.foundation.web.zones import Zone
from tests import builders
from tests.counselling.pages import BACK, DELETE, FRONT, INSIDE, NEW_WORDS, SAVE, TEXT, TIME, said, writer
from tests.counselling.people import count_keys, crowded
from tests.counselling.test_stolen import bytes_around
from tests.sites import Site

PLAIN = {
    "thread": "id, lookup, for_parent, for_house, talk, visited_on, closed_on",
    "message": "thread, number, side, day, read_on, sealed",
    "taken_time": "*",
    "audit_day": "*",
    "open_session": "token_hash, sealed",
}
HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.][0-5]\d(?![\d.])")


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every key that is made of a phrase from now on."""
    return count_keys(monkeypatch)


def files(site: Site) -> bytes:
    """What there is of the conversations on the disk."""
    return bytes_around(site.settings.apart.database.parent) + bytes_around(site.settings.apart.keys)


def test_what_cannot_be_a_phrase_never_waits_for_the_slot(site: Site) -> None:
    browser = site.client()
    page, _ = browser.get(BACK), browser.get(FRONT)
    with crowded(Slot(site.settings.apart.keys)):
        for typed in ("æble " * 2000, "1" * 10_000, "kanel kanel"):
            browser.submit(page, action=BACK, phrase=typed, status=422)


def test_no_address_is_ever_shut_out(site: Site) -> None:
    """A shelter has one: whoever comes after many wrong words is heard like the first."""
    one, shared = writer(site), {"X-Forwarded-For": "203.0.113.77"}
    for _ in range(20):
        site.client().post(BACK, {"phrase": " ".join(Phrase.new().words)}, status=422, headers=shared)
    site.client().post(BACK, {"phrase": one.words}, headers=shared)


def test_before_there_is_text_nothing_is_made(site: Site, derived: list[object]) -> None:
    """No row, no key, no file's byte, however often the pages are looked at and sent empty."""
    site.client().get(FRONT)
    before = files(site)
    for path in (FRONT, BACK):
        site.client().get(path)
        site.client().post(path, {"text": "", "phrase": ""}, status=422)
    assert files(site) == before
    assert derived == []


@pytest.mark.parametrize("path", [INSIDE, DELETE, NEW_WORDS, SAVE])
def test_no_page_tells_an_hour(site: Site, path: str) -> None:
    page = writer(site).browser.get(path)
    text = page.text if page.sheet.text else page.response.get_data(as_text=True)
    assert not HOUR.search(text), HOUR.search(text)
    assert not HOUR.search(str(page.headers)), page.headers


@pytest.mark.parametrize("path", [INSIDE, DELETE, NEW_WORDS, SAVE, TIME, BACK])
def test_morning_and_night_leave_the_same_pages(site: Site, path: str) -> None:
    early = writer(site)
    site.clock.move(hours=12, minutes=47)
    late = writer(site)
    early.browser.submit(early.browser.get(BACK), action=BACK, phrase=early.words)
    pages = [one.browser.get(path) for one in (early, late)]
    shown = [
        page.response.get_data(as_text=True).replace(one.token, "")
        for page, one in zip(pages, (early, late), strict=True)
    ]
    assert shown[0] == shown[1]
    assert list(pages[0].headers) == list(pages[1].headers)


def test_morning_and_night_leave_the_same_rows(site: Site) -> None:
    """All that is neither random nor sealed, but the coarse steps at which sessions end."""
    left = []
    for _ in range(2):
        one = writer(site)
        one.browser.submit(one.read(), action=INSIDE, text="Tak.")
        page = one.times()
        one.browser.submit(page, action=TIME, slot=page.all("//input[@name='slot']/@value")[0])
        one.browser.submit(one.times(), press="cancel")
        left.append(plain(site))
        one.browser.submit(one.browser.get(DELETE), action=DELETE, status=200)
        site.clock.move(hours=12, minutes=47)
    assert left[0] == left[1]
    assert left[0]["message"]


def plain(site: Site) -> dict[str, list[list[str]]]:
    """Each table's rows without their random bytes and names, and without the steps of sessions."""
    with sqlite3.connect(site.settings.apart.database) as file:
        found = {
            table: sorted(
                [repr(len(value) if isinstance(value, bytes) else value) for value in row]
                for row in file.execute(f"SELECT {columns} FROM {table}")
            )
            for table, columns in PLAIN.items()
        }
    file.close()
    return found


def test_signing_in_and_out_elsewhere_changes_nothing(site: Site) -> None:
    with site.work() as work:
        person = builders.family(work).parent
    browser = site.parent(person)
    browser.submit(browser.get(FRONT), action=FRONT, text=TEXT)
    with_both = browser.get(INSIDE)
    mit = str(browser.cookie(Zone.MIT))
    assert mit not in with_both.response.get_data(as_text=True)
    browser.submit(browser.get("/mit/en/"), action="/mit/log-ud")
    without = browser.get(INSIDE)
    assert without.response.data == with_both.response.data
    assert said(without) == [TEXT]
