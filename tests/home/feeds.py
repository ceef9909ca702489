"""A calendar and its parent: the address made on the page, fetched as a calendar does, and what it should find."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from icalendar import Calendar

from parentsite.foundation.work import Work
from parentsite.visits.service import booking
from tests import builders
from tests.builders import Pair
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import WEEKS, times

KALENDER = "/mit/da/kalender"


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
