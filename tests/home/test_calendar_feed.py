"""What a parent's own calendar is told, in which words, and for how long."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text, update

from parentsite.foundation.clock import COPENHAGEN
from parentsite.people.models import Person, Relation, RelationKind
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service import booking, planning
from tests import builders
from tests.bench.inprocess import statements
from tests.builders import Pair
from tests.databases import Template
from tests.home.feeds import KALENDER, book, fetch, make
from tests.sites import Site
from tests.visits.scene import BORN, DISTRICT, LATER, TWO_MONTHS, WEEKS, family, times, visitor


@pytest.fixture
def site(new_site: Callable[..., Site], new_url: Callable[..., str]) -> Site:
    """On SQLite and on PostgreSQL."""
    return new_site(url=new_url(Template.TOWN))


def test_a_feed_holds_what_is_agreed_and_says_no_more_than_that(site: Site, home: Pair) -> None:
    with site.work() as now:
        visit = book(now, home)
        starts = times(now, home, WEEKS)
    (event,) = fetch(site, make(site.parent(home.parent)))
    assert str(event["uid"]) == str(visit)
    assert str(event["summary"]) == "Aftale"
    assert event["dtstart"].dt < starts[0].starts_at
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"}


def test_the_place_is_told_to_who_chose_so_and_never_where_one_lives(site: Site, home: Pair) -> None:
    with site.work() as now:
        book(now, home)
    parent = site.parent(home.parent)
    address = make(parent, "yes")
    (event,) = fetch(site, address)
    assert str(event["location"]) == "Hjemme hos dig"
    parent.submit(parent.get(KALENDER), action=KALENDER, place="no")
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


def test_a_calendar_costs_as_much_with_many_appointments_as_with_one(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one, many = family(now), family(now)
        book(now, one)
        more = [builders.child(now, born=BORN, district=DISTRICT) for _ in range(2)]
        builders.lives_with(now, many.parent, *more)
        for child in (many.child, *more):
            for visit in (WEEKS, TWO_MONTHS):
                book(now, Pair(many.parent, child), visit)
    asked = []
    for home, expected in ((one, 1), (many, 6)):
        address = make(site.parent(home.parent))
        fetch(site, address)
        with statements() as sent:
            assert len(fetch(site, address)) == expected
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 8


def test_a_time_at_which_nobody_comes_is_no_appointment(site: Site) -> None:
    with site.work() as now:
        comes = visitor(now)
        home = family(now)
        visit = book(now, home)
    address = make(site.parent(home.parent))
    (first,) = fetch(site, address)
    ill = first["dtstart"].dt.date()
    with site.work() as now:
        planning.be_away(now, comes, ill, ill)
    assert fetch(site, address) == []
    with site.work() as now:
        parents = builders.as_parent(now, home.parent)
        booking.move(parents, home.parent, visit, times(now, home)[3].slot_id)
    (moved,) = fetch(site, address)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], first["sequence"] + 1)


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
    address = make(site.parent(other), "yes")
    before = fetch(site, address)
    with site.work() as now:
        visit = book(now, home)
        booking.move(builders.as_parent(now, home.parent), home.parent, visit, times(now, home)[3].slot_id)
    assert before == fetch(site, address) == []


def test_a_visit_in_the_other_home_is_not_in_this_calendar(site: Site, home: Pair) -> None:
    with site.work() as now:
        other = builders.person(now, district=DISTRICT)
        for adult in (home.parent, other):
            builders.relate(now, adult, home.child, RelationKind.RESIDENCE, since=date(2026, 1, 21), shared=True)
        builders.relate(now, other, home.child, RelationKind.CUSTODY)
        book(now, home)
        mine = book(now, Pair(other, home.child), TWO_MONTHS)
    (event,) = fetch(site, make(site.parent(other), "yes"))
    assert str(event["uid"]) == str(mine)


def test_both_who_live_with_the_child_have_it_in_their_calendars(site: Site, home: Pair) -> None:
    with site.work() as now:
        other = builders.person(now)
        builders.lives_with(now, other, home.child)
        visit = book(now, home)
    for adult in (home.parent, other):
        (event,) = fetch(site, make(site.parent(adult)))
        assert str(event["uid"]) == str(visit)


def test_a_calendar_is_not_emptied_by_what_cannot_answer(site: Site, home: Pair) -> None:
    """An answer without a journey's entries would take them out of the calendar."""
    with site.work() as now:
        book(now, home)
    address = make(site.parent(home.parent))
    with site.work() as now:
        now.session.execute(text("ALTER TABLE visit_slot RENAME TO gone"))
    site.client().get(urlsplit(address).path, status={500, 503})
    with site.work() as now:
        now.session.execute(text("ALTER TABLE gone RENAME TO visit_slot"))
    assert len(fetch(site, address)) == 1
