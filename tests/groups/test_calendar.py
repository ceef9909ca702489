"""A member's own calendar: the meetings of her groups, discreetly, while she is a member and sees them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from parentsite.foundation.work import Work
from parentsite.groups.service import meetings
from parentsite.groups.service.joining import join, leave
from parentsite.people import calendars
from parentsite.people.models import RelationKind
from tests import builders
from tests.builders import Pair
from tests.databases import Template
from tests.groups.scene import YOUNG, family, group, meeting
from tests.sites import Site


@pytest.fixture
def site(new_site: Callable[..., Site], new_url: Callable[..., str]) -> Site:
    """On SQLite and on PostgreSQL."""
    return new_site(url=new_url(Template.TOWN))


def address_of(now: Work, person: UUID) -> str:
    calendars.make(now, person, shows_place=True)
    own = calendars.own_address(now, person)
    assert own
    return f"/mit/kalender/{own.token}.ics"


def fetch(site: Site, address: str) -> Any:
    answer = site.client().get(address).response
    return Calendar.from_ical(answer.data).walk("VEVENT")


@pytest.fixture
def group_id(site: Site) -> UUID:
    with site.work() as now:
        return group(now, kind=YOUNG)


@pytest.fixture
def member(site: Site, mette: Pair, group_id: UUID) -> UUID:
    """Her place in the group."""
    with site.work() as now:
        return join(now, mette.parent, mette.child, group_id).member_id


@pytest.fixture
def first(site: Site, group_id: UUID) -> UUID:
    """A meeting of the group."""
    with site.work() as now:
        return meeting(now, group_id)


@pytest.fixture
def feed(site: Site, mette: Pair, member: UUID, first: UUID) -> str:
    """The address of her calendar."""
    with site.work() as now:
        return address_of(now, mette.parent)


def test_a_meeting_is_an_appointment_in_a_part_of_town(site: Site, first: UUID, feed: str) -> None:
    (event,) = fetch(site, feed)
    assert (str(event["uid"]), str(event["summary"]), str(event["location"])) == (str(first), "Aftale", "Baltorp")
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION"}


def test_it_follows_what_staff_do(site: Site, group_id: UUID, first: UUID, feed: str) -> None:
    with site.work() as now:
        starts = now.now + timedelta(days=9)
        meetings.move_meeting(now, first, starts, starts + timedelta(hours=1), None)
        second = meeting(now, group_id, days=20)
    moved, _ = fetch(site, feed)
    assert (str(moved["uid"]), moved["sequence"], moved["dtstart"].dt) == (str(first), 1, starts)
    with site.work() as now:
        meetings.cancel_meeting(now, first)
    told = {str(event["uid"]): (event["status"], event["sequence"]) for event in fetch(site, feed)}
    assert told == {str(first): ("CANCELLED", 2), str(second): ("CONFIRMED", 0)}
    site.clock.move(days=60)
    assert [str(event["uid"]) for event in fetch(site, feed)] == [str(second)]


def test_what_she_cannot_come_to_is_no_appointment(
    site: Site, mette: Pair, member: UUID, first: UUID, feed: str
) -> None:
    with site.work() as now:
        meetings.cannot_come(now, mette.parent, member, first)
    assert fetch(site, feed) == []
    with site.work() as now:
        meetings.can_come(now, mette.parent, member, first)
    assert len(fetch(site, feed)) == 1


def test_only_members_have_it_and_only_while_they_are(site: Site, mette: Pair, member: UUID, feed: str) -> None:
    with site.work() as now:
        outside = address_of(now, family(now).parent)
        leave(now, mette.parent, member)
    assert fetch(site, outside) == fetch(site, feed) == []


def test_who_must_not_meet_another_member_hears_of_no_meeting(
    site: Site, mette: Pair, group_id: UUID, feed: str
) -> None:
    """The other is a member already when staff shut her access to the child that lives with the other."""
    with site.work() as now:
        other = family(now, "Anna")
        join(now, other.parent, other.child, group_id)
        builders.relate(now, mette.parent, other.child, RelationKind.CUSTODY)
    assert len(fetch(site, feed)) == 1
    with site.work() as now:
        builders.block(now, mette.parent, other.child)
    assert fetch(site, feed) == []


def test_who_may_not_see_the_child_hears_of_no_meeting(site: Site, mette: Pair, feed: str) -> None:
    with site.work() as now:
        builders.block(now, mette.parent, mette.child)
    assert fetch(site, feed) == []
