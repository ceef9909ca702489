"""Nothing that was written, no secret and nothing of who came is left on any disk or in any log, whatever the pages
answered on the way.
"""

import shutil
from pathlib import Path

import pytest

from parentsite.foundation.web.zones import Zone
from tests.counselling.pages import BACK, DELETE, FRONT, INSIDE, LEAVE, NEW_WORDS, SAVE, TIME, writer
from tests.sites import Site

MARKER = "Kvartsurmagerens hemmelighed"
ADDRESS, AGENT = "203.0.113.77", "Lommelaerke/7.1"
COMES_FROM = {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS, "Referer": f"https://{ADDRESS}/hjemme"}


def provoked(site: Site) -> list[str]:
    """A conversation through every page and every refusal. Returns what may be found nowhere."""
    one = writer(site, f"{MARKER} 1")
    browser, token = one.browser, one.token
    for path in (FRONT, BACK, INSIDE, NEW_WORDS, SAVE, DELETE, TIME):
        browser.get(path, status=(200, 303), headers=COMES_FROM)
    sent = {"text": f"{MARKER} 2", "csrf_token": token}
    browser.post(INSIDE, sent, headers=COMES_FROM)
    browser.post(INSIDE, sent, headers={**COMES_FROM, "Origin": "https://evil.example"}, status=400)
    browser.post(INSIDE, {**sent, "csrf_token": MARKER}, headers=COMES_FROM, status=401)
    browser.post(f"{FRONT}{MARKER}", sent, headers=COMES_FROM, status=404)
    browser.post(SAVE, sent, headers=COMES_FROM, status=405)
    browser.post(INSIDE, {**sent, "text": MARKER * 40_000}, headers=COMES_FROM, status=413)
    browser.post(INSIDE, {**sent, "text": f"{MARKER} 010120-1234"}, headers=COMES_FROM, status=422)
    browser.post(BACK, {"phrase": f"{one.words} {MARKER}"}, headers=COMES_FROM, status=422)
    cookie = str(browser.cookie(Zone.SAMTALE))
    secrets = [one.words, one.words.replace(" ", "-"), one.digits, one.digits.replace(" ", ""), cookie, token]
    shutil.rmtree(site.settings.apart.keys)
    browser.post(BACK, {"phrase": one.words, "text": f"{MARKER} 3"}, headers=COMES_FROM, status=500)
    browser.post(LEAVE, sent, headers=COMES_FROM, status=200)
    return [MARKER, ADDRESS, AGENT, *secrets]


def test_nothing_is_found_where_an_attacker_would_look(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    hidden = provoked(site)
    main = Path(site.settings.database_url.removeprefix("sqlite:///"))
    files = [path for path in (*tmp_path.rglob("*"), *main.parent.glob(f"{main.name}*")) if path.is_file()]
    assert site.settings.apart.database in files
    found = b"".join(path.read_bytes() for path in files)
    assert [one for one in hidden if one.encode() in found] == []
    assert [one for one in hidden if one in caplog.text] == []
