"""Commit by rule: a request that ends well commits once, every other one leaves nothing, and a GET cannot write."""

from collections.abc import Callable

import pytest
from flask import Blueprint, Response, abort, request
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.database import Database, new_id
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import look, settle, side_work, work
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Person
from tests import builders
from tests.databases import MOMENT, Template
from tests.sites import Site, sign_in
from tests.strict import Client

NewSite = Callable[..., Site]
ADDED = "Tilføjet"


@pytest.fixture
def site(new_site: NewSite, new_url: Callable[..., str]) -> Site:
    """A site on each kind of database."""
    return new_site(url=new_url(Template.TOWN))


class Visitor:
    """A signed-in parent, pages that write in every way, and what they left behind."""

    def __init__(self, site: Site) -> None:
        self.app = site.app_of(Zone.MIT, writing_pages())
        self.client = Client(self.app, site.settings)
        self.database: Database = self.app.extensions["parentsite.database"]
        with site.work() as now:
            person = builders.family(now).parent
        sign_in(site, self.client, person)

    def send(self, how: str, status: int) -> None:
        """Press the button of a form that does `how`."""
        page = self.client.get("/mit/da/skriv")
        token = page.all("//input[@name='csrf_token']/@value")[0]
        self.client.post("/mit/da/skriv", {"how": how, "csrf_token": token}, status=status)

    def left(self) -> int:
        with self.database.read() as session:
            return how_many(Work(session, MOMENT, SYSTEM))


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return Visitor(site)


def test_a_success_commits_once(visitor: Visitor) -> None:
    wrote, commits = [], []
    engine = visitor.database.engine
    event.listen(engine, "before_cursor_execute", lambda *told: wrote.append(told[0]) if "INSERT" in told[2] else None)
    event.listen(engine, "commit", lambda connection: commits.append(connection) if wrote else None)
    visitor.send("well", 303)
    assert visitor.left() == 1
    assert len([connection for connection in commits if connection in wrote]) == 1


@pytest.mark.parametrize(
    ("how", "status"), [("refused", 422), ("aborted", 404), ("forbidden", 403), ("failed", 500), ("answered", 409)]
)
def test_whatever_ends_otherwise_leaves_nothing(visitor: Visitor, how: str, status: int) -> None:
    visitor.send(how, status)
    assert visitor.left() == 0


def test_who_gives_the_write_up_reads_on_and_ends_well(visitor: Visitor) -> None:
    """The page that refuses is made after the rollback: nobody waits for it, and PostgreSQL forgets nothing by it."""
    ends: list[str] = []
    for end in ("commit", "rollback"):
        event.listen(visitor.database.engine, end, lambda connection, end=end: ends.append(end))
    if visitor.database.is_sqlite:
        event.listen(visitor.database.reading, "commit", lambda connection: ends.append("commit"))
    visitor.send("given up", 422)
    assert visitor.left() == 0
    assert ends[-4:] == ["commit", "rollback", "commit", "commit"], "read first, give up, read the page; then we look"


def test_a_get_cannot_write(visitor: Visitor) -> None:
    visitor.client.get("/mit/da/skriv?how=well", status=503 if visitor.database.is_sqlite else 500)
    assert visitor.left() == 0


def test_a_side_transaction_is_kept_whatever_becomes_of_the_request(visitor: Visitor) -> None:
    visitor.send("aside", 422)
    assert visitor.left() == 1


def test_after_a_side_transaction_the_request_can_only_read(visitor: Visitor) -> None:
    visitor.send("aside then on", 503 if visitor.database.is_sqlite else 500)
    assert visitor.left() == 1


def test_a_lost_race_is_tried_once_more(visitor: Visitor) -> None:
    visitor.send("lost once", 303)
    assert visitor.left() == 1


def test_a_race_lost_twice_is_given_up(visitor: Visitor) -> None:
    visitor.send("lost always", 503)
    assert visitor.left() == 0


def writing_pages() -> Blueprint:
    pages = Blueprint("writing", __name__, url_prefix="/mit/<lang>/skriv")
    tries: list[int] = []

    @pages.route("", methods=["GET", "POST"])
    @open_to(parents)
    def write() -> AnyResponse:
        how = request.values.get("how")
        tries.append(1)
        if how is None:
            return page("home/accessibility.html")
        if how.startswith("aside"):
            with side_work() as aside:
                add(aside)
            if how == "aside":
                return refused("home/accessibility.html")
        if how == "given up":
            return give_up()
        add(work())
        if how == "refused":
            return refused("home/accessibility.html")
        if how == "answered":
            return Response("", 409)
        if how in {"aborted", "forbidden"}:
            abort(404 if how == "aborted" else 403)
        if how == "failed":
            raise RuntimeError(how)
        if how == "lost always" or (how == "lost once" and len(tries) == 2):
            raise OperationalError("", {}, Exception("database is locked"))
        return go_to("/mit/da/")

    return pages


def give_up() -> AnyResponse:
    with look() as before:
        assert how_many(before) == 0
    add(work())
    settle(commit=False)
    assert how_many(work()) == 0
    return refused("home/accessibility.html")


def how_many(now: Work) -> int:
    return now.session.scalar(select(func.count()).where(Person.given_name == ADDED)) or 0


def add(now: Work) -> None:
    now.session.execute(insert(Person).values(id=new_id(), given_name=ADDED, family_name="Lund"))
