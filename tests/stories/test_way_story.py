"""The way from birth to school, as people meet it: first from a date alone, then signed in, from the due date until the
register knows the child.
"""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, expect

from parentsite.people.merging import merge_declared
from parentsite.people.models import Child
from tests import builders
from tests.browser import Device, Screen, Visitor
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent, words
from tests.stories.running import RunningSite
from tests.visits.scene import DISTRICT

pytestmark = pytest.mark.browser

PARENTS = {
    "danish": Device(),
    "arabic": Device(language="ar"),
    "without-script": Device(script=False),
    "narrow-dark": Device(screen=Screen.NARROW, dark=True),
}
DUE, BORN = date(2026, 3, 30), date(2026, 2, 20)
"""Five weeks early."""
RIGHT = date(2026, 9, 28)
"""26 weeks after the due date."""
LATER = timedelta(days=12)
"""Then the child is four days old."""


@pytest.mark.parametrize("name", PARENTS)
def test_anybody_sees_the_way_of_a_date_and_leaves_nothing_behind(name: str, new_visitor: NewVisitor) -> None:
    person = new_visitor(PARENTS[name])
    person.go(f"/{person.language}/")
    person.press(f"main a[href$='/{person.language}/barnets-vej']")
    _ask(person, DUE)
    stations = person.page.locator(".way > li")
    expect(stations.first).to_contain_text(words(person.language, "Your child is expected"))
    expect(stations.last).to_contain_text(words(person.language, "School starts (skolestart)"))
    expect(stations.filter(has_text=words(person.language, "The day is not known yet."))).not_to_have_count(0)
    event = _saved(person, stations.locator("a[href*='/right.ics']"))
    assert event["dtstart"].dt == RIGHT
    assert person.context.cookies() == []
    if person.device.script:
        assert not urlsplit(person.page.url).query, "the date stands in the browser's history"
    person.calm()


@pytest.mark.parametrize("name", PARENTS)
def test_a_family_that_expects_has_a_way_which_goes_on_when_the_child_is_born(
    name: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    person = new_visitor(PARENTS[name])
    with town.work() as now:
        adult = builders.person(now, email=f"{name}@way.example.org", language=person.language, district=DISTRICT)
    town.admit(person, adult)
    parent = Parent(person)
    _tell(parent, DUE)
    expect(person.page.locator(".way > li").first).to_contain_text(words(person.language, "Your child is expected"))
    person.press("main a[href*='/vej/']")
    parent.says("Your child is not born yet")
    expected = person.page.locator(".way > li")
    count = expected.count()
    town.later(LATER)
    child = _born(town, adult)
    town.admit(person, adult)
    person.go(parent.home)
    person.press(f"main a[href$='/vej/{child}']")
    ended = person.page.locator(".way > li")
    expect(ended).to_have_count(count)
    expect(ended.first).to_contain_text(words(person.language, "Your child is born"))
    parent.says(
        "The home visits are counted from the birth. The health visitor can move them for you. "
        "All other days stay as they are."
    )
    expect(person.page.locator(".way > li[aria-current=step]")).not_to_have_count(0)
    person.calm()


def _ask(person: Visitor, day: date) -> None:
    person.page.locator("input[name=birth]").fill(day.isoformat())
    button = person.page.locator("main form button")
    if person.device.script:
        with person.page.expect_response(lambda answer: "birth=" in answer.url):
            button.click()
    else:
        person.press(button)


def _saved(person: Visitor, link: Locator) -> dict[str, object]:
    """The one entry of the calendar file behind a link."""
    with person.page.expect_download() as saved:
        link.click()
    (event,) = Calendar.from_ical(Path(saved.value.path()).read_bytes()).walk("VEVENT")
    return event  # type: ignore[no-any-return]


def _tell(parent: Parent, due: date) -> None:
    parent.visitor.go(f"{parent.home}barn")
    parent.page.locator("input[name=kind][value=expected]").check()
    parent.page.locator("input[name=day]").fill(due.isoformat())
    parent.visitor.press(GO_ON)


def _born(town: RunningSite, adult: UUID) -> UUID:
    """The register knows the child, and not when it was due."""
    with town.work() as now:
        child = builders.child(now, born=BORN, name="Asta", district=DISTRICT)
        builders.lives_with(now, adult, child)
        assert merge_declared(now, now.session.get_one(Child, child), [adult])
        return child
