"""A parent lets her own calendar follow her visits: she makes its address, moves a visit, and stops the address.

Her calendar is a plain HTTP client: it signs in nowhere, has no cookie and runs no script.
"""

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from icalendar import Calendar
from playwright.sync_api import expect

from parentsite.visits.service import booking
from tests import builders
from tests.browser import Device
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent, words
from tests.stories.running import RunningSite
from tests.visits.scene import BORN, DISTRICT, TWO_MONTHS, mornings, times, visitor

pytestmark = pytest.mark.browser

PARENTS = {"danish": Device(), "arabic": Device(language="ar"), "without-script": Device(script=False)}


@pytest.mark.parametrize("name", PARENTS)
def test_a_calendar_follows_until_it_is_stopped(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    device = PARENTS[name]
    home = _family_with_a_visit(town, device.language)
    person = new_visitor(device)
    town.admit(person, home.parent)
    parent = Parent(person)
    person.go(parent.home)
    person.press(f"main a[href='{parent.home}kalender']")
    parent.says(
        "Whoever has the link can see your appointments without signing in. Give it to nobody you do not trust."
    )
    person.press(GO_ON)
    parent.says("Your calendar link is made.", ".notice")
    address = _address(parent)
    person.page.reload()
    expect(person.page.locator("input[readonly]")).to_have_count(0)
    first = _fetch(address)
    assert str(first["summary"]) == words(device.language, "Appointment")
    _move(parent, home)
    moved = _fetch(address)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], first["sequence"] + 1)
    assert moved["dtstart"].dt != first["dtstart"].dt
    person.go(f"{parent.home}kalender")
    person.press(f"main a[href='{parent.home}kalender/stop']")
    parent.says("The link leads nowhere any more, for everybody who has it.")
    person.press("main form .button.danger")
    parent.says("Your calendar link is stopped.", ".notice")
    assert requests.get(address, timeout=20).status_code == requests.codes.not_found
    assert urlsplit(address).path.rpartition("/")[2].removesuffix(".ics") not in town.log.read_text(encoding="utf-8")
    person.calm()


def _family_with_a_visit(town: RunningSite, language: str) -> Pair:
    with town.work() as now:
        visitor(now, *mornings())
        home = Pair(
            builders.person(now, language=language, district=DISTRICT),
            builders.child(now, born=BORN, name="Alba", district=DISTRICT),
        )
        builders.lives_with(now, home.parent, home.child)
        slot = times(now, home, TWO_MONTHS)[0].slot_id
        booking.book(builders.as_parent(now, home.parent), home.parent, home.child, TWO_MONTHS, slot)
    return home


def _address(parent: Parent) -> str:
    """The address as it can be copied; the button beside it opens the same in a calendar."""
    address = parent.page.locator("input[readonly]").input_value()
    opens = parent.page.locator("main a[href^='webcal:']").get_attribute("href")
    assert opens == address.replace("http:", "webcal:")
    return address


def _fetch(address: str) -> Any:
    """The one entry of the calendar."""
    answer = requests.get(address, timeout=20)
    assert answer.ok
    assert "Set-Cookie" not in answer.headers
    assert "Alba" not in answer.text
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def _move(parent: Parent, home: Pair) -> None:
    parent.visitor.go(f"{parent.home}besog/{home.child}/{TWO_MONTHS}")
    parent.visitor.press(parent.page.locator(".times button").nth(2))
    parent.visitor.press(GO_ON)
    parent.says("The visit is moved. Your old time is free for others.", ".notice")
