"""A session ends after half an hour of rest, and after eight hours in any case; only the browser has its token."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.web import sessions
from parentsite.foundation.web.sessions import Standing, Visit, WebSession
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from tests import builders
from tests.sites import Site

MINUTE = timedelta(minutes=1)
ALMOST_IDLE = sessions.IDLE - timedelta(seconds=1)


class Book:
    """The sessions of a database, at the clock's moment."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    def begin(self, actor: Actor | None, zone: Zone = Zone.MIT, data: dict[str, str] | None = None) -> str:
        with self.database.write() as session:
            return sessions.begin(Work(session, self.clock.now(), SYSTEM), zone, actor, data)

    def find(self, token: str, zone: Zone = Zone.MIT) -> Visit:
        with self.database.read() as session:
            return sessions.find(session, token, zone, self.clock.now())

    def use(self, token: str) -> None:
        with self.database.write() as session:
            sessions.mark_seen(Work(session, self.clock.now(), SYSTEM), token)


@pytest.fixture
def book(empty_database: Database, clock: FixedClock) -> Book:
    return Book(empty_database, clock)


@pytest.fixture
def parent() -> Actor:
    return Actor(ActorKind.PARENT, new_id())


def test_a_session_knows_its_person(book: Book) -> None:
    clerk = Actor(ActorKind.STAFF, new_id(), frozenset({"placement", "school"}), frozenset({"a-house"}))
    visit = book.find(book.begin(clerk, Zone.DESK), Zone.DESK)
    assert (visit.standing, visit.actor) == (Standing.LIVE, clerk)


def test_a_session_ends_after_half_an_hour_of_rest(book: Book, parent: Actor, clock: FixedClock) -> None:
    token = book.begin(parent)
    clock.moment += ALMOST_IDLE
    assert book.find(token).standing is Standing.LIVE
    clock.move(seconds=1)
    assert book.find(token).standing is Standing.EXPIRED


def test_use_keeps_it_alive_but_never_beyond_eight_hours(book: Book, parent: Actor, clock: FixedClock) -> None:
    token = book.begin(parent)
    end = clock.now() + sessions.ABSOLUTE
    while clock.now() + ALMOST_IDLE < end:
        clock.moment += ALMOST_IDLE
        assert book.find(token).standing is Standing.LIVE
        book.use(token)
    clock.moment = end - timedelta(seconds=1)
    assert book.find(token).standing is Standing.LIVE
    clock.move(seconds=1)
    assert book.find(token).standing is Standing.EXPIRED


def test_an_ended_session_still_knows_whose_it_was(book: Book, parent: Actor, clock: FixedClock) -> None:
    token = book.begin(parent)
    clock.move(hours=1)
    assert book.find(token).actor == parent


@pytest.mark.parametrize("token", ["", "unknown", "x" * 10_000, "ø\x00"])
def test_an_unknown_token_is_as_good_as_none(book: Book, token: str) -> None:
    assert book.find(token) == sessions.NO_VISIT


def test_a_token_counts_in_its_zone_only(book: Book, parent: Actor) -> None:
    token = book.begin(parent)
    assert book.find(token, Zone.DESK) == book.find(token, Zone.SAMTALE) == sessions.NO_VISIT


def test_nothing_in_the_table_opens_a_session(book: Book, parent: Actor) -> None:
    token = book.begin(parent, data={"id_token": "a secret of the provider"})
    with book.database.read() as session:
        row = session.execute(select(WebSession.__table__)).one()
    assert token not in str(row)
    assert "a secret" not in str(row)
    assert book.find(str(row.token_hash)) == sessions.NO_VISIT


def test_what_is_carried_comes_back(book: Book) -> None:
    token = book.begin(None, data={"state": "æ", "verifier": "v"})
    with book.database.read() as session:
        assert sessions.carried(session, book.find(token)) == {"state": "æ", "verifier": "v"}
        assert sessions.carried(session, sessions.NO_VISIT) == {}


def test_a_sign_in_under_way_is_nobody(book: Book) -> None:
    assert book.find(book.begin(None, data={})).actor is None


def test_two_sessions_of_one_person_end_together_when_told_to(book: Book, parent: Actor, clock: FixedClock) -> None:
    here, there, other = book.begin(parent), book.begin(parent), book.begin(Actor(ActorKind.PARENT, new_id()))
    with book.database.write() as session:
        now = Work(session, clock.now(), SYSTEM)
        assert isinstance(parent.id, UUID)
        assert sessions.end_everywhere(now, parent.id) == 2
    assert [book.find(token).standing for token in (here, there, other)] == [
        Standing.NONE,
        Standing.NONE,
        Standing.LIVE,
    ]


def test_ended_sessions_are_forgotten_after_a_day(book: Book, parent: Actor, clock: FixedClock) -> None:
    token = book.begin(parent)

    def forget() -> int:
        with book.database.write() as session:
            return sessions.forget_ended(Work(session, clock.now(), SYSTEM))

    clock.moment += sessions.IDLE + sessions.KEPT_AFTER_END
    assert forget() == 0
    clock.moment += MINUTE
    assert forget() == 1
    assert book.find(token) == sessions.NO_VISIT


def test_each_token_is_new(book: Book, parent: Actor) -> None:
    tokens = {book.begin(parent) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43


class TestInABrowser:
    """The same through the pages."""

    @pytest.fixture
    def person(self, site: Site) -> UUID:
        with site.work() as work:
            return builders.family(work).parent

    def test_a_page_that_is_used_keeps_the_session(self, site: Site, clock: FixedClock, person: UUID) -> None:
        browser = site.parent(person)
        for _ in range(4):
            clock.move(minutes=20)
            browser.get("/mit/da/")
        clock.move(minutes=31)
        assert browser.get("/mit/da/", status=303).location == "/mit/igen?til=/mit/da/"

    def test_a_use_is_written_down_once_a_minute_at_most(self, site: Site, clock: FixedClock, person: UUID) -> None:
        browser = site.parent(person)

        def seen() -> object:
            with site.look() as work:
                return work.session.scalar(select(WebSession.seen_at))

        began = seen()
        clock.move(seconds=59)
        browser.get("/mit/da/")
        assert seen() == began
        clock.move(seconds=1)
        browser.get("/mit/da/")
        assert seen() == clock.now()

    def test_an_ended_session_is_told_from_a_strangers(self, site: Site, clock: FixedClock, person: UUID) -> None:
        browser, stranger = site.parent(person), site.client()
        clock.move(hours=9)
        assert browser.get("/mit/ar/plads", status=303).location == "/mit/igen?til=/mit/ar/plads"
        assert stranger.get("/mit/ar/plads", status=303).location == "/mit/log-ind?til=/mit/ar/plads"
        assert browser.get("/mit/ar/plads", status=401, htmx=True).location == "/mit/igen?til=/mit/ar/plads"

    def test_signing_out_ends_it_here_and_everywhere_if_asked(self, site: Site, person: UUID) -> None:
        here, there = site.parent(person), site.parent(person)
        out = here.submit(here.get("/mit/da/barn"), action="/mit/log-ud")
        assert out.headers["Clear-Site-Data"] == '"cache"'
        assert here.cookie(Zone.MIT) is None
        there.get("/mit/da/")
        third = site.parent(person)
        third.submit(third.get("/mit/da/"), press="everywhere")
        there.get("/mit/da/", status=303)

    def test_a_role_that_was_taken_away_is_not_found_in_an_old_cookie(self, site: Site) -> None:
        clerk = site.clerk()
        clerk.get("/desk/plads")
        with site.work() as work:
            work.session.execute(update(WebSession).values(roles=[]))
        clerk.get("/desk/plads", status=403)

    def test_without_script_the_page_says_until_when_one_stays_signed_in(
        self, site: Site, clock: FixedClock, person: UUID
    ) -> None:
        browser = site.parent(person)
        clock.move(minutes=10)
        assert "mindst til kl. 10.40" in browser.get("/mit/da/barn").texts("//noscript")[0]
        clock.move(seconds=50)
        assert "mindst til kl. 10.40" in browser.get("/mit/da/barn").texts("//noscript")[0]
        clock.move(minutes=29, seconds=9)
        browser.get("/mit/da/barn")
        assert site.client().get("/da/").texts("//noscript") == []

    def test_a_warning_comes_before_the_end(self, site: Site, clock: FixedClock, person: UUID) -> None:
        browser = site.parent(person)
        assert browser.get("/mit/da/").all("//@data-expires-in") == ["1800"]
        for _ in range(18):
            clock.move(minutes=26)
            browser.get("/mit/da/")
        assert browser.get("/mit/da/").all("//@data-expires-in") == ["720"]
