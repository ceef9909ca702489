"""An appointment as a calendar knows it (RFC 5545): the same entry when it is moved, gone when it is cancelled.

It says neither whose visit it is nor what it is for: calendars are read by others.
"""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from parentsite.foundation.clock import COPENHAGEN
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service.plans import Appointment

YEAR = timedelta(days=366)
"""How far around the appointment the entry tells when the Danish clock changes."""


def calendar_of(one: Appointment, title: str, now: datetime) -> bytes:
    """One entry: its UID is the appointment's id for ever, SEQUENCE counts its changes, times are Danish."""
    is_cancelled = one.state is VisitState.CANCELLED
    event = Event()
    event.add("uid", str(one.id))
    event.add("sequence", one.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", one.starts_at.astimezone(COPENHAGEN))
    event.add("dtend", one.ends_at.astimezone(COPENHAGEN))
    event.add("summary", title)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//parentsite//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones(one.starts_at.date() - YEAR, one.starts_at.date() + YEAR)
    return bytes(calendar.to_ical())
