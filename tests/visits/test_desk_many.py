"""The health visitors' pages with many families on them: as many questions to the database as with one."""

from datetime import date
from uuid import UUID

from parentsite.visits.service import booking, planning
from parentsite.visits.service.homes import Home, save_home
from tests import builders
from tests.bench.inprocess import statements
from tests.sites import Site
from tests.strict import Client
from tests.visits.desks import at_desk, living
from tests.visits.scene import WEEKS, times, visitor

MONDAY = date(2026, 2, 16)
DAY, FAMILIES = f"/desk/besog?day={MONDAY}", "/desk/besog/familier"


def rows_and_questions(desk: Client, path: str, table: str) -> tuple[int, int]:
    """How many families the table shows, and how many statements the page took."""
    desk.get(path)
    with statements() as sent:
        page = desk.get(path)
    return len(page.texts(f"//table[@id='{table}']/tbody/tr")), len(sent)


def visit_on_monday(site: Site, families: int) -> None:
    """So many families, each with two adults in one home, take a time on that Monday."""
    with site.work() as now:
        for _ in range(families):
            one = living(now)
            builders.lives_with(now, builders.person(now), one.child)
            save_home(now, one.parent, Home("Somali"))
            free = next(slot for slot in times(now, one) if slot.starts_at.date() == MONDAY)
            booking.book(now, one.parent, one.child, WEEKS, free.slot_id)


def new_visitor(site: Site) -> UUID:
    with site.work() as now:
        return visitor(now)


def test_a_full_day_asks_as_many_questions_as_one_visit(site: Site) -> None:
    her = new_visitor(site)
    desk = at_desk(site, her)
    visit_on_monday(site, 1)
    one = rows_and_questions(desk, DAY, "stops")
    visit_on_monday(site, 3)
    assert [one, rows_and_questions(desk, DAY, "stops")] == [(1, one[1]), (4, one[1])]


def test_illness_asks_as_many_questions_for_many_families_as_for_one(site: Site) -> None:
    desk, told = at_desk(site), []
    for families in (1, 3):
        her = new_visitor(site)
        visit_on_monday(site, families)
        with site.work() as now:
            planning.be_away(now, her, MONDAY, MONDAY)
        told.append(rows_and_questions(desk, FAMILIES, "displaced"))
    slots = desk.get(FAMILIES).all("//table[@id='displaced']//input[@name='slot']/@value")
    assert len(set(slots)) == 4, "each family has a time of its own"
    assert told == [(1, told[0][1]), (4, told[0][1])]
