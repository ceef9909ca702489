"""A visit is cancelled for a family that has called, or has lost its child: once, with no word too many."""

from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.people.models import Child
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.service import booking
from tests import builders
from tests.builders import Pair
from tests.places.seen import entries, letters
from tests.sites import Site
from tests.strict import Client
from tests.visits.desks import at_desk, booked, living, path_to
from tests.visits.scene import TWO_MONTHS, broken, shown, times, visitor

FRIDAY = "2026-02-13"


def two_visits(site: Site) -> tuple[Client, Pair, UUID]:
    """Her desk, and a family with a visit on Friday and one at two months."""
    with site.work() as now:
        her, one = visitor(now), living(now)
        visit = booked(now, one)
        booking.book(now, one.parent, one.child, TWO_MONTHS, times(now, one, TWO_MONTHS)[0].slot_id)
    return at_desk(site, her), one, visit


def cancelled_letters(site: Site) -> list[UUID]:
    with site.look() as now:
        return [who for name, who in letters(now.session) if name == "visits/cancelled"]


@pytest.mark.parametrize("why", ["family_called", "moved_away"])
def test_the_time_is_free_at_once_and_the_family_hears_it_once(site: Site, why: str) -> None:
    desk, one, visit = two_visits(site)
    page = desk.get(path_to(desk.get(f"/desk/besog/aftale/{visit}"), "/aflys"))
    for _ in range(2):
        assert desk.submit(page, why=why).location == f"/desk/besog/aftale/{visit}"
    assert cancelled_letters(site) == [one.parent]
    with site.look() as now:
        (entry,) = entries(now.session, "visit.cancelled")
        assert (entry.purpose, entry.record_id, entry.role) == (why, str(visit), "health_visitor")
        assert sorted(now.session.scalars(select(HomeVisit.state))) == ["booked", "cancelled"]
        assert shown(times(now, one))[0] == "Fri 13 10.40"
        assert broken(now.session) == []


def test_when_the_child_has_died_all_visits_are_cancelled_and_nobody_is_written_to(site: Site) -> None:
    desk, _, visit = two_visits(site)
    page = desk.get(f"/desk/besog/aftale/{visit}/aflys")
    for _ in range(2):
        desk.submit(page, why="child_died")
    assert cancelled_letters(site) == []
    with site.look() as now:
        assert set(now.session.scalars(select(HomeVisit.state))) == {"cancelled"}
        assert {entry.purpose for entry in entries(now.session, "visit.cancelled")} == {"child_died"}
        assert broken(now.session) == []


def test_a_child_who_has_died_is_said_to_have_died(site: Site) -> None:
    desk, one, visit = two_visits(site)
    with site.work() as now:
        now.session.get_one(Child, one.child).died_on = now.today
    for path in (f"/desk/besog?day={FRIDAY}", f"/desk/besog/aftale/{visit}"):
        text = desk.get(path).text
        assert "Barnet er dødt" in text
        assert "bestemmer ikke længere" not in text
        assert "Spørg, før du kører" not in text
    desk.submit(desk.get(f"/desk/besog/aftale/{visit}/aflys"), why="family_called")
    assert cancelled_letters(site) == []


def test_who_may_know_no_more_is_not_told_that_it_is_cancelled(site: Site) -> None:
    desk, one, visit = two_visits(site)
    with site.work() as now:
        builders.block(now, one.parent, one.child)
    desk.submit(desk.get(f"/desk/besog/aftale/{visit}/aflys"), why="moved_away")
    assert cancelled_letters(site) == []


def test_a_visit_that_was_held_is_not_cancelled(site: Site) -> None:
    desk, _, visit = two_visits(site)
    page = desk.get(f"/desk/besog/aftale/{visit}/aflys")
    with site.work() as now:
        now.session.get_one(HomeVisit, visit).state = "done"
    assert len(desk.submit(page, why="moved_away", status=422).errors) == 1
