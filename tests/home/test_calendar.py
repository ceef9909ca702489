"""The pages on which a parent has a calendar address made and stopped, and who can read by it."""

import logging
from urllib.parse import urlsplit

import pytest

from parentsite.foundation.web.zones import Zone
from tests import builders
from tests.builders import Pair
from tests.home.feeds import KALENDER, book, fetch, make, shown
from tests.places.seen import entries
from tests.sites import Site


def test_the_address_is_shown_this_once_on_the_sites_own_name(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    pressed = parent.submit(parent.get(KALENDER), action=KALENDER, place="no")
    page = parent.follow(pressed)
    (address,) = page.all("//input[@readonly]/@value")
    assert address.startswith(f"{site.settings.base_url}/mit/kalender/")
    assert page.all("//a[starts-with(@href, 'webcal:')]/@href") == [address.replace("http:", "webcal:")]
    token = address.rpartition("/")[2].removesuffix(".ics")
    for path in (KALENDER, f"{KALENDER}/ny", f"{KALENDER}/stop", "/mit/da/"):
        assert token not in parent.get(path).text


def test_the_page_that_shows_it_is_compressed_by_nobody(site: Site, home: Pair) -> None:
    """Beside what an address bar can put into a page, the length of a compressed one would betray it (BREACH)."""
    parent = site.parent(home.parent)
    parent.submit(parent.get(KALENDER), action=KALENDER, place="no")
    packed = {"Accept-Encoding": "br, gzip"}
    page = parent.get(f"{KALENDER}?x=guess", headers=packed)
    assert page.all("//input[@readonly]/@value")
    assert "Content-Encoding" not in page.headers
    assert page.headers["Cache-Control"] == "no-store, no-transform"
    gone = parent._client.get(KALENDER, base_url=site.settings.base_url, headers=packed)
    assert gone.headers["Content-Encoding"] == "br"


def test_what_only_looks_at_the_headers_neither_spends_the_link_nor_learns_whether_one_is_known(
    site: Site, home: Pair
) -> None:
    parent = site.parent(home.parent)
    parent.submit(parent.get(KALENDER), action=KALENDER, place="no")
    for method in ("HEAD", "OPTIONS"):
        parent._client.open(KALENDER, method=method, base_url=site.settings.base_url)
    (address,) = parent.get(KALENDER).all("//input[@readonly]/@value")
    stranger = site.client()._client
    asked = [
        stranger.options(path, base_url=site.settings.base_url)
        for path in (urlsplit(address).path, "/mit/kalender/unknown.ics")
    ]
    assert len({(one.status_code, one.headers["Allow"], one.data) for one in asked}) == 1
    assert stranger.head(urlsplit(address).path, base_url=site.settings.base_url).data == b""


def test_what_leads_nowhere_is_one_and_the_same_page(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    replaced = make(parent)
    stopped = shown(parent, parent.submit(parent.get(f"{KALENDER}/ny")))
    fetch(site, stopped)
    parent.submit(parent.get(f"{KALENDER}/stop"))
    token = stopped.rpartition("/")[2]
    stranger = site.client()
    paths = [
        *(urlsplit(each).path for each in (replaced, stopped, stopped.upper())),
        *(f"/mit/kalender/{each}" for each in ("x.ics", ".ics", "%00.ics", f"x{token}", f"{token}.ics", token[:-4])),
    ]
    answers = {stranger.get(path, status=404).response.data for path in paths}
    assert len(answers) == 1
    assert token not in answers.pop().decode()


def test_it_is_read_without_a_session_and_by_no_session(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
        stranger = builders.family(now).parent
    path = urlsplit(make(site.parent(home.parent))).path
    bare = site.client().get(path).response.data
    signed_in = site.parent(stranger)
    token = signed_in.cookie(Zone.MIT)
    assert signed_in.get(path).response.data == bare
    assert signed_in.cookie(Zone.MIT) == token
    site.client().post(path, status=405)


def test_a_read_is_a_day_and_no_entry_in_the_audit(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    address = make(parent)
    assert "Ingen kalender har brugt det endnu." in parent.get(KALENDER).text
    with site.look() as now:
        before = len(entries(now.session))
    for _ in range(3):
        fetch(site, address)
    with site.look() as now:
        assert len(entries(now.session)) == before
    assert "12. februar 2026" in parent.get(KALENDER).text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_token_stands_in_no_log(site: Site, home: Pair, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path = urlsplit(make(site.parent(home.parent))).path
    site.client().get(path)
    site.client().get(f"{path}x", status=404)
    for _ in range(130):
        page = site.client().get(path, status={200, 429})
    assert page.status == 429
    assert path.rpartition("/")[2].removesuffix(".ics") not in caplog.text


def test_a_press_on_an_old_page_replaces_nothing_newer(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    make(parent)
    left_open = parent.get(f"{KALENDER}/ny")
    newer = shown(parent, parent.submit(parent.get(f"{KALENDER}/ny")))
    parent.submit(left_open)
    assert fetch(site, newer) == []


def test_there_is_nothing_to_replace_or_stop_where_there_is_none(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    for page in ("ny", "stop"):
        assert parent.get(f"{KALENDER}/{page}", status=303).location == KALENDER


def test_the_appointment_and_my_page_lead_to_it(site: Site, home: Pair) -> None:
    with site.work() as now:
        visit = book(now, home)
    parent = site.parent(home.parent)
    for path in ("/mit/da/", f"/mit/da/besog/aftale/{visit}"):
        assert parent.get(path).all(f"//main//a[@href='{KALENDER}']"), path
