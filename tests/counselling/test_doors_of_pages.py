"""Who gets in, what a form must prove, and what every answer of the zone carries, whatever its status."""

import sqlite3
from collections.abc import Callable

import pytest

from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.rules.phrase import Phrase
from parentsite.foundation.web.zones import Zone
from tests.counselling.pages import (
    ANONYMOUS_FORMS,
    BACK,
    BEHIND_THE_DOOR,
    DELETE,
    FRONT,
    INSIDE,
    LEAVE,
    NEW_WORDS,
    SAVE,
    TEXT,
    WORDS,
    said,
    writer,
)
from tests.counselling.people import crowded
from tests.sites import Site

MORE = "Han sover ikke, og jeg er så træt."
ELSEWHERE = ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://byen.example.evil"})
NewSite = Callable[..., Site]


@pytest.mark.parametrize("path", BEHIND_THE_DOOR)
def test_behind_the_door_nobody_is_let_in_without_a_session(site: Site, path: str) -> None:
    browser = site.client()
    assert browser.get(path, status=303).location == BACK
    if path != SAVE:
        browser.post(path, status=401)


def test_forms_of_others_change_nothing(site: Site) -> None:
    one = writer(site)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
        one.browser.post(DELETE, headers=headers, status=400)
        site.client().post(FRONT, {"text": TEXT}, headers=headers, status=400)
    one.browser.post(DELETE, {"csrf_token": "x"}, status=401)
    one.browser.post(INSIDE, {"text": MORE, "csrf_token": writer(site).token}, status=401)
    assert said(one.read()) == [TEXT]


@pytest.mark.parametrize("path", ANONYMOUS_FORMS.values())
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_no_other_site_sends_a_form(site: Site, path: str, origin: dict[str, str]) -> None:
    site.client().post(path, {"text": TEXT}, headers=origin, status=400)


@pytest.mark.parametrize("fetched", ["cross-site", "same-site", "none", None])
def test_a_browser_that_tells_no_origin_must_tell_that_the_form_is_ours(site: Site, fetched: str | None) -> None:
    raw, told = site.client()._client, {"Sec-Fetch-Site": fetched} if fetched else {}
    answer = raw.post(FRONT, data={"text": TEXT}, headers=told, base_url=site.settings.base_url)
    assert answer.status_code == 400
    ours = raw.post(
        FRONT, data={"text": ""}, headers={"Sec-Fetch-Site": "same-origin"}, base_url=site.settings.base_url
    )
    assert ours.status_code == 422


@pytest.mark.parametrize("path", [FRONT, BACK])
def test_over_https_the_whole_way_in_works_and_the_cookie_never_travels_open(new_site: NewSite, path: str) -> None:
    secure = new_site(BASE_URL="https://byen.example")
    one = writer(secure)
    assert said(one.read()) == [TEXT]
    insecure = {"Origin": "http://byen.example"}
    secure.client().post(path, {"text": TEXT}, headers=insecure, status=400)


def test_the_cookie_is_as_the_design_says(new_site: NewSite) -> None:
    browser = new_site(BASE_URL="https://byen.example").client()
    begun = browser.submit(browser.get(FRONT), action=FRONT, text=TEXT)
    (cookie,) = begun.headers.getlist("Set-Cookie")
    name, *parts = cookie.split("; ")
    assert set(parts) == {"Secure", "HttpOnly", "Path=/samtale", "SameSite=Strict"}
    assert len(name) > len("samtale=") + 40


@pytest.mark.parametrize("path", [FRONT, BACK, INSIDE, DELETE, NEW_WORDS, SAVE, f"{FRONT}findes-ikke"])
def test_no_page_with_a_token_is_compressed(site: Site, path: str) -> None:
    one = writer(site)
    packing = {"Accept-Encoding": "br, gzip"}
    page = one.browser.get(path, status=(200, 303, 404), headers=packing)
    assert "Content-Encoding" not in page.headers
    assert page.headers["Cache-Control"] == "no-store, no-transform"
    assert "ETag" not in page.headers


def test_the_words_are_not_compressed_and_stand_in_no_address(site: Site) -> None:
    browser = site.client()
    browser.submit(browser.get(FRONT), action=FRONT, text=TEXT)
    page = browser.get(WORDS, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in page.headers
    words = page.texts("//ol[@class='secret']/li")
    assert not [link for link in page.links() if any(word in link for word in words)]


@pytest.mark.parametrize("code", ["da", "en", "ar"])
def test_every_state_has_the_same_title(site: Site, code: str) -> None:
    one = writer(site)
    paths = (FRONT, BACK, INSIDE, DELETE, NEW_WORDS, LEAVE, f"{FRONT}findes-ikke")
    spoken = [path.replace("/en/", f"/{code}/") for path in paths]
    pages = [one.browser.get(path, status=(200, 303, 404)) for path in spoken]
    assert len({title for page in pages if page.status != 303 for title in page.texts("//title")}) == 1


def test_when_many_come_back_at_once_the_words_stay_and_help_is_shown(site: Site) -> None:
    browser, typed = site.client(), " ".join(Phrase.new().words)
    page, front = browser.get(BACK), browser.get(FRONT)
    with crowded(Slot(site.settings.apart.keys)):
        busy = browser.submit(page, action=BACK, phrase=typed, status=503)
        first = browser.submit(front, action=FRONT, text=TEXT, status=503)
    assert busy.all("//input[@name='phrase']/@value") == [typed]
    assert first.texts("//textarea") == [TEXT]
    for shown in (busy, first):
        assert "tel:112" in shown.links()
        assert shown.all("//form[@data-again]")
        assert shown.headers["Retry-After"] == "5"
    browser.submit(first, action=FRONT)
    assert said(browser.get(INSIDE)) == [TEXT]


def test_when_the_hour_is_full_the_text_stays_and_nothing_tries_again(new_site: NewSite) -> None:
    browser = new_site(COUNSELLING_EACH_HOUR="0").client()
    full = browser.submit(browser.get(FRONT), action=FRONT, text=TEXT, status=503)
    assert full.texts("//textarea") == [TEXT]
    assert "tel:112" in full.links()
    assert not full.all("//form[@data-again]")
    assert browser.cookie(Zone.SAMTALE) is None


def test_when_a_database_does_not_answer_the_text_stays(site: Site) -> None:
    browser = site.client()
    front = browser.get(FRONT)
    with sqlite3.connect(site.settings.apart.database) as file:
        file.execute("ALTER TABLE house_key RENAME TO lost")
    file.close()
    late = browser.submit(front, action=FRONT, text=TEXT, status=503)
    assert late.texts("//textarea") == [TEXT]
    assert "tel:112" in late.links()
    browser.get(FRONT, status=503)
