"""Headers and error pages in every zone and on every status: made here, checked by the strict client."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Blueprint, Response

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.pages import page as shown
from parentsite.foundation.web.transactions import database, moment
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Work
from tests import builders
from tests.databases import Template
from tests.header_laws import HSTS, KEPT, PRIVATE
from tests.sites import Site
from tests.strict import Client

FRONTS = {Zone.PUBLIC: "/{}/", Zone.MIT: "/mit/{}/", Zone.SAMTALE: "/samtale/{}/", Zone.DESK: "/desk/"}
TOO_MUCH = {"text": "x" * 1_000_001}
SECRET = "Hemmelig Hansen"
NewSite = Callable[..., Site]


@pytest.fixture
def visitors(site: Site) -> dict[Zone, Client]:
    """A browser for each zone, signed in where one can be."""
    with site.work() as work:
        parent = builders.family(work).parent
    known = site.parent(parent)
    return {Zone.PUBLIC: site.client(), Zone.MIT: known, Zone.SAMTALE: site.client(), Zone.DESK: site.clerk()}


@pytest.mark.parametrize("zone", FRONTS)
def test_every_zone_answers_in_its_own_language(visitors: dict[Zone, Client], zone: Zone) -> None:
    for code in ("da", "en", "ar"):
        visitors[zone].get(FRONTS[zone].format(code))
        visitors[zone].get(f"{FRONTS[zone].format(code)}findes-ikke", status=404)
        # The anonymous front takes a message, and this one is empty.
        visitors[zone].post(FRONTS[zone].format(code), status=422 if zone is Zone.SAMTALE else 405)


@pytest.mark.parametrize("zone", FRONTS)
def test_what_is_not_there_is_a_page_also_for_htmx(visitors: dict[Zone, Client], zone: Zone) -> None:
    page = visitors[zone].get(f"{FRONTS[zone].format('da')}findes-ikke", status=404, htmx=True)
    assert page.sheet.is_page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(site: Site, method: str) -> None:
    answer = site.client()._client.open("/da/", method=method, base_url=site.settings.base_url)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_language_that_the_site_does_not_have(site: Site) -> None:
    assert site.client("ar").get("/xx/plads", status=404).all("/html/@lang") == ["ar"]
    assert site.client("fi").get("/xx/plads", status=404).all("/html/@lang") == ["da"]


@pytest.mark.parametrize("path", ["/xx/", "/xx/plads", "/mit/xx/", "/mit/xx/plads", "/samtale/xx/"])
def test_a_language_that_the_site_does_not_have_leads_to_those_it_has(
    site: Site, visitors: dict[Zone, Client], path: str
) -> None:
    for visitor in visitors.values():
        links = visitor.get(path, status=404).all("//header//a[@lang]/@href")
        assert links == ["/da/", "/en/", "/ar/"]
        for link in links:
            site.client().get(link)


def test_forms_from_elsewhere_too_large_wrong_and_right(visitors: dict[Zone, Client]) -> None:
    mit, desk = visitors[Zone.MIT], visitors[Zone.DESK]
    mit.post("/mit/da/barn", {"kind": "born"}, status=400)
    mit.post("/mit/ar/barn", TOO_MUCH, status=413)
    desk.post("/desk/log-ud", TOO_MUCH, status=413)
    wrong = mit.submit(mit.get("/mit/ar/barn"), kind="born", day="2031-01-01", status=422)
    assert len(wrong.errors) == 1
    right = mit.submit(wrong, day="2026-01-01")
    assert right.location == "/mit/ar/"
    visitors[Zone.PUBLIC].get("/da/plads?birth=i+g%C3%A5r", status=422)


def test_the_wrong_role_gets_an_explanation(site: Site) -> None:
    site.clerk("health_visitor").get("/desk/plads", status=403)


@pytest.mark.parametrize("zone", FRONTS)
def test_a_database_that_does_not_answer(new_site: NewSite, tmp_path: Path, zone: Zone) -> None:
    broken = new_site(url=f"sqlite:///{tmp_path}/no/such/folder/site.db")
    client = broken.client()
    client.set_cookie(zone, "x" * 43)
    page = client.get("/ar/bornehuse" if zone is Zone.PUBLIC else FRONTS[zone].format("ar"), status=503)
    assert page.headers["Retry-After"] == "30"
    client.get("/ar/")
    client.get("/healthz")
    client.get("/readyz", status=503)


@pytest.mark.parametrize("zone", FRONTS)
def test_an_unforeseen_error_is_logged_under_the_number_on_the_page(
    site: Site, zone: Zone, caplog: pytest.LogCaptureFixture
) -> None:
    app = site.app_of(zone, trouble(FRONTS[zone].format("<lang>").removesuffix("/")))
    page = Client(app, site.settings).get(f"{FRONTS[zone].format('ar')}fejl", status=500)
    (record,) = [record for record in caplog.records if record.name == "parentsite"]
    incident = record.getMessage().split()[1]
    assert incident in page.text
    assert SECRET not in page.text


def test_what_people_type_is_in_no_log(
    new_url: Callable[..., str], new_site: NewSite, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither through SQLAlchemy's messages nor through the database's own."""
    site = new_site(url=new_url(Template.TOWN))
    app = site.app_of(Zone.PUBLIC, trouble("/<lang>"))
    with caplog.at_level(logging.DEBUG):
        Client(app, site.settings).get("/da/raekke", status=500)
    assert any(record.name == "parentsite" for record in caplog.records)
    assert SECRET not in caplog.text


def test_an_open_page_may_be_kept_for_a_while(site: Site) -> None:
    client = site.client()
    first = client.get("/da/")
    assert first.headers["Cache-Control"] == KEPT
    again = client.get("/da/", status=304, headers={"If-None-Match": first.headers["ETag"]})
    assert again.response.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/ar/").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_a_kept_page_has_a_tag_for_each_encoding(site: Site, encoding: str) -> None:
    client = site.client()
    plain = client.get("/da/")
    packed = client._client.get("/da/", base_url=site.settings.base_url, headers={"Accept-Encoding": encoding})
    assert packed.headers.get("Content-Encoding", "") == encoding
    assert (packed.headers["ETag"] == plain.headers["ETag"]) == (not encoding)


def test_nothing_private_and_nothing_asked_is_kept(visitors: dict[Zone, Client]) -> None:
    asked = {
        Zone.PUBLIC: (
            "/da/bornehuse?q=maane",
            "/da/plads?birth=2025-09-01",
            "/da/?x=1",
            "/",
            "/was",
            "/healthz",
            "/readyz",
        ),
        Zone.MIT: ("/mit/da/", "/mit/da/barn", "/mit/da/plads"),
        Zone.DESK: ("/desk/", "/desk/plads", "/desk/plads/huse"),
        Zone.SAMTALE: ("/samtale/da/",),
    }
    for zone, paths in asked.items():
        for path in paths:
            page = visitors[zone].get(path, status=302 if path in {"/", "/was"} else 200)
            assert (page.headers["Cache-Control"], page.headers.get("ETag")) == (PRIVATE, None), path


def test_over_https_browsers_are_told_to_stay_there(new_site: NewSite) -> None:
    secure = new_site(BASE_URL="https://byen.example")
    assert secure.client().get("/da/").headers["Strict-Transport-Security"] == HSTS


def trouble(prefix: str) -> Blueprint:
    """Pages that fail."""
    pages = Blueprint("trouble", __name__, url_prefix=prefix)

    @pages.get("/fejl")
    @open_to(anyone)
    def fail(**_: object) -> Response:
        raise RuntimeError("something in the code")

    @pages.get("/raekke")
    @open_to(anyone)
    def fail_in_the_database(**_: object) -> Response:
        with database().write() as session:
            builders.child(Work(session, moment(), SYSTEM), name=SECRET, origin="neither")
        return shown("home/accessibility.html")

    return pages
