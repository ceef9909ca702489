"""The tables of the journey. What must never happen twice is a unique index; which state may follow which, a trigger.

Locks are taken in one order everywhere: vacancy, offer, wishes (by id), application, child; of several cases, that of
the lowest application id first. A draft has only its writer, and is locked before its wishes.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves
from parentsite.people.models import Child, Person
from parentsite.places.rules.guarantee import GuaranteeRule
from parentsite.places.rules.states import APPLICATION, OFFER, PLACEMENT, VACANCY, WISH
from parentsite.places.rules.vocabulary import (
    AgeGroup,
    ApplicationState,
    Care,
    OfferState,
    PlacementState,
    VacancyState,
    WishState,
)
from parentsite.town.models import Facility

HOME_LANGUAGES = "application.home_languages"
INTERPRETER = "application.interpreter"
REASON = "offer.reason"
HELD = (PlacementState.AGREED.value, PlacementState.RUNNING.value, PlacementState.NOTICE_GIVEN.value)
"""The states of a place that a child has, or is about to have."""


def _where(condition: str) -> dict[str, Any]:
    """An index of only those rows, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Application(Base):
    """What a parent asks for one child: a draft until it is sent, whole, in one statement.

    `wanted` is the behovsdato, `guaranteed_by` the garantidato of today (none when none runs), `promised_by` the one
    given in writing when it was sent (§ 3(4) of the Order). `revision` counts changes, so that somebody who acts on an
    old page is told. `tie` is drawn once, for the last step of the order.
    """

    __tablename__ = "application"
    __table_args__ = (
        one_of("state", ApplicationState),
        one_of("care", Care),
        one_of("age_group", AgeGroup),
        one_of("guarantee_rule", GuaranteeRule),
        one_of("promised_rule", GuaranteeRule),
        CheckConstraint(
            "state = 'draft' OR (case_number IS NOT NULL AND care IS NOT NULL AND age_group IS NOT NULL"
            " AND wanted IS NOT NULL AND sent_at IS NOT NULL AND sent_on IS NOT NULL AND tie IS NOT NULL)",
            name="sent_is_whole",
        ),
        CheckConstraint("state <> 'draft' OR delete_on IS NOT NULL", name="draft_ends"),
        Index("uq_application_draft", "child_id", "applicant_id", unique=True, **_where("state = 'draft'")),
        Index("uq_application_live", "child_id", "age_group", unique=True, **_where("state IN ('sent', 'waiting')")),
        Index(None, "child_id"),
        Index(None, "applicant_id"),
        Index(None, "state", "delete_on"),
        Index("ix_application_desk", "state", "guaranteed_by", "sent_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(default=ApplicationState.DRAFT.value)
    revision: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    delete_on: Mapped[date | None]
    care: Mapped[str | None]
    age_group: Mapped[str | None]
    wanted: Mapped[date | None]
    hours: Mapped[int | None]
    sibling_facility: Mapped[str | None] = mapped_column(ForeignKey(Facility.code))
    sibling_confirmed: Mapped[bool] = mapped_column(default=False)
    special_need_told: Mapped[bool] = mapped_column(default=False)
    special_need_confirmed: Mapped[bool] = mapped_column(default=False)
    other_parent_agrees: Mapped[bool] = mapped_column(default=False)
    family_told: Mapped[bool] = mapped_column(default=False)
    home_languages: Mapped[bytes | None] = mapped_column(info={"sealed": HOME_LANGUAGES})
    interpreter: Mapped[bytes | None] = mapped_column(info={"sealed": INTERPRETER})
    case_number: Mapped[str | None] = mapped_column(unique=True)
    sent_at: Mapped[datetime | None]
    sent_on: Mapped[date | None]
    tie: Mapped[str | None]
    right_from: Mapped[date | None]
    timely_by: Mapped[date | None]
    lateness_days: Mapped[int | None]
    guaranteed_by: Mapped[date | None]
    guarantee_rule: Mapped[str | None]
    guarantee_outcome: Mapped[str | None]
    promised_by: Mapped[date | None]
    promised_rule: Mapped[str | None]
    town_version: Mapped[str | None]


class Wish(Base):
    """One house, or the childminding service, that the parents wish for; seniority is each wish's own (§ 27 c)."""

    __tablename__ = "wish"
    __table_args__ = (
        one_of("state", WishState),
        Index("uq_wish_facility", "application_id", "facility", unique=True, **_where("state <> 'removed'")),
        Index(None, "application_id"),
        Index("ix_wish_line", "facility", "age_group", "line_key", **_where("state IN ('waiting', 'offered')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"))
    facility: Mapped[str] = mapped_column(ForeignKey(Facility.code))
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(default=WishState.WAITING.value)
    age_group: Mapped[str | None]
    wished_on: Mapped[date | None]
    seniority: Mapped[date | None]
    line_key: Mapped[str | None] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"))
    """Where the wish stands in the house's line, as text that sorts in the published order; none in a draft."""


class Vacancy(Base):
    """A place that is free from a day; `once` is the key of the form that opened it."""

    __tablename__ = "vacancy"
    __table_args__ = (
        one_of("state", VacancyState),
        one_of("age_group", AgeGroup),
        Index(None, "facility", "age_group", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    once: Mapped[UUID] = mapped_column(unique=True)
    facility: Mapped[str] = mapped_column(ForeignKey(Facility.code))
    age_group: Mapped[str]
    starts_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=VacancyState.OPEN.value)
    opened_at: Mapped[datetime]


class Offer(Base):
    """A vacancy offered to one wish, to be answered once, by the end of the day `answer_by`."""

    __tablename__ = "offer"
    __table_args__ = (
        one_of("state", OfferState),
        CheckConstraint("NOT out_of_order OR reason IS NOT NULL", name="reason_given"),
        Index("uq_offer_vacancy", "vacancy_id", unique=True, **_where("state IN ('open', 'accepted')")),
        Index("uq_offer_application", "application_id", unique=True, **_where("state = 'open'")),
        Index(None, "state", "answer_by"),
        Index(None, "application_id"),
        Index(None, "wish_id"),
        Index(None, "vacancy_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey(Vacancy.id))
    application_id: Mapped[UUID] = mapped_column(ForeignKey(Application.id))
    wish_id: Mapped[UUID] = mapped_column(ForeignKey(Wish.id))
    state: Mapped[str] = mapped_column(default=OfferState.OPEN.value)
    made_at: Mapped[datetime]
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None]
    fulfils_guarantee: Mapped[bool]
    guaranteed_before: Mapped[date | None]
    guaranteed_after: Mapped[date | None]
    guarantee_outcome: Mapped[str | None]
    out_of_order: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[bytes | None] = mapped_column(info={"sealed": REASON})


class Placement(Base):
    """A place a child has, or has agreed to have. A child holds one at a time (§ 2(3)): of several agreed ones, all but
    the last have the day on which they end.
    """

    __tablename__ = "placement"
    __table_args__ = (
        one_of("state", PlacementState),
        Index("uq_placement_agreed", "child_id", unique=True, **_where("state = 'agreed' AND ends_on IS NULL")),
        Index("uq_placement_running", "child_id", unique=True, **_where("state IN ('running', 'notice_given')")),
        Index(None, "child_id"),
        Index(None, "application_id"),
        Index(None, "state", "starts_on"),
        Index(None, "state", "ends_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    application_id: Mapped[UUID] = mapped_column(ForeignKey(Application.id))
    offer_id: Mapped[UUID] = mapped_column(ForeignKey(Offer.id), unique=True)
    facility: Mapped[str] = mapped_column(ForeignKey(Facility.code))
    age_group: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=PlacementState.AGREED.value)


for _model, _machine in (
    (Application, APPLICATION),
    (Wish, WISH),
    (Vacancy, VACANCY),
    (Offer, OFFER),
    (Placement, PLACEMENT),
):
    guard_moves(_model.__table__, _machine.name, _machine.pairs)  # type: ignore[arg-type]
