"""A home visit from the plan to giving the time back, as three parents do it: in Danish, in Arabic, without script."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import expect

from parentsite.foundation.i18n import LANGUAGES
from tests import builders
from tests.browser import Device, Visitor
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent
from tests.stories.running import RunningSite
from tests.visits.scene import BORN, DISTRICT, TWO_MONTHS, mornings, visitor

pytestmark = pytest.mark.browser

PARENTS = {"danish": Device(), "arabic": Device(language="ar"), "without-script": Device(script=False)}
TUESDAY = 2


@pytest.mark.parametrize("name", PARENTS)
def test_a_visit_is_booked_moved_and_cancelled(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    device, mail = PARENTS[name], f"{name}@visits.example.org"
    home = _family(town, device.language, mail)
    person = new_visitor(device)
    town.admit(person, home.parent)
    parent = Parent(person)
    person.go(f"{parent.home}besog")
    expect(person.page.locator(".path li")).to_have_count(6)
    parent.says("The visits are an offer. They are free, and you may say no.")
    person.press(f"main a[href$='{home.child}/{TWO_MONTHS}']")
    _choose_tuesdays(person)
    first = _pick(person, 0)
    parent.says("This happens when you confirm")
    person.press(GO_ON)
    parent.says("The time is yours.", ".notice")
    expect(person.page.locator(".receipt h2")).to_contain_text(first)
    _move(parent, home)
    _cancel(parent)
    for number in (1, 2, 3):
        assert "Alba" not in str(town.post.wait_for(mail, number))
    person.calm()


def _family(town: RunningSite, language: str, mail: str) -> Pair:
    """A family with a small child, and a health visitor who has time for it."""
    with town.work() as now:
        visitor(now, *mornings())
        home = Pair(
            builders.person(now, email=mail, language=language, district=DISTRICT),
            builders.child(now, born=BORN, name="Alba", district=DISTRICT),
        )
        builders.lives_with(now, home.parent, home.child)
    return home


def _choose_tuesdays(person: Visitor) -> None:
    """Only one weekday: in place where there is script, as a page of its own where there is none."""
    person.page.locator("select[name=weekday]").select_option(str(TUESDAY))
    button = person.page.locator("form.filter button")
    if person.device.script:
        with person.page.expect_response(lambda answer: "weekday=2" in answer.url):
            button.click()
    else:
        person.press(button)
    expect(person.page.locator("#times h3")).to_have_count(2)
    days: Sequence[str] = person.page.locator("#times h3").all_text_contents()
    assert all(LANGUAGES[person.language].weekday(TUESDAY) in day for day in days)


def _pick(person: Visitor, number: int) -> str:
    """Press a time; returns the hour that was on the button."""
    button = person.page.locator(".times button").nth(number)
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 48, "a time is a target for a thumb"
    hour = button.inner_text().strip()
    person.press(button)
    return hour


def _move(parent: Parent, home: Pair) -> None:
    parent.visitor.press(f"main a[href$='{home.child}/{TWO_MONTHS}']")
    hour = _pick(parent.visitor, 2)
    parent.visitor.press(GO_ON)
    parent.says("The visit is moved. Your old time is free for others.", ".notice")
    expect(parent.page.locator(".receipt h2")).to_contain_text(hour)


def _cancel(parent: Parent) -> None:
    parent.visitor.press("main a[href$='/aflys']")
    parent.says("Nobody comes. Another family can take the time at once.")
    parent.visitor.press("main form .button.danger")
    parent.says("The visit is cancelled")
