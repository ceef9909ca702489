"""What calendars are told: the right hour on both sides of a change of the clock, one entry however often it moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from parentsite.foundation.calendar import CalendarEntry, calendar_feed, calendar_file
from parentsite.foundation.clock import COPENHAGEN

NOW = datetime(2026, 3, 26, 9, tzinfo=UTC)
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
"""The nights in which the Danish clock changes, at 01:00 UTC."""
ENTRY = CalendarEntry("a@b", NOW, NOW + timedelta(hours=1), "Aftale", None, 3)


def read(calendar: bytes) -> Any:
    return Calendar.from_ical(calendar)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_an_entry_keeps_its_hour_across_a_change_of_the_clock(night: datetime) -> None:
    """As a calendar reckons that knows nothing of Denmark but what the file tells it."""
    for hours in range(-26, 27):
        starts = night + timedelta(hours=hours)
        if starts.astimezone(COPENHAGEN).fold:
            continue
        calendar = read(calendar_file(replace(ENTRY, starts_at=starts, ends_at=starts + timedelta(hours=1)), NOW))
        (zone,) = calendar.walk("VTIMEZONE")
        told = zone.to_tz(lookup_tzid=False)
        (event,) = calendar.walk("VEVENT")
        assert event["dtstart"].params["TZID"] == zone["tzid"] == "Europe/Copenhagen"
        wall = event["dtstart"].dt.replace(tzinfo=None)
        assert wall == starts.astimezone(COPENHAGEN).replace(tzinfo=None)
        assert wall.replace(tzinfo=told).astimezone(UTC) == starts


def test_what_is_told_of_danish_time_holds_for_years() -> None:
    told = read(calendar_feed([], "Aftaler", NOW)).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for day in range(0, 366 * 8, 5):
        moment = NOW + timedelta(days=day)
        assert moment.astimezone(told).utcoffset() == moment.astimezone(COPENHAGEN).utcoffset()


@pytest.mark.parametrize(("is_cancelled", "method"), [(False, "PUBLISH"), (True, "CANCEL")])
def test_a_file_says_what_is_to_be_done(is_cancelled: bool, method: str) -> None:
    calendar = read(calendar_file(replace(ENTRY, is_cancelled=is_cancelled), NOW))
    (event,) = calendar.walk("VEVENT")
    assert calendar["method"] == method
    assert event["status"] == ("CANCELLED" if is_cancelled else "CONFIRMED")
    assert (event["uid"], event["sequence"], event["dtstamp"].dt) == ("a@b", 3, NOW)
    assert "location" not in event


def test_a_feed_is_no_message_and_holds_all_entries() -> None:
    entries = [replace(ENTRY, uid=str(number), place="Vej 1, 2750 Ballerup") for number in range(3)]
    calendar = read(calendar_feed(entries, "Aftaler", NOW))
    assert "method" not in calendar
    assert calendar["name"] == calendar["x-wr-calname"] == "Aftaler"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert [event["uid"] for event in calendar.walk("VEVENT")] == ["0", "1", "2"]
    assert {str(event["location"]) for event in calendar.walk("VEVENT")} == {"Vej 1, 2750 Ballerup"}


def test_what_a_title_holds_cannot_become_another_line() -> None:
    feed = calendar_feed([replace(ENTRY, title="A\r\nATTACH:x", place="b;c,d\\n")], "A", NOW)
    (event,) = read(feed).walk("VEVENT")
    assert "attach" not in event
    assert event["location"] == "b;c,d\\n"
