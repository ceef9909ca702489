"""Appointments as calendars know them: the same entry when one is moved, gone when it is cancelled.

An entry says neither whose visit it is, nor what it is for, nor where that home is: calendars are read by others.
"""

from collections.abc import Sequence
from uuid import UUID

from parentsite.foundation.calendar import CalendarEntry
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service.plans import Appointment, appointments_of


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


def entries_of(work: Work, person: UUID, children: Sequence[ChildView], title: str, place: str) -> list[CalendarEntry]:
    """The visits in this adult's own home, past and to come: those whose files the adult may have one by one.

    A time at which the health visitor cannot come after all is no appointment until it has been moved.
    """
    found = appointments_of(work, person, children)
    agreed = (one for of_child in found.values() for one in of_child if one.may_act and not _falls_away(one))
    return [told for one in agreed if (told := entry_of(one, title, place)).is_told(work.now)]


def _falls_away(one: Appointment) -> bool:
    return one.is_live and one.must_move
