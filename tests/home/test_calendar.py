"""A parent's own calendar: what it may be told, by whose leave, and for how long."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import text, update

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.sealed import seal
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Work
from parentsite.people.models import ADDRESS, Person, Relation, RelationKind
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service import booking
from tests import builders
from tests.builders import Pair
from tests.places.seen import entries
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import DISTRICT, LATER, TWO_MONTHS, WEEKS, family, times, visitor

KALENDER = "/mit/da/kalender"
HOME = "Prøvestien 3, 2750 Ballerup"


@pytest.fixture
def home(site: Site) -> Pair:
    """A family whose health visitor comes."""
    with site.work() as now:
        visitor(now)
        return family(now)


def make(parent: Client, place: str = "no") -> str:
    """Make the address; returns it as the page shows it."""
    return shown(parent, parent.submit(parent.get(KALENDER), action=KALENDER, place=place))


def shown(parent: Client, pressed: Page) -> str:
    (address,) = parent.follow(pressed).all("//input[@readonly]/@value")
    return str(address)


def fetch(site: Site, address: str) -> Any:
    """As a calendar does it, which has never been here."""
    answer = site.client("en").get(urlsplit(address).path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.response.data)
    assert "method" not in calendar
    return calendar.walk("VEVENT")


def book(now: Work, home: Pair, visit: str = WEEKS, number: int = 0) -> UUID:
    parents = builders.as_parent(now, home.parent)
    return booking.book(parents, home.parent, home.child, visit, times(now, home, visit)[number].slot_id)


def lives_at(now: Work, *adults: UUID, protected: bool = False) -> None:
    for adult in adults:
        told = {"address": seal(now.session, HOME, ADDRESS), "address_protected": protected}
        now.session.execute(update(Person).where(Person.id == adult).values(told))


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


def test_a_feed_holds_what_is_agreed_and_says_no_more_than_that(site: Site, home: Pair) -> None:
    with site.work() as now:
        lives_at(now, home.parent)
        visit = book(now, home)
        starts = times(now, home, WEEKS)
    (event,) = fetch(site, make(site.parent(home.parent)))
    assert str(event["uid"]) == str(visit)
    assert str(event["summary"]) == "Aftale"
    assert event["dtstart"].dt < starts[0].starts_at
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"}


def test_the_place_is_told_to_who_chose_so_and_a_protected_one_to_nobody(site: Site, home: Pair) -> None:
    with site.work() as now:
        lives_at(now, home.parent)
        book(now, home)
    parent = site.parent(home.parent)
    address = make(parent, "yes")
    (event,) = fetch(site, address)
    assert str(event["location"]) == HOME
    parent.submit(parent.get(KALENDER), action=KALENDER, place="no")
    assert "location" not in fetch(site, address)[0]
    parent.submit(parent.get(KALENDER), action=KALENDER, place="yes")
    with site.work() as now:
        lives_at(now, home.parent, protected=True)
    assert "location" not in fetch(site, address)[0]


def test_it_speaks_the_language_of_its_parent(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
        now.session.execute(update(Person).where(Person.id == home.parent).values(language="ar"))
    (event,) = fetch(site, make(site.parent(home.parent)))
    assert str(event["summary"]) == "الموعد"


def test_a_moved_visit_is_the_same_entry_and_a_cancelled_one_goes(site: Site, home: Pair) -> None:
    with site.work() as now:
        visit = book(now, home)
    address = make(site.parent(home.parent))
    (first,) = fetch(site, address)
    with site.work() as now:
        parents = builders.as_parent(now, home.parent)
        booking.move(parents, home.parent, visit, times(now, home)[3].slot_id)
    (moved,) = fetch(site, address)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], first["sequence"] + 1)
    assert moved["dtstart"].dt > first["dtstart"].dt
    with site.work() as now:
        booking.cancel(builders.as_parent(now, home.parent), home.parent, visit)
    (gone,) = fetch(site, address)
    assert (gone["uid"], gone["sequence"], gone["status"]) == (first["uid"], 2, "CANCELLED")
    site.clock.move(days=100)
    assert fetch(site, address) == []


def test_what_is_over_stays_for_some_months(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
    address = make(site.parent(home.parent))
    site.clock.move(days=60)
    assert len(fetch(site, address)) == 1
    site.clock.move(days=60)
    assert fetch(site, address) == []


@pytest.mark.parametrize(("booked", "day"), [("2026-03-20", "2026-03-30"), ("2026-10-16", "2026-10-26")])
def test_a_visit_beyond_the_change_of_the_clock_keeps_its_hour(site: Site, booked: str, day: str) -> None:
    site.clock.moment = datetime.fromisoformat(booked).replace(hour=9, tzinfo=COPENHAGEN).astimezone(UTC)
    monday = date.fromisoformat(day)
    with site.work() as now:
        visitor(now, Shift(DISTRICT, 1, time(8), time(9), now.today, None))
        home = family(now, born=monday - timedelta(days=150))
        found = [one for one in times(now, home, LATER) if one.starts_at.astimezone(COPENHAGEN).date() == monday]
        booking.book(builders.as_parent(now, home.parent), home.parent, home.child, LATER, found[0].slot_id)
    (event,) = fetch(site, make(site.parent(home.parent)))
    assert event["dtstart"].to_ical().decode() == f"{monday:%Y%m%d}T080000"
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"


def test_the_gate_is_asked_each_time_the_calendar_looks(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
    address = make(site.parent(home.parent))
    assert len(fetch(site, address)) == 1
    with site.work() as now:
        builders.block(now, home.parent, home.child)
    assert fetch(site, address) == []


def test_who_lost_custody_hears_nothing_more(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
    address = make(site.parent(home.parent))
    with site.work() as now:
        own = Relation.person_id == home.parent
        now.session.execute(update(Relation).where(own, Relation.kind == RelationKind.CUSTODY).values(until=now.today))
    assert fetch(site, address) == []


@pytest.mark.parametrize("kinds", [(RelationKind.CUSTODY,), (RelationKind.CUSTODY, RelationKind.RESIDENCE)])
def test_a_blocked_adult_never_learns_of_the_others_visit(
    site: Site, home: Pair, kinds: tuple[RelationKind, ...]
) -> None:
    with site.work() as now:
        other = builders.person(now)
        builders.relate(now, other, home.child, *kinds)
        builders.block(now, other, home.child)
        lives_at(now, home.parent)
    address = make(site.parent(other), "yes")
    before = fetch(site, address)
    with site.work() as now:
        visit = book(now, home)
        booking.move(builders.as_parent(now, home.parent), home.parent, visit, times(now, home)[3].slot_id)
    assert before == fetch(site, address) == []


def test_a_visit_in_the_other_home_is_not_in_this_calendar(site: Site, home: Pair) -> None:
    """Nor, with a visit of one's own, the other home's address."""
    with site.work() as now:
        other = builders.person(now, district=DISTRICT, address="Fantasivej 27")
        lives_at(now, home.parent)
        for adult in (home.parent, other):
            builders.relate(now, adult, home.child, RelationKind.RESIDENCE, since=date(2026, 1, 21), shared=True)
        builders.relate(now, other, home.child, RelationKind.CUSTODY)
        book(now, home)
        mine = book(now, Pair(other, home.child), TWO_MONTHS)
    (event,) = fetch(site, make(site.parent(other), "yes"))
    assert (str(event["uid"]), str(event["location"])) == (str(mine), "Fantasivej 27")


def test_both_who_live_with_the_child_have_it_in_their_calendars(site: Site, home: Pair) -> None:
    with site.work() as now:
        other = builders.person(now)
        builders.lives_with(now, other, home.child)
        visit = book(now, home)
    for adult in (home.parent, other):
        (event,) = fetch(site, make(site.parent(adult)))
        assert str(event["uid"]) == str(visit)


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


def test_a_calendar_is_not_emptied_by_what_cannot_answer(site: Site, home: Pair) -> None:
    """An answer without a journey's entries would take them out of the calendar."""
    with site.work() as now:
        book(now, home)
    address = make(site.parent(home.parent))
    with site.work() as now:
        now.session.execute(text("ALTER TABLE visit_slot RENAME TO gone"))
    site.client().get(urlsplit(address).path, status=503)
    with site.work() as now:
        now.session.execute(text("ALTER TABLE gone RENAME TO visit_slot"))
    assert len(fetch(site, address)) == 1


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
