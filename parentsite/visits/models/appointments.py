"""Who is visited when: one appointment to a slot, and one to a child's visit of the plan while it lies ahead."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves
from parentsite.people.models import Child, Person
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import VISIT, VisitState

SHIFT_REASON = "visit_shift.reason"


class HomeVisit(Base):
    """An appointment: `visit` is a code of the plan or `extra`, `host_id` the adult in whose home it is.

    `sequence` counts its changes, for calendars (RFC 5545, 3.8.7.4); a move keeps the appointment and changes the slot.
    """

    __tablename__ = "home_visit"
    __table_args__ = (
        one_of("state", VisitState),
        Index(
            "uq_home_visit_slot",
            "slot_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index(
            "uq_home_visit_live",
            "child_id",
            "visit",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'booked')"),
            postgresql_where=text("state IN ('proposed', 'booked')"),
        ),
        Index(None, "child_id"),
        Index(None, "host_id"),
        Index(None, "slot_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    host_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    slot_id: Mapped[UUID] = mapped_column(ForeignKey(VisitSlot.id))
    visit: Mapped[str]
    state: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class VisitShift(Base):
    """A visit of one child, and all after it, moved by some days; the reason is sealed."""

    __tablename__ = "visit_shift"
    __table_args__ = (UniqueConstraint("child_id", "visit"), Index(None, "made_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    visit: Mapped[str]
    days: Mapped[int]
    reason: Mapped[bytes] = mapped_column(info={"sealed": SHIFT_REASON})
    made_at: Mapped[datetime]


guard_moves(HomeVisit.__table__, VISIT.name, VISIT.pairs)  # type: ignore[arg-type]
