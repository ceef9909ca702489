"""The desk: a button pressed twice says the same twice, and a slip of the hand is a field to mend."""

import pytest

from parentsite.places.models import Application, Vacancy
from tests import builders
from tests.places.seen import acts_on, entries, row
from tests.sites import Site

LINE = "/desk/plads/huse/globen/0-2"


def test_confirming_pressed_twice_shows_the_same_case_twice_and_is_told_once(site: Site) -> None:
    with site.work() as now:
        case = builders.sent(now, builders.family(now))
    clerk = site.clerk()
    page = clerk.get(f"/desk/plads/sag/{case}")
    pressed = [clerk.submit(page, action=page.path, special_need="y") for _ in range(2)]
    assert [one.location for one in pressed] == [page.path] * 2
    with site.look() as now:
        assert row(now.session, Application, case).special_need_confirmed
        assert acts_on(now.session, case)["application.confirmed"] == 1


def test_a_clerk_who_says_otherwise_from_an_old_page_is_told_and_keeps_the_tick(site: Site) -> None:
    with site.work() as now:
        case = builders.sent(now, builders.family(now))
    clerk = site.clerk()
    page = clerk.get(f"/desk/plads/sag/{case}")
    clerk.submit(page, action=page.path)
    other = clerk.submit(page, action=page.path, special_need="y", status=422)
    assert other.all("//input[@name='special_need'][@checked]")
    with site.look() as now:
        assert not row(now.session, Application, case).special_need_confirmed


@pytest.mark.parametrize("day", ["9999-12-31", "2028-02-13", "2026-02-11", "0001-01-01"])
def test_a_day_that_no_place_begins_on_is_an_error_at_the_field(site: Site, day: str) -> None:
    clerk = site.clerk()
    refused = clerk.submit(clerk.get(LINE), starts_on=day, status=422)
    assert len(refused.errors) == 1
    assert refused.all("//input[@name='starts_on']/@value") == [day], "what was typed is kept"
    with site.look() as now:
        assert now.session.query(Vacancy).count() == 0
        assert entries(now.session, "vacancy.opened") == []


def test_a_place_of_the_year_after_next_can_be_opened(site: Site) -> None:
    clerk = site.clerk()
    clerk.submit(clerk.get(LINE), starts_on="2028-02-12")
    with site.look() as now:
        assert now.session.query(Vacancy).count() == 1
