"""What families ask and tell, and when one was spoken with. What they write of their home and their need is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves
from parentsite.people.models import Child, Person, StaffMember
from parentsite.visits.rules.requests import REQUEST, RequestKind, RequestState
from parentsite.visits.rules.start import TALK, TalkState

INTERPRETER = "visit_home.interpreter"
DOOR_CODE = "visit_home.door_code"
AT_HOME = "visit_home.at_home"
REQUEST_REASON = "visit_request.reason"


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


guard_moves(VisitRequest.__table__, REQUEST.name, REQUEST.pairs)  # type: ignore[arg-type]
guard_moves(StartTalk.__table__, TALK.name, TALK.pairs)  # type: ignore[arg-type]
