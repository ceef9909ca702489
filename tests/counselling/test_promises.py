"""What the pages promise to whoever looks on: no difference between phrases that open nothing, no hour anywhere, and no
knowledge of who is signed in elsewhere.
"""

import re
from datetime import timedelta

import pytest

from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.rules.keeping import AFTER_VISIT
from parentsite.counselling.rules.phrase import Phrase
from parentsite.foundation.web.zones import Zone
from tests import builders
from tests.counselling.pages import BACK, DELETE, FRONT, INSIDE, NEW_WORDS, SAVE, TEXT, said, writer
from tests.counselling.people import crowded
from tests.sites import Site

HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.][0-5]\d(?![\d.])")


def test_words_that_were_never_deleted_and_expired_get_one_answer(site: Site) -> None:
    deleted, expired, never = writer(site), writer(site), " ".join(Phrase.new().words)
    deleted.browser.submit(deleted.browser.get(DELETE), action=DELETE, status=200)
    site.clock.move(days=AFTER_VISIT // timedelta(days=1))
    answers = set()
    for typed in (deleted.words, expired.words, never):
        browser = site.client()
        page = browser.submit(browser.get(BACK), action=BACK, phrase=typed, status=422)
        answers.add((page.response.get_data(as_text=True).replace(typed, "…"), str(page.headers).replace("\r", "")))
    assert len({body for body, _ in answers}) == 1
    assert len({re.sub(r"Content-Length: \d+", "", headers) for _, headers in answers}) == 1


def test_what_cannot_be_a_phrase_never_waits_for_the_slot(site: Site) -> None:
    browser = site.client()
    page, _ = browser.get(BACK), browser.get(FRONT)
    with crowded(Slot(site.settings.apart.keys)):
        for typed in ("æble " * 2000, "1" * 10_000, "kanel kanel"):
            browser.submit(page, action=BACK, phrase=typed, status=422)


@pytest.mark.parametrize("path", [INSIDE, DELETE, NEW_WORDS, SAVE])
def test_no_page_tells_an_hour(site: Site, path: str) -> None:
    page = writer(site).browser.get(path)
    text = page.text if page.sheet.text else page.response.get_data(as_text=True)
    assert not HOUR.search(text), HOUR.search(text)
    assert not HOUR.search(str(page.headers)), page.headers


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
