"""The tables of the journey. That no group is overfull, and nobody has two places in one, is kept here.

Locks are taken in one order everywhere: group, member, all else. `taken` counts the places that are joined or offered;
the line's numbers come from `turns`, which only grows.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves
from parentsite.groups.rules.membership import GROUP, MEETING, MEMBER, GroupState, MeetingState, MemberState
from parentsite.people.models import Child, Person, StaffMember

ADDRESS = "group_meeting.address"
MESSAGE = "group_message.body"
_LIVE = text("state IN ('waiting', 'offered', 'joined')")


class ParentGroup(Base):
    """A group of one kind of the town pack, for children born, or due, from `born_from` to `born_until`, both included.

    `district` is all that is told of where it meets before one has joined; `languages` are language codes of the site,
    space between. Without a capacity everybody may come.
    """

    __tablename__ = "parent_group"
    __table_args__ = (
        one_of("state", GroupState),
        CheckConstraint("capacity >= 1", name="capacity"),
        CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="not_overfull"),
        CheckConstraint("(born_from IS NULL) = (born_until IS NULL) AND born_from <= born_until", name="births"),
        Index(
            "ix_parent_group_open",
            "district",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "state", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    district: Mapped[str | None]
    born_from: Mapped[date | None]
    born_until: Mapped[date | None]
    languages: Mapped[str]
    starter_id: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    turns: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default=GroupState.OPEN.value)
    made_at: Mapped[datetime]


class GroupMember(Base):
    """One parent's place in a group or in its line, for one child; who comes back gets a new row at the end of the
    line.

    `child_seat` is the child where the kind has one seat a child, and none where both parents may come.
    """

    __tablename__ = "group_member"
    __table_args__ = (
        one_of("state", MemberState),
        CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name="offer_ends"),
        UniqueConstraint("group_id", "turn"),
        Index("uq_group_member_live", "group_id", "person_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(
            "uq_group_member_seat", "group_id", "child_seat", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        Index(None, "person_id"),
        Index(None, "child_id"),
        Index(
            "ix_group_member_offered",
            "offer_until",
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey(ParentGroup.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    child_seat: Mapped[UUID | None] = mapped_column(ForeignKey(Child.id))
    turn: Mapped[int]
    state: Mapped[str]
    offer_until: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class GroupMeeting(Base):
    """A meeting; the address, which may be a family's home, is sealed and told to members alone.

    `sequence` counts its changes, for calendars (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "group_meeting"
    __table_args__ = (
        one_of("state", MeetingState),
        CheckConstraint("starts_at < ends_at", name="forward"),
        Index(None, "group_id", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey(ParentGroup.id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    address: Mapped[bytes | None] = mapped_column(info={"sealed": ADDRESS})
    state: Mapped[str] = mapped_column(default=MeetingState.PLANNED.value)
    sequence: Mapped[int] = mapped_column(default=0)


class GroupAbsence(Base):
    """A member who cannot come to a meeting; why is nobody's business here."""

    __tablename__ = "group_absence"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(GroupMeeting.id), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey(GroupMember.id), primary_key=True)


class GroupMessage(Base):
    """What staff write to all members; the words are sealed, and a letter says only that they are there."""

    __tablename__ = "group_message"
    __table_args__ = (Index(None, "group_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey(ParentGroup.id))
    body: Mapped[bytes] = mapped_column(info={"sealed": MESSAGE})
    made_at: Mapped[datetime]


for _model, _moves in ((ParentGroup, GROUP), (GroupMember, MEMBER), (GroupMeeting, MEETING)):
    guard_moves(_model.__table__, _moves.name, _moves.pairs)  # type: ignore[arg-type]
