"""Consent on paper, written down: what a custody holder who cannot answer on the site has signed.

The signed paper is kept beside the receipts that it stands behind. A journey says what a paper can answer (`Asked`),
and which office writes it down.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import bindparam, insert, select

from parentsite.consent.models import PaperReceipt, SignedPaper
from parentsite.consent.rules import Answer, Matter, Shown, Subject
from parentsite.consent.service import saying
from parentsite.consent.service.chain import lock_chain
from parentsite.consent.service.errors import AnsweredSince, NothingToRecord, SignedOutOfTime
from parentsite.consent.service.papers import signer
from parentsite.consent.service.reading import Receipt, receipts_of
from parentsite.foundation import audit
from parentsite.foundation.attached import attach
from parentsite.foundation.database import change, columns
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work


@dataclass(frozen=True)
class Signed:
    """What stands on a paper: in which language it is written, when it was signed, what was answered to which question
    (by the journey's key), and the paper.
    """

    person: UUID
    language: str
    signed_on: date
    said: Mapping[str, Answer]
    file: CleanFile


@dataclass(frozen=True)
class Asked:
    """A question that a paper can answer: how the receiver is named, the text beside it and its version.

    A yes of the day on which the paper was signed no longer holds on the day `until`.
    """

    matter: Matter
    receiver_name: str
    text: str
    version: int
    until: date


_BY_ID = select(SignedPaper.id).where(SignedPaper.id == bindparam("paper"))


def record(work: Work, once: UUID, child_id: UUID, signed: Signed, *, office: str, asked: Mapping[str, Asked]) -> None:
    """Write down what stands on a signed paper: whole or not at all. The same form sent twice (`once`) is one paper;
    with anything else in it, it is another. Every question that it answers is among those that are `asked`.

    Raises `SignedOutOfTime`, `AnsweredSince`, `NothingToRecord`, `NotAsked`.
    """
    since = signer(work, child_id, signed.person).since
    if not since <= signed.signed_on <= work.today:
        raise SignedOutOfTime(signed.signed_on)
    paper = _id_of(once, child_id, signed)
    lock_chain(work, Subject.CHILD, child_id)
    if columns(work.session, _BY_ID, {"paper": paper}).one_or_none() is None:
        with work.session.begin_nested():
            receipts = _answered(work, signed, asked)
            if not receipts:
                raise NothingToRecord(paper)
            _keep(work, paper, child_id, signed, office)
            behind = [{"paper_id": paper, "receipt_id": one} for one in receipts]
            change(work.session, insert(PaperReceipt), behind)


def _id_of(once: UUID, child_id: UUID, signed: Signed) -> UUID:
    """The id of the paper that this form holds."""
    held = hashlib.sha256(signed.file.content).hexdigest()
    facts = [child_id, signed.person, signed.language, signed.signed_on, sorted(signed.said.items()), held]
    return uuid5(once, json.dumps(facts, default=str))


def _keep(work: Work, paper: UUID, child_id: UUID, signed: Signed, office: str) -> None:
    row = {
        "id": paper,
        "about": child_id,
        "person_id": signed.person,
        "file_id": attach(work, signed.file),
        "office": office,
        "language": signed.language,
        "signed_on": signed.signed_on,
        "recorded_by": work.actor.id,
        "recorded_at": work.now,
    }
    change(work.session, insert(SignedPaper), row)
    audit.record(work, "paper.recorded", [child_id, signed.person], about=("signed_paper", paper))


def _answered(work: Work, signed: Signed, asked: Mapping[str, Asked]) -> list[UUID]:
    """The receipts of what it says; of a yes that is taken back and was never given there is none."""
    written = [_answer(work, signed, asked[key], said) for key, said in signed.said.items()]
    return [one for one in written if one is not None]


def _answer(work: Work, signed: Signed, one: Asked, said: Answer) -> UUID | None:
    before = receipts_of(work, signed.person, one.matter)
    if before and not _comes_after(work, signed, said, before[0]):
        raise AnsweredSince(one.matter.purpose)
    if said is Answer.WITHDRAWN:
        return saying.withdraw(work, signed.person, one.matter)
    if said is Answer.YES and one.until <= work.today:
        raise SignedOutOfTime(one.until)
    shown = Shown(one.receiver_name, one.text, one.version, signed.language)
    return saying.say(work, signed.person, one.matter, said, shown, one.until)


_SIGNED = (
    select(SignedPaper.signed_on)
    .join(PaperReceipt, PaperReceipt.paper_id == SignedPaper.id)
    .where(PaperReceipt.receipt_id == bindparam("receipt"))
    .order_by(SignedPaper.signed_on.desc())
)


def _comes_after(work: Work, signed: Signed, said: Answer, last: Receipt) -> bool:
    """Whether the paper may follow the last answer: of a paper it is the day of that paper that counts, so that a slip
    can be mended; on the day of an answer on the site a paper may say no, or take back, and never yes.
    """
    day: date | None = columns(work.session, _SIGNED, {"receipt": last.id}).scalars().first()
    if day is not None:
        return day <= signed.signed_on
    answered = last.given.on
    return answered < signed.signed_on or (answered == signed.signed_on and said is not Answer.YES)
