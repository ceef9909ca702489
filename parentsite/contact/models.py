"""The tables of letters: what is written and attached is sealed, never changed, and goes only with the whole letter.

Locks are taken in one order: the person who begins a letter, then the letter.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.contact.rules.states import LETTER, LetterState, Side
from parentsite.foundation.attached import AttachedFile
from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves, kept_with, refuse, unchanging
from parentsite.people.models import Child, Person, StaffMember

BODY = "letter_message.body"
DANISH = "letter_message.danish"


class Letter(Base):
    """A letter and its answers: from one parent to one team, about a child or about none.

    `place` is the district or the house of the team, where it has one; `language` the one in which the parent reads;
    `messages` counts them. `waiting_since` is the moment since when the parent waits, with how many working days the
    team has said (`answer_days`); `claimed_by` who has taken it.
    """

    __tablename__ = "letter"
    __table_args__ = (
        one_of("state", LetterState),
        CheckConstraint("messages > 0 AND answer_days > 0", name="counts"),
        CheckConstraint(
            "(state IN ('open', 'claimed')) = (waiting_since IS NOT NULL)"
            " AND (state = 'claimed') = (claimed_by IS NOT NULL)"
            " AND (state IN ('closed', 'forgotten')) = (closed_at IS NOT NULL)",
            name="state_told",
        ),
        CheckConstraint("shared_at IS NULL OR child_id IS NOT NULL", name="shared"),
        Index(None, "person_id"),
        Index(None, "child_id"),
        Index(None, "team", "state", "waiting_since"),
        Index(None, "team", "state", "changed_at"),
        Index(None, "state", "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    team: Mapped[str]
    place: Mapped[str | None]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    child_id: Mapped[UUID | None] = mapped_column(ForeignKey(Child.id))
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=LetterState.OPEN.value)
    messages: Mapped[int] = mapped_column(default=1)
    answer_days: Mapped[int]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffMember.id))
    shared_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class LetterMessage(Base):
    """One message, numbered from 1; the form that wrote it has chosen its id, so that sent twice it is one.

    `language` is that of `body`; an answer in another language than Danish has the same in Danish beside it. `digest`
    is a keyed hash of the words and of where they stand.
    """

    __tablename__ = "letter_message"
    __table_args__ = (
        one_of("side", Side),
        CheckConstraint(
            "(side = 'parent') = (person_id IS NOT NULL) AND (side = 'team') = (staff_id IS NOT NULL)",
            name="written_by",
        ),
        UniqueConstraint("letter_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey(Letter.id))
    number: Mapped[int]
    side: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey(StaffMember.id))
    team: Mapped[str]
    language: Mapped[str]
    body: Mapped[bytes] = mapped_column(info={"sealed": BODY})
    danish: Mapped[bytes | None] = mapped_column(info={"sealed": DANISH})
    digest: Mapped[str]
    written_at: Mapped[datetime]


class LetterHandover(Base):
    """A team has handed the letter over to another, after so many messages: the parent sees to which."""

    __tablename__ = "letter_handover"
    __table_args__ = (Index(None, "letter_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey(Letter.id))
    after: Mapped[int]
    from_team: Mapped[str]
    to_team: Mapped[str]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    handed_at: Mapped[datetime]


class LetterAttachment(Base):
    """A file that came with a message."""

    __tablename__ = "letter_attachment"
    __table_args__ = (Index(None, "letter_id"), UniqueConstraint("message_id", "position"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey(Letter.id))
    message_id: Mapped[UUID] = mapped_column(ForeignKey(LetterMessage.id))
    position: Mapped[int]
    file_id: Mapped[UUID] = mapped_column(ForeignKey(AttachedFile.id), unique=True)


class LetterMark(Base):
    """The day on which a reader first opened a message: a parent, or for the team as one the letter itself."""

    __tablename__ = "letter_mark"
    __table_args__ = (Index(None, "letter_id"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey(LetterMessage.id), primary_key=True)
    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey(Letter.id))
    read_on: Mapped[date]


for _model in (LetterMessage, LetterHandover, LetterAttachment, LetterMark):
    unchanging(_model.__table__)  # type: ignore[arg-type]
    kept_with(_model.__table__, ("letter_id", Letter.__tablename__), LetterState.FORGOTTEN.value)  # type: ignore[arg-type]
guard_moves(Letter.__table__, LETTER.name, LETTER.pairs)  # type: ignore[arg-type]
refuse(
    Letter.__table__,  # type: ignore[arg-type]
    "letter_stays",
    "DELETE",
    f"OLD.state <> '{LetterState.FORGOTTEN.value}'",
    "a letter stays until it is forgotten",
)
