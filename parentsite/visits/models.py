"""The tables of the journey. That nobody is in two homes at once, and no time given twice, is kept here.

Locks are taken in one order everywhere: slots (by id), appointment, request, start talk, consents. A hold is three
columns of the slot that end by themselves: nothing has to run for a time to be free again.
"""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves, never_overlapping, refuse
from parentsite.people.models import Child, Person, StaffMember
from parentsite.visits.rules.appointments import SLOT, VISIT, SlotState, VisitState
from parentsite.visits.rules.requests import REQUEST, RequestKind, RequestState
from parentsite.visits.rules.start import TALK, TalkState

INTERPRETER = "visit_home.interpreter"
DOOR_CODE = "visit_home.door_code"
AT_HOME = "visit_home.at_home"
SHIFT_REASON = "visit_shift.reason"
REQUEST_REASON = "visit_request.reason"


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


class VisitContact(Base):
    """A health visitor has been in touch with the family: it is no longer looked for. What was said is not kept."""

    __tablename__ = "visit_contact"
    __table_args__ = (Index(None, "child_id"), Index(None, "made_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    made_at: Mapped[datetime]


class VisitRequest(Base):
    """What an adult asks the health visitors; `visit` is empty when it concerns no visit of the plan."""

    __tablename__ = "visit_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("state", RequestState),
        CheckConstraint("kind <> 'extra_visit' OR reason IS NOT NULL", name="reason_given"),
        Index(
            "uq_visit_request_open",
            "child_id",
            "person_id",
            "kind",
            "visit",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "state", "reply_by"),
        Index(None, "child_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str]
    visit: Mapped[str]
    state: Mapped[str] = mapped_column(default=RequestState.OPEN.value)
    reason: Mapped[bytes | None] = mapped_column(info={"sealed": REQUEST_REASON})
    made_at: Mapped[datetime]
    reply_by: Mapped[date]
    answered_at: Mapped[datetime | None]


class StartTalk(Base):
    """A family wants the health visitor to take part in the start talk at a daycare; what may be said there stands with
    the consents.
    """

    __tablename__ = "start_talk"
    __table_args__ = (
        one_of("state", TalkState),
        Index(
            "uq_start_talk_live",
            "child_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'arranged')"),
            postgresql_where=text("state IN ('open', 'arranged')"),
        ),
        Index(None, "child_id"),
        Index(None, "state", "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    facility: Mapped[str]
    state: Mapped[str] = mapped_column(default=TalkState.OPEN.value)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class VisitHome(Base):
    """What helps a visit in one adult's home, in that adult's own words: seen by nobody but them and the visitors."""

    __tablename__ = "visit_home"
    __table_args__ = (Index(None, "told_on"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    interpreter: Mapped[bytes | None] = mapped_column(info={"sealed": INTERPRETER})
    door_code: Mapped[bytes | None] = mapped_column(info={"sealed": DOOR_CODE})
    at_home: Mapped[bytes | None] = mapped_column(info={"sealed": AT_HOME})
    told_on: Mapped[date]


for _model, _moves in ((VisitSlot, SLOT), (HomeVisit, VISIT), (VisitRequest, REQUEST), (StartTalk, TALK)):
    guard_moves(_model.__table__, _moves.name, _moves.pairs)  # type: ignore[arg-type]
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
