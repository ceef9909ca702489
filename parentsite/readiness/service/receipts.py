"""What one adult has answered about a child, whenever and to whomever: the own receipts, and how each stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from parentsite.consent.rules import Answer, Matter, Subject, stands
from parentsite.consent.service.reading import Receipt, own_receipts
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.facts import purpose_of
from parentsite.readiness.service.reading import custody_holder

_PURPOSES = {purpose_of(kind, allowed): (kind, allowed) for kind in DocumentKind for allowed in Allowed}


class Now(StrEnum):
    """How a receipt stands: it holds, it ended by itself, it was taken back, or another answer came after it."""

    HOLDS = auto()
    ENDED = auto()
    TAKEN_BACK = auto()
    REPLACED = auto()


@dataclass(frozen=True)
class Kept:
    """One receipt, and what it was about."""

    kind: DocumentKind
    allowed: Allowed
    receipt: Receipt
    now: Now


def receipts_of_child(work: Work, person: UUID, child_id: UUID) -> tuple[ChildView, Sequence[Kept]]:
    """The child, and this custody holder's own receipts about it, newest first; of anybody else's nothing.

    Raises `NotFound`.
    """
    child, _ = custody_holder(work, person, child_id)
    after: dict[Matter, Answer] = {}
    found = []
    for matter, receipt in own_receipts(work, person, Subject.CHILD, child_id, _PURPOSES):
        found.append(Kept(*_PURPOSES[matter.purpose], receipt, _now(work, receipt, after.get(matter))))
        after[matter] = receipt.answer
    return child, tuple(found)


def _now(work: Work, receipt: Receipt, next_answer: Answer | None) -> Now:
    if next_answer is Answer.WITHDRAWN:
        return Now.TAKEN_BACK
    if next_answer is not None:
        return Now.REPLACED
    is_over = receipt.answer is Answer.YES and not stands(receipt.given, work.today)
    return Now.ENDED if is_over else Now.HOLDS
