"""The tables: a chain of receipts for each child or adult whom consents are about, and the papers behind some of them.

A receipt is never changed and never deleted, and each holds the hash of the one before, so that a missing or changed
one shows. The chain's own row knows where it ends. It is also the lock: who writes a receipt, or opens what a consent
guards, holds it until the end. It is taken after every row of a journey, chains in the order of their ids.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.consent.rules import Answer, Subject
from parentsite.foundation.attached import AttachedFile
from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import append_only, refuse
from parentsite.foundation.work import ActorKind
from parentsite.people.models import Person, StaffMember


class ConsentChain(Base):
    """Where the receipts about one child or adult end: how many there are, and the last one's hash.

    No foreign key leads to the child: a child that is merged keeps its receipts where they were given, and whoever
    holds custody by the register is asked anew.
    """

    __tablename__ = "consent_chain"
    __table_args__ = (one_of("subject", Subject), CheckConstraint("length >= 0", name="length"))

    about: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    length: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(default="")


class ConsentReceipt(Base):
    """One adult's answer in one matter: what was asked, what was read, what was said, and who wrote it down.

    `until` is the first day on which a yes no longer holds. `recorded_by` is staff for an answer on paper.
    """

    __tablename__ = "consent_receipt"
    __table_args__ = (
        one_of("answer", Answer),
        one_of("recorded_by", ActorKind),
        CheckConstraint("until IS NULL OR answer <> 'no'", name="end_of_a_yes"),
        UniqueConstraint("about", "number"),
        Index(None, "receiver", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    about: Mapped[UUID] = mapped_column(ForeignKey(ConsentChain.about))
    number: Mapped[int]
    giver_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    purpose: Mapped[str]
    receiver_kind: Mapped[str]
    receiver: Mapped[str]
    receiver_name: Mapped[str]
    text: Mapped[str]
    text_version: Mapped[int]
    language: Mapped[str]
    answer: Mapped[str]
    until: Mapped[date | None]
    said_at: Mapped[datetime]
    recorded_by: Mapped[str]
    link: Mapped[str]


class SignedPaper(Base):
    """A paper on which a custody holder has answered; `about` is the child, `office` who wrote it down and may show it:
    a house by its code, or a team of the town by its role.
    """

    __tablename__ = "signed_paper"
    __table_args__ = (Index(None, "about"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    about: Mapped[UUID] = mapped_column(ForeignKey(ConsentChain.about))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    file_id: Mapped[UUID] = mapped_column(ForeignKey(AttachedFile.id), unique=True)
    office: Mapped[str]
    language: Mapped[str]
    signed_on: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    recorded_at: Mapped[datetime]


class PaperReceipt(Base):
    """A receipt that a signed paper stands behind."""

    __tablename__ = "paper_receipt"
    __table_args__ = (Index(None, "receipt_id"),)

    paper_id: Mapped[UUID] = mapped_column(ForeignKey(SignedPaper.id), primary_key=True)
    receipt_id: Mapped[UUID] = mapped_column(ForeignKey(ConsentReceipt.id), primary_key=True)


for _model in (ConsentReceipt, SignedPaper, PaperReceipt):
    append_only(_model.__table__)  # type: ignore[arg-type]
refuse(
    ConsentChain.__table__,  # type: ignore[arg-type]
    "consent_chain_stays",
    "DELETE",
    "1 = 1",
    "a consent_chain stays",
)
refuse(
    ConsentChain.__table__,  # type: ignore[arg-type]
    "consent_chain_grows",
    "UPDATE",
    "NOT (OLD.about = NEW.about AND OLD.subject = NEW.subject AND NEW.length = OLD.length + 1)",
    "a consent_chain grows by one",
)
