"""The health visitors' week: hours, a time proposed and confirmed, the day on paper, illness, what came of each visit.

The parent reads it in Danish or in Arabic; one health visitor's computer runs no script.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select, update

from parentsite.foundation.clock import local_date
from parentsite.foundation.work import Actor, ActorKind
from parentsite.people.models import Person
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import booking
from parentsite.visits.service.homes import Home, save_home
from tests import builders
from tests.browser import Device
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.road import Clerk, Parent
from tests.stories.running import RunningSite
from tests.visits.scene import BORN, WEEKS, mornings, visitor

pytestmark = pytest.mark.browser

DESKS = {
    "arabic parent": (Device(), Device(language="ar")),
    "without script": (Device(script=False), Device(script=False)),
}
MONDAY = "2026-02-16"
STREET, PHONE = "Eksempelvænget {}, 2750 Ballerup", "44 77 00 0{}"


@dataclass
class Week:
    """A health visitor who begins, a colleague with Tuesdays, and two newborn children of the district."""

    town: RunningSite
    district: str
    her: UUID
    name: str
    families: list[Pair]

    def at(self, clerk: Clerk, staff: UUID) -> Clerk:
        """Signed in anew as this health visitor: time may have passed."""
        self.town.admit(clerk.visitor, Actor(ActorKind.STAFF, staff, frozenset({"health_visitor"})))
        return clerk

    def stop(self, visit: UUID) -> tuple[UUID, datetime]:
        """Who has a visit, and when it begins."""
        with self.town.look() as session:
            slot = session.get_one(VisitSlot, session.get_one(HomeVisit, visit).slot_id)
            return slot.visitor_id, slot.starts_at

    def state(self, visit: UUID) -> str:
        with self.town.look() as session:
            return session.get_one(HomeVisit, visit).state


@pytest.mark.parametrize("name", DESKS)
def test_a_week_at_the_health_visitors_desk(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    at_desk, at_home = DESKS[name]
    week = _week(town, "hedegaarden" if at_desk.script else "skovlunde", at_home.language)
    desk, parent = week.at(Clerk(new_visitor(at_desk)), week.her), Parent(new_visitor(at_home))
    _lay_mondays(desk, week)
    proposed = _propose(desk, week)
    _say_yes(parent, week, proposed)
    with town.work() as now:
        other = week.families[1]
        hers = select(VisitSlot.id).where(VisitSlot.visitor_id == week.her, VisitSlot.state == "open")
        slot = now.session.scalars(hers.order_by(VisitSlot.starts_at)).first()
        assert slot
        booked = booking.book(now, other.parent, other.child, WEEKS, slot)
    visits = [proposed, booked]
    _print_the_day(week.at(desk, week.her), visits)
    _fall_ill(desk, week, visits)
    _tell_the_parent(parent, week, proposed)
    for visit, outcome in zip(visits, ("done", "not_at_home"), strict=True):
        _say_what_came_of_it(desk, week, visit, outcome)
    for each in (desk, parent):
        each.visitor.calm()


def _week(town: RunningSite, district: str, language: str) -> Week:
    with town.work() as now:
        her = builders.clerk(now, name=f"Signe {district.title()}")
        visitor(now, *mornings(district, days=(2,)))
        families = []
        for number in (1, 2):
            street = STREET.format(number)
            home = Pair(
                builders.person(now, district=district, address=street, language=language),
                builders.child(now, born=BORN, name=f"Alba{number}", district=district),
            )
            builders.lives_with(now, home.parent, home.child)
            now.session.execute(update(Person).where(Person.id == home.parent).values(phone=PHONE.format(number)))
            save_home(now, home.parent, Home(interpreter=f"Sprog{number}", door_code="12#34"))
            families.append(home)
    return Week(town, district, her, f"Signe {district.title()}", families)


def _lay_mondays(desk: Clerk, week: Week) -> None:
    """The first hours of a new colleague; then an hour less from a day on."""
    desk.visitor.go("/desk/besog/team")
    desk.visitor.press(desk.main.get_by_role("link", name=week.name))
    desk.says("There are no working hours yet, so families have no times to pick.")
    desk.visitor.press(f"main a[href='/desk/besog/team/{week.her}/tid']")
    desk.page.locator("select[name=weekday]").select_option("1")
    desk.page.locator("select[name=district]").select_option(week.district)
    for field, typed in {"opens": "08:00", "closes": "13:00", "since": "2026-02-01"}.items():
        desk.page.locator(f"input[name={field}]").fill(typed)
    desk.visitor.press("main form .button.primary")
    desk.says("The hours are saved. Families see them.", ".notice")
    desk.visitor.press(desk.page.locator("#hours a").first)
    expect(desk.page.locator("input[name=opens]")).to_have_value("08:00")
    for field, typed in {"closes": "11:40", "since": "2026-06-01"}.items():
        desk.page.locator(f"input[name={field}]").fill(typed)
    desk.visitor.press("main form .button.primary")
    desk.says("Saved. No family has to be moved.", ".notice")
    expect(desk.page.locator("#hours tbody tr")).to_have_count(2)


def _propose(desk: Clerk, week: Week) -> UUID:
    """The family stands on the list of those whom nobody has contacted; afterwards it does not."""
    child = week.families[0].child
    way = f"#unmet a[href$='{child}']"
    desk.visitor.go("/desk/besog/familier")
    desk.visitor.press(way)
    desk.says("Has the family heard from you?")
    desk.visitor.press(f"#plan a[href$='{child}/{WEEKS}']")
    hers = desk.page.locator(".choice").filter(has_text=week.name)
    hers.first.locator("input").check()
    desk.visitor.press("main form .button.primary")
    desk.says("The time is proposed to the family.", ".notice")
    made = _id(desk.page.locator("#plan a[href*='/aftale/']").first)
    desk.visitor.go("/desk/besog/familier")
    expect(desk.page.locator(way)).to_have_count(0)
    return made


def _id(link: Locator) -> UUID:
    return UUID((link.get_attribute("href") or "").rsplit("/", 1)[1])


def _say_yes(parent: Parent, week: Week, visit: UUID) -> None:
    week.town.admit(parent.visitor, week.families[0].parent)
    parent.visitor.go(parent.home)
    parent.says("The health visitor proposes a time")
    parent.visitor.press(f"#errands ~ article a.button[href$='/aftale/{visit}']")
    parent.visitor.press("main form[action$='/ja'] button")
    parent.says("You have said yes.", ".notice")
    expect(parent.page.locator(".receipt")).to_be_visible()


def _print_the_day(desk: Clerk, visits: list[UUID]) -> None:
    """In driving order, with all that she needs on the way and nothing that must not lie in a car."""
    page = desk.visitor.go(f"/desk/besog?day={MONDAY}")
    rows = page.locator("#stops tbody tr")
    assert [_id(row.locator("a[href*='/aftale/']")) for row in rows.all()] == visits
    page.emulate_media(media="print")
    for number, row in enumerate(rows.all(), 1):
        for told in (STREET.format(number), PHONE.format(number), f"Sprog{number}"):
            expect(row).to_contain_text(told)
            expect(row.get_by_text(told)).to_be_visible()
    for screens_alone in (".nav", "main form", ".hint"):
        expect(page.locator(screens_alone).first).to_be_hidden()
    expect(page.locator("body")).not_to_contain_text("12#34")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")


def _fall_ill(desk: Clerk, week: Week, visits: list[UUID]) -> None:
    """Both families are listed; one gets the first other time, for one the time is chosen."""
    desk.visitor.go(f"/desk/besog/team/{week.her}/fri")
    for field in ("first", "last"):
        desk.page.locator(f"input[name={field}]").fill(MONDAY)
    desk.visitor.press("main form .button.primary")
    desk.says("Saved. The families below have a time that cannot be kept. Find each of them another.", ".notice")
    for visit in visits:
        expect(_way(desk, visit)).to_have_count(1)
    desk.visitor.press(f"#displaced form[action$='/aftale/{visits[0]}/flyt'] button")
    desk.says("The new time is proposed to the family.", ".notice")
    desk.visitor.go("/desk/besog/familier")
    desk.visitor.press(_way(desk, visits[1]))
    desk.page.locator(".choice input").first.check()
    desk.visitor.press("main form .button.primary")
    desk.visitor.go("/desk/besog/familier")
    for visit in visits:
        expect(_way(desk, visit)).to_have_count(0)


def _way(desk: Clerk, visit: UUID) -> Locator:
    return desk.page.locator(f"#displaced a[href$='/aftale/{visit}/flyt']")


def _tell_the_parent(parent: Parent, week: Week, visit: UUID) -> None:
    who, starts_at = week.stop(visit)
    assert (who, local_date(starts_at).isoformat()) != (week.her, MONDAY)
    parent.visitor.go(f"{parent.home}besog/aftale/{visit}")
    parent.says("The health visitor proposes a time", "h1")


def _say_what_came_of_it(desk: Clerk, week: Week, visit: UUID, outcome: str) -> None:
    """By whoever has the visit now, when it has begun."""
    who, starts_at = week.stop(visit)
    week.town.clock.set(starts_at + timedelta(minutes=5))
    week.at(desk, who)
    desk.visitor.go("/desk/besog")
    desk.visitor.press(f"#stops a[href$='/aftale/{visit}']")
    desk.page.locator(f"input[name=outcome][value={outcome}]").check()
    desk.visitor.press("main form .button.primary")
    desk.says("It is noted.", ".notice")
    assert week.state(visit) == outcome
