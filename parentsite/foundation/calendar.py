"""Appointments as calendars know them (RFC 5545): a file with one of them, or with a day to
remember; or a feed with all that a person has.

Times are Danish, also on both sides of a change of the clock. Calendars are read by others: whoever makes an entry
decides how little it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone

from parentsite.foundation.clock import COPENHAGEN

CONTENT_TYPE = "text/calendar; charset=utf-8"
POLLED_EVERY = timedelta(hours=4)
"""How often a subscribed calendar is asked to look again (RFC 7986, 5.7)."""
KEPT = timedelta(days=92)
"""How long an appointment that is over stays in a feed."""
CANCELLED_KEPT = timedelta(days=31)
"""How long after its time a cancelled one is still said to be cancelled, for calendars that seldom look."""
_DANISH_TIME = Timezone.from_ical(
    f"""BEGIN:VTIMEZONE
TZID:{COPENHAGEN.key}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
)
"""The last Sundays of March and October, at 01:00 UTC (directive 2000/84/EC). Written by hand: the one that icalendar
makes changes an hour late in March.
"""


@dataclass(frozen=True)
class CalendarEntry:
    """One appointment: `uid` is its own for ever, `sequence` counts its changes, both moments are aware.

    A moved one keeps its uid; a cancelled one takes its entry away.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str | None
    sequence: int
    is_cancelled: bool = False

    def is_told(self, now: datetime) -> bool:
        """Whether a feed still holds it."""
        return self.ends_at > now - (CANCELLED_KEPT if self.is_cancelled else KEPT)


@dataclass(frozen=True)
class DayEntry:
    """A whole day on which something begins, or is done at the latest; nobody is busy then. `note` says more."""

    uid: str
    day: date
    title: str
    note: str


def calendar_file(one: CalendarEntry, now: datetime) -> bytes:
    """One entry to be put into a calendar, or to be taken out of it (RFC 5546)."""
    return _file(_event(one, now), "CANCEL" if one.is_cancelled else "PUBLISH")


def day_file(one: DayEntry, now: datetime) -> bytes:
    """A day to be put into a calendar; put in again, it takes the place of what stood there by the same uid."""
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.note)
    event.add("transp", "TRANSPARENT")
    return _file(event, "PUBLISH")


def calendar_feed(entries: Iterable[CalendarEntry], name: str, now: datetime) -> bytes:
    """All entries, for a calendar that looks again from time to time and shows them as `name`.

    No METHOD: a feed is what there is, not a message.
    """
    calendar = _calendar()
    for one in entries:
        calendar.add_component(_event(one, now))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", POLLED_EVERY, parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical())


def _file(event: Event, method: str) -> bytes:
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//parentsite//DA")
    calendar.add("version", "2.0")
    calendar.add_component(_DANISH_TIME)
    return calendar


def _event(one: CalendarEntry, now: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", one.starts_at.astimezone(COPENHAGEN))
    event.add("dtend", one.ends_at.astimezone(COPENHAGEN))
    event.add("summary", one.title)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    if one.place:
        event.add("location", one.place)
    return event
