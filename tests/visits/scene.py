"""A district with health visitors, families with small children, and what is left behind in the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.foundation.work import Work
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.slots import COPENHAGEN, Shift
from parentsite.visits.service import asking, booking, planning, start_talks, visiting
from parentsite.visits.service.times import FreeTime, free_times, hold
from tests import builders
from tests.builders import Pair

DISTRICT, OTHER = "baltorp", "skovlunde"
BORN = date(2026, 1, 20)
"""Three weeks and two days before the tests' Thursday."""
EARLY, WEEKS, TWO_MONTHS, LATER = "barsel", "3-4-uger", "2-maaneder", "4-6-maaneder"
SPRING = date(2026, 4, 1)


def mornings(
    district: str = DISTRICT, *, until: date | None = SPRING, days: Sequence[int] = range(1, 6)
) -> list[Shift]:
    """Four visits a day: 8.00, 9.20, 10.40 and 12.00."""
    return [Shift(district, day, time(8), time(13), date(2026, 1, 1), until) for day in days]


def visitor(work: Work, *shifts: Shift) -> UUID:
    """A health visitor with times to pick from."""
    made = builders.clerk(work, name="Hanne Sund")
    planning.save_hours(work, made, shifts or mornings())
    return made


def family(work: Work, *, born: date = BORN, district: str | None = DISTRICT) -> Pair:
    return builders.family(work, born=born, district=district)


@dataclass(frozen=True)
class Visits:
    """What stands in a home: a time agreed at three weeks, one proposed at two months, one held for four months; and
    the health visitor is asked to a start talk.
    """

    child: UUID
    agreed: UUID
    proposed: UUID
    proposed_slot: UUID
    held: UUID
    request: UUID


def visits_of(work: Work, parent: UUID, *, name: str = "Alba") -> Visits:
    """A child of three weeks comes into a parent's home, with visits in every state."""
    child = builders.child(work, born=BORN, name=name, district=DISTRICT)
    builders.lives_with(work, parent, child)
    visitor(work, *mornings(until=None, days=(1, 2)))
    of, now = Pair(parent, child), builders.as_parent(work, parent)
    agreed = booking.book(now, parent, child, WEEKS, times(now, of)[0].slot_id)
    offered = times(now, of, TWO_MONTHS)[0].slot_id
    proposed = visiting.propose(work, child, parent, TWO_MONTHS, offered)
    held = times(now, of, LATER)[0].slot_id
    hold(now, parent, child, LATER, held)
    start_talks.ask(now, parent, child, "globen")
    return Visits(child, agreed, proposed, offered, held, asking.ask_for_extra(now, parent, child, "Vi sover ikke."))


def times(work: Work, of: Pair, visit: str = WEEKS) -> list[FreeTime]:
    return list(free_times(work, of.parent, of.child, visit))


def shown(found: Sequence[FreeTime]) -> list[str]:
    """The times as people say them."""
    return [f"{one.starts_at.astimezone(COPENHAGEN):%a %d %H.%M}" for one in found]


def broken(session: Session) -> list[str]:
    """What must never be: two visitors' homes at once, a time given twice, a visit without its time."""
    slots = session.execute(select(VisitSlot).order_by(VisitSlot.visitor_id, VisitSlot.starts_at)).scalars().all()
    visits = session.execute(select(HomeVisit).where(HomeVisit.state != "cancelled")).scalars().all()
    counted = [slot for slot in slots if slot.state != "withdrawn"]
    told = [
        f"{one.starts_at} meets {other.starts_at}"
        for one, other in pairwise(counted)
        if one.visitor_id == other.visitor_id and other.starts_at < one.free_at
    ]
    taken = sorted(slot.id for slot in slots if slot.state == "taken")
    if taken != sorted(visit.slot_id for visit in visits):
        told.append("the times that are taken are not those of the visits")
    live = [(visit.child_id, visit.visit) for visit in visits if visit.state in ("proposed", "booked")]
    if len(live) != len(set(live)):
        told.append("a child has two appointments for one visit")
    return told
