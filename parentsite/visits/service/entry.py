"""An appointment as a calendar knows it: the same entry when it is moved, gone when it is cancelled.

It says neither whose visit it is nor what it is for: calendars are read by others.
"""

from parentsite.foundation.calendar import CalendarEntry
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service.plans import Appointment


def entry_of(one: Appointment, title: str, place: str | None = None) -> CalendarEntry:
    """The appointment's id is the entry's for ever."""
    return CalendarEntry(
        uid=str(one.id),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=title,
        place=place,
        sequence=one.sequence,
        is_cancelled=one.state is VisitState.CANCELLED,
    )
