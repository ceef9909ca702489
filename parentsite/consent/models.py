"""The tables: a chain of receipts for each child or adult whom consents are about, and the papers behind some of them.

A receipt is never changed, and each holds the hash of the one before, so that a missing or changed one shows. The
chain's own row knows where it ends, and how many of the first receipts are forgotten: no others are ever deleted. It is
also the lock: who writes a receipt, or opens what a consent guards, holds it until the end. It is taken after every row
of a journey, chains in the order of their ids.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.consent.rules import Answer, Subject
from parentsite.foundation.attached import AttachedFile
from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import kept_while, refuse, unchanging
from parentsite.foundation.work import ActorKind
from parentsite.people.models import Person, StaffMember


class ConsentChain(Base):
    """Where the receipts about one child or adult end: how many there were, and the last one's hash.

    The first `forgotten` of them are there no more, and `forgotten_link` is the hash of the last of those, from which
    the rest proves itself. `over_on` is the day from which the first that is kept allows nothing more; none when there
    is no such day, or nothing is kept.

    No foreign key leads to the child: a child that is merged keeps its receipts where they were given, and whoever
    holds custody by the register is asked anew.
    """

    __tablename__ = "consent_chain"
    __table_args__ = (one_of("subject", Subject), CheckConstraint("length >= 0", name="length"), Index(None, "over_on"))

    about: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    length: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(default="")
    forgotten: Mapped[int] = mapped_column(default=0)
    forgotten_link: Mapped[str | None]
    over_on: Mapped[date | None]


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


for _model, _there_is in (
    (ConsentReceipt, "SELECT 1 FROM consent_chain WHERE about = OLD.about AND forgotten < OLD.number"),
    (
        PaperReceipt,
        "SELECT 1 FROM consent_receipt JOIN consent_chain ON consent_chain.about = consent_receipt.about "
        "WHERE consent_receipt.id = OLD.receipt_id AND consent_chain.forgotten < consent_receipt.number",
    ),
    (SignedPaper, "SELECT 1 FROM paper_receipt WHERE paper_id = OLD.id"),
):
    unchanging(_model.__table__)  # type: ignore[arg-type]
    kept_while(_model.__table__, _there_is)  # type: ignore[arg-type]
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
    "NOT (OLD.about = NEW.about AND OLD.subject = NEW.subject"
    " AND (NEW.length = OLD.length + 1 AND NEW.forgotten = OLD.forgotten"
    " AND COALESCE(NEW.forgotten_link, '') = COALESCE(OLD.forgotten_link, '')"
    " OR NEW.length = OLD.length AND NEW.link = OLD.link"
    " AND NEW.forgotten > OLD.forgotten AND NEW.forgotten <= OLD.length))",
    "a consent_chain grows by one, or forgets",
)
