"""A meeting as a file for a calendar: the same entry when it is moved, and never what kind of group or where."""

from datetime import timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from parentsite.foundation.clock import COPENHAGEN
from parentsite.groups.service import meetings
from parentsite.groups.service.joining import join
from tests.builders import Pair
from tests.groups.pages import GROUPS
from tests.groups.scene import ADDRESS, YOUNG, group, meeting
from tests.sites import Site
from tests.strict import Client


@pytest.fixture
def entry_at(site: Site, mette: Pair) -> tuple[UUID, str]:
    """A meeting of hers, and where its entry is."""
    with site.work() as now:
        of = group(now, kind=YOUNG)
        member = join(now, mette.parent, mette.child, of).member_id
        made = meeting(now, of)
    return made, f"{GROUPS}/plads/{member}/moede/{made}/aftale.ics"


def read(parent: Client, path: str) -> Event:
    (event,) = Calendar.from_ical(parent.get(path).response.data).walk("VEVENT")
    return event


def test_a_meeting_goes_into_the_calendar_and_follows_it(
    site: Site, parent: Client, entry_at: tuple[UUID, str]
) -> None:
    made, path = entry_at
    first = read(parent, path)
    assert first["dtstart"].dt.astimezone(COPENHAGEN).hour == 10
    assert not [word for word in ("young", "unge", "Asta", ADDRESS) if word in str(first.to_ical())]
    with site.work() as now:
        starts = now.now + timedelta(days=8)
        meetings.move_meeting(now, made, starts, starts + timedelta(hours=1), ADDRESS)
    moved = read(parent, path)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], 1)
    with site.work() as now:
        meetings.cancel_meeting(now, made)
    assert read(parent, path)["status"] == "CANCELLED"


def test_a_meeting_of_another_group_is_not_there(site: Site, parent: Client, entry_at: tuple[UUID, str]) -> None:
    made, path = entry_at
    with site.work() as now:
        other = meeting(now, group(now))
    parent.get(path.replace(str(made), str(other)), status=404)
