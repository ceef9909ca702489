"""The town in the database: the packs that were loaded, and every facility with its history.

The pack is the truth about the town today; the tables are what other tables can point to, and what remembers.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.town.facilities import FacilityKind


class TownVersion(Base):
    """A pack as it was loaded. The highest `number` is in force: clocks can be set back, numbers cannot."""

    __tablename__ = "town_version"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    loaded_at: Mapped[datetime]
    document: Mapped[str]


class Facility(Base):
    """A house or the childminding service, for wishes and offers to point to; never deleted.

    `retired_on` is the day a pack no longer had it.
    """

    __tablename__ = "facility"
    __table_args__ = (one_of("kind", FacilityKind),)

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    first_loaded_at: Mapped[datetime]
    retired_on: Mapped[date | None]


class FacilityRecord(Base):
    """What was stated of a facility from one moment to another; the one without an end holds now."""

    __tablename__ = "facility_record"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="forward"),
        Index(
            "uq_facility_record_open",
            "facility_code",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index(None, "facility_code", "valid_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    facility_code: Mapped[str] = mapped_column(ForeignKey(Facility.code))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    digest: Mapped[str]
    record: Mapped[str]
