"""What one adult has answered about a child, whenever and to whomever: the own receipts, and how each stands now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from parentsite.consent.rules import Answer, Matter, Subject, proof_until, stands
from parentsite.consent.service.forgetting import proof_days
from parentsite.consent.service.reading import Receipt, own_receipts
from parentsite.foundation.work import Work


class Now(StrEnum):
    """How a receipt stands: it holds, it ended by itself, it was taken back, or another answer came after it."""

    HOLDS = auto()
    ENDED = auto()
    TAKEN_BACK = auto()
    REPLACED = auto()


@dataclass(frozen=True)
class Kept:
    """One receipt, what it was about, how it stands, and until when it is kept at the least: to no known day when a yes
    has no end.
    """

    matter: Matter
    receipt: Receipt
    now: Now
    until: date | None


def kept_about(work: Work, person: UUID, child_id: UUID, purposes: Collection[str]) -> Sequence[Kept]:
    """This adult's own receipts about a child for a journey's purposes, newest first; of anybody else's nothing.

    Whether this adult may see the child is the journey's to ask.
    """
    after: dict[Matter, Answer] = {}
    found, days = [], proof_days(work)
    for matter, receipt in own_receipts(work, person, Subject.CHILD, child_id, purposes):
        found.append(Kept(matter, receipt, _now(work, receipt, after.get(matter)), proof_until(receipt.given, days)))
        after[matter] = receipt.answer
    return tuple(found)


def _now(work: Work, receipt: Receipt, next_answer: Answer | None) -> Now:
    if next_answer is Answer.WITHDRAWN:
        return Now.TAKEN_BACK
    if next_answer is not None:
        return Now.REPLACED
    is_over = receipt.answer is Answer.YES and not stands(receipt.given, work.today)
    return Now.ENDED if is_over else Now.HOLDS
