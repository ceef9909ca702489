"""Consent on paper, written down: what a custody holder who cannot answer on the site has signed.

The signed paper is kept beside the receipts that it stands behind.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import bindparam, insert, select

from parentsite.consent.rules import Answer, Subject
from parentsite.consent.service.chain import lock_chain
from parentsite.consent.service.reading import Receipt, receipts_of
from parentsite.foundation import audit
from parentsite.foundation.attached import attach
from parentsite.foundation.database import change, columns
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.readiness.models import PaperReceipt, SignedPaper
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.errors import AnsweredSince, NothingToRecord, SignedOutOfTime
from parentsite.readiness.service.facts import house_of, matter_of
from parentsite.readiness.service.papers import signer


@dataclass(frozen=True)
class Signed:
    """What stands on a paper: in which language it is written, when it was signed, what was answered, and the paper."""

    person: UUID
    language: str
    signed_on: date
    said: Mapping[Switch, Answer]
    file: CleanFile


_BY_ID = select(SignedPaper.id).where(SignedPaper.id == bindparam("paper"))


def record(work: Work, once: UUID, child_id: UUID, signed: Signed) -> None:
    """Write down what stands on a signed paper: whole or not at all. The same form sent twice (`once`) is one paper;
    with anything else in it, it is another.

    Raises `SignedOutOfTime`, `AnsweredSince`, `NothingToRecord`, `NoSuchReceiver`, `NotFound`.
    """
    since = signer(work, child_id, signed.person).since
    if not since <= signed.signed_on <= work.today:
        raise SignedOutOfTime(signed.signed_on)
    paper = _id_of(once, child_id, signed)
    lock_chain(work, Subject.CHILD, child_id)
    if columns(work.session, _BY_ID, {"paper": paper}).one_or_none() is None:
        with work.session.begin_nested():
            _record(work, paper, child_id, signed)


def _id_of(once: UUID, child_id: UUID, signed: Signed) -> UUID:
    """The id of the paper that this form holds."""
    said = sorted((switch.key, answer) for switch, answer in signed.said.items())
    held = hashlib.sha256(signed.file.content).hexdigest()
    facts = [child_id, signed.person, signed.language, signed.signed_on, said, held]
    return uuid5(once, json.dumps(facts, default=str))


def _record(work: Work, paper: UUID, child_id: UUID, signed: Signed) -> None:
    written = [_answer(work, child_id, signed, switch, said) for switch, said in signed.said.items()]
    receipts = [one for one in written if one is not None]
    if not receipts:
        raise NothingToRecord(paper)
    row = {
        "id": paper,
        "about": child_id,
        "person_id": signed.person,
        "file_id": attach(work, signed.file),
        "facility": house_of(work, child_id),
        "language": signed.language,
        "signed_on": signed.signed_on,
        "recorded_by": work.actor.id,
        "recorded_at": work.now,
    }
    change(work.session, insert(SignedPaper), row)
    change(work.session, insert(PaperReceipt), [{"paper_id": paper, "receipt_id": one} for one in receipts])
    audit.record(work, "paper.recorded", [child_id, signed.person], about=("signed_paper", paper))


def _answer(work: Work, child_id: UUID, signed: Signed, switch: Switch, said: Answer) -> UUID | None:
    before = receipts_of(work, signed.person, matter_of(child_id, switch.kind, switch.allowed, switch.office))
    if before and not _comes_after(work, signed, said, before[0]):
        raise AnsweredSince(switch.key)
    if said is Answer.WITHDRAWN:
        return allowing.withdraw_on_paper(work, signed.person, child_id, switch)
    return allowing.record_on_paper(
        work, signed.person, child_id, switch, said, signed.language, signed_on=signed.signed_on
    )


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
