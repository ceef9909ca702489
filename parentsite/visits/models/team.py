"""When the health visitors work, and the times that come of it. Two times of one health visitor never meet.

A hold is three columns of the slot that end by themselves: nothing has to run for a time to be free again.
"""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Time, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves, never_overlapping, refuse
from parentsite.people.models import Child, Person, StaffMember
from parentsite.visits.rules.appointments import SLOT, SlotState


class VisitHours(Base):
    """Working hours of a health visitor in one district, every week; `until` is the first day without them."""

    __tablename__ = "visit_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        CheckConstraint("opens < closes", name="open"),
        Index(None, "visitor_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    district: Mapped[str]
    weekday: Mapped[int]
    opens: Mapped[time] = mapped_column(Time())
    closes: Mapped[time] = mapped_column(Time())
    since: Mapped[date]
    until: Mapped[date | None]


class VisitAbsence(Base):
    """Days on which a health visitor does not work, both included; why is not kept."""

    __tablename__ = "visit_absence"
    __table_args__ = (CheckConstraint("first <= last", name="days"), Index(None, "visitor_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    first: Mapped[date]
    last: Mapped[date]


class VisitLaid(Base):
    """Up to which day, included, a health visitor has times to pick from: the worker lays the days that come after."""

    __tablename__ = "visit_laid"

    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id), primary_key=True)
    until: Mapped[date]


class VisitSlot(Base):
    """A time of a health visitor for one visit; until `free_at` the way to the next home counts as well.

    While `held_until` lies ahead the slot is held for one parent, one child and one visit. A slot that is taken and no
    longer in the plan (`is_closing`) has a family that must be moved, and is withdrawn when it is free.
    """

    __tablename__ = "visit_slot"
    __table_args__ = (
        one_of("state", SlotState),
        CheckConstraint("starts_at < ends_at AND ends_at <= free_at", name="forward"),
        CheckConstraint(
            "(held_until IS NULL) = (held_by IS NULL) AND (held_until IS NULL) = (held_child IS NULL)"
            " AND (held_until IS NULL) = (held_visit IS NULL)",
            name="held_whole",
        ),
        Index(
            "ix_visit_slot_open",
            "district",
            "starts_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "visitor_id", "free_at"),
        Index(None, "state", "starts_at"),
        Index(None, "held_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    district: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    free_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=SlotState.OPEN.value)
    is_closing: Mapped[bool] = mapped_column(default=False)
    held_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    held_child: Mapped[UUID | None] = mapped_column(ForeignKey(Child.id))
    held_visit: Mapped[str | None]
    held_until: Mapped[datetime | None]


guard_moves(VisitSlot.__table__, SLOT.name, SLOT.pairs)  # type: ignore[arg-type]
never_overlapping(
    VisitSlot.__table__,  # type: ignore[arg-type]
    "visit_slot_apart",
    ("visitor_id", "staff_member"),
    "starts_at",
    "free_at",
    "other.state <> 'withdrawn'",
)
refuse(
    VisitSlot.__table__,  # type: ignore[arg-type]
    "visit_slot_stays",
    "UPDATE OF visitor_id, starts_at, ends_at, free_at",
    "NOT (OLD.visitor_id = NEW.visitor_id AND OLD.starts_at = NEW.starts_at AND OLD.ends_at = NEW.ends_at"
    " AND OLD.free_at = NEW.free_at)",
    "a visit_slot keeps its time",
)
