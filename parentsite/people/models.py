"""The people register: adults, children, and how they belong together, each relation from a day to a day.

Personal numbers are a keyed hash (to find by) and a sealed value (to send onward), never shown. Addresses and reasons
are sealed. A declared child has no number yet; when the register knows the child, it is merged and points onward.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of

ADDRESS = "address.sealed"
CPR = "cpr.sealed"
BLOCK_REASON = "block.reason"
CALENDAR_TOKEN = "calendar_address.unshown"  # noqa: S105 - a column's name


class ChildOrigin(StrEnum):
    """How the site came to know a child."""

    REGISTERED = "registered"
    DECLARED = "declared"


class RelationKind(StrEnum):
    """What an adult is to a child: custody (forældremyndighed), residence (bopæl), foster care (pleje), declarer."""

    CUSTODY = "custody"
    RESIDENCE = "residence"
    FOSTER = "foster"
    DECLARER = "declarer"


class Person(Base):
    """An adult: `language` is a language code of the site, `district` a district code of the town pack."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    register_key: Mapped[str | None] = mapped_column(unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    cpr_hash: Mapped[str | None] = mapped_column(unique=True)
    cpr: Mapped[bytes | None] = mapped_column(info={"sealed": CPR})
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="da")
    address: Mapped[bytes | None] = mapped_column(info={"sealed": ADDRESS})
    district: Mapped[str | None]
    address_protected: Mapped[bool] = mapped_column(default=False)
    digital_exempt: Mapped[bool] = mapped_column(default=False)
    died_on: Mapped[date | None]


class Identity(Base):
    """Who signs in: a provider's own id for a person. It may change, so it is never the person's key."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)


class StaffMember(Base):
    """Somebody who works for the town; roles and address come from the town's own login at each sign-in."""

    __tablename__ = "staff_member"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    seen_on: Mapped[date]


class Child(Base):
    """A child, born or expected; one of the two dates is known."""

    __tablename__ = "child"
    __table_args__ = (
        one_of("origin", ChildOrigin),
        CheckConstraint("birth_date IS NOT NULL OR due_date IS NOT NULL", name="has_a_date"),
        Index(None, "birth_date"),
        Index(None, "merged_into"),
        Index(None, "given_name"),
        Index(None, "family_name", "given_name"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    register_key: Mapped[str | None] = mapped_column(unique=True)
    origin: Mapped[str]
    given_name: Mapped[str | None]
    family_name: Mapped[str | None]
    birth_date: Mapped[date | None]
    due_date: Mapped[date | None]
    cpr_hash: Mapped[str | None] = mapped_column(unique=True)
    cpr: Mapped[bytes | None] = mapped_column(info={"sealed": CPR})
    district: Mapped[str | None]
    address_protected: Mapped[bool] = mapped_column(default=False)
    declared_at: Mapped[datetime | None]
    declared_once: Mapped[str | None] = mapped_column(unique=True)
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("child.id"))
    died_on: Mapped[date | None]

    @property
    def counts_from(self) -> date:
        """The birth date, or the due date until it is known."""
        day = self.birth_date or self.due_date
        assert day is not None
        return day


class Relation(Base):
    """One adult's relation to one child; `until` is the first day on which it no longer holds.

    A residence is `shared` (delt bopæl) when two adults who live apart decide together.
    """

    __tablename__ = "relation"
    __table_args__ = (
        one_of("kind", RelationKind),
        UniqueConstraint("child_id", "person_id", "kind", "since"),
        Index(None, "person_id"),
        Index(None, "kind", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    shared: Mapped[bool] = mapped_column(default=False)


class Block(Base):
    """Staff have shut one adult's access to one child; the reason is sealed."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("child_id", "person_id", "since"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[bytes | None] = mapped_column(info={"sealed": BLOCK_REASON})


class Attendance(Base):
    """Which house or school a child belongs to, from a day to a day; written by placements or by the register."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("child_id", "facility", "since"), Index(None, "facility"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    facility: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]


class CalendarAddress(Base):
    """The secret address from which a person's own calendar fetches appointments; nobody has two.

    Of its token only the hash is kept; `unshown` is the token itself, sealed, until its person has seen it the one
    time. `read_on` is the last day on which a calendar looked.
    """

    __tablename__ = "calendar_address"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    unshown: Mapped[bytes | None] = mapped_column(info={"sealed": CALENDAR_TOKEN})
    shows_place: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    read_on: Mapped[date | None]
