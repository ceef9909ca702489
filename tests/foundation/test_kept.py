"""Open pages are kept rendered: the same for everybody, until the day or the town changes, and never a private one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import werkzeug.test
from flask import Blueprint, Response, request
from sqlalchemy import event

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.kept import KeptPages, changes_at_any_time
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import moment
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Work
from parentsite.town.service import load_pack
from tests.sites import Site
from tests.strict import Client


class Counted:
    """A site with a page that counts how often it was made, and says what moment it was."""

    def __init__(self, site: Site) -> None:
        self.made: list[str] = []
        pages = Blueprint("counted", __name__)

        @pages.get("/<lang>/talt")
        @pages.get("/mit/<lang>/talt")
        @open_to(anyone)
        def counted() -> Response:
            self.made.append(moment().isoformat())
            return page("home/accessibility.html")

        @pages.get("/<lang>/skifter")
        @open_to(anyone)
        def changing() -> Response:
            changes_at_any_time(request.environ)
            self.made.append("changing")
            return page("home/accessibility.html")

        @pages.get("/<lang>/refused")
        @open_to(anyone)
        def refused() -> Response:
            self.made.append("refused")
            return page("home/accessibility.html", status=422)

        self.app = site.app_of(Zone.PUBLIC, pages)
        self.client = Client(self.app, site.settings)


@pytest.fixture
def counted(site: Site) -> Counted:
    return Counted(site)


def test_a_page_is_made_once_for_everybody(site: Site, counted: Counted) -> None:
    first = counted.client.get("/da/talt")
    for encoding in ("br", "gzip", "identity"):
        counted.client.get("/da/talt", headers={"If-None-Match": "x"})
        raw = Client(counted.app, site.settings)._client
        assert (
            raw.get("/da/talt", base_url=site.settings.base_url, headers={"Accept-Encoding": encoding}).status_code
            == 200
        )
    assert counted.client.get("/da/talt").response.data == first.response.data
    assert len(counted.made) == 1


def test_each_language_has_its_own(counted: Counted) -> None:
    texts = {code: counted.client.get(f"/{code}/talt").text for code in ("da", "en", "ar")}
    assert len(set(texts.values())) == len(counted.made) == 3
    assert counted.client.get("/da/talt").text == texts["da"]


def test_tomorrow_it_is_made_anew(counted: Counted, clock: FixedClock) -> None:
    counted.client.get("/da/talt")
    clock.moment = clock.moment.replace(hour=22, minute=59)
    counted.client.get("/da/talt")
    assert len(counted.made) == 1
    clock.move(minutes=1)
    counted.client.get("/da/talt")
    assert len(counted.made) == 2


@pytest.mark.parametrize("path", ["/da/talt?x=1", "/mit/da/talt"])
def test_what_is_asked_for_or_private_is_made_each_time(counted: Counted, path: str) -> None:
    for _ in range(3):
        counted.client.get(path)
    assert len(counted.made) == 3


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_what_changes_at_any_time_is_made_each_time_and_packed_like_others(
    site: Site, counted: Counted, encoding: str
) -> None:
    raw = Client(counted.app, site.settings)._client
    for _ in range(2):
        answer = raw.get("/da/skifter", base_url=site.settings.base_url, headers={"Accept-Encoding": encoding})
    assert len(counted.made) == 2
    assert (answer.headers.get("Content-Encoding", ""), answer.headers["Cache-Control"]) == (encoding, "no-store")
    assert answer.content_length == len(answer.data)
    assert counted.client.get("/da/skifter").status == 200


def test_a_refusal_is_not_kept(counted: Counted) -> None:
    for _ in range(3):
        counted.client.get("/da/refused", status=422)
    assert len(counted.made) == 3


def test_a_new_town_makes_every_page_anew(clock: FixedClock) -> None:
    """The version is looked up every other second; here it is asked each time."""
    version = ["one"]
    made: list[str] = []

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        made.append(version[0])
        return Response(f"page of {version[0]}")(environ, start_response)

    kept = werkzeug.test.Client(KeptPages(app, lambda: version[0], clock))
    for name in ("one", "one", "two", "two", "one"):
        version[0] = name
        assert kept.get("/da/").text == f"page of {name}"
    assert made == ["one", "two", "one"]


def test_the_town_of_a_page_is_the_town_in_force(site: Site, lilleby: str) -> None:
    client = site.client()
    before = client.get("/da/bornehuse?q=")
    with site.work() as work:
        load_pack(work, lilleby, lambda _, codes: frozenset())
    after = site.client().get("/da/bornehuse?q=")
    assert "Æblehaven" in after.text
    assert "Æblehaven" not in before.text


def test_signs_of_life_never_come_from_the_store(site: Site, tmp_path: Path) -> None:
    app = site.app_of(Zone.PUBLIC)
    database: Database = app.extensions["parentsite.database"]
    client, asked = Client(app, site.settings), []
    for engine in (database.engine, database.reading):
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    client.get("/healthz")
    assert asked == [], "whether the process lives must not depend on the database"
    for _ in range(2):
        asked.clear()
        assert client.get("/readyz").response.json == {"status": "ready"}
        assert asked


def test_work_is_told_the_moment_of_the_page(site: Site, counted: Counted) -> None:
    counted.client.get("/da/talt")
    assert counted.made == [site.clock.now().isoformat()]
    assert Work.__slots__ == ("session", "now", "actor")
