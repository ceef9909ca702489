"""What is allowed now, and who has answered: two statements, however many matters are asked about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from parentsite.consent.rules import Answer, Custody, Given, Matter, has_answered, holders, is_in_force
from parentsite.consent.service.reading import Receipt, custodies_in, last_receipts, matters_for
from parentsite.foundation.work import Work


def in_force(work: Work, matters: Collection[Matter]) -> frozenset[Matter]:
    """Of these matters the ones that are allowed now.

    Who hands out what a consent guards locks the chain first: what was read before may have been taken back.
    """
    if not matters:
        return frozenset()
    last, custodies = last_receipts(work, matters), custodies_in(work, matters)
    return frozenset(one for one in matters if is_in_force(custodies[one.about], _given(last[one]), work.today))


def allowed_to(work: Work, purposes: Collection[str], receiver_kind: str, receiver: str) -> frozenset[Matter]:
    """All that this receiver is allowed now for these purposes, about whomever; only consents that have an end.

    Three statements, however many there are.
    """
    return in_force(work, matters_for(work, purposes, receiver_kind, receiver))


@dataclass(frozen=True)
class Standing:
    """How a matter stands as one of those who are asked sees it.

    `own` is the own last receipt; `must_answer` when one is asked, or asked anew; `others` tells of each other custody
    holder only whether there is an answer.
    """

    own: Receipt | None
    must_answer: bool
    others: tuple[bool, ...]

    @property
    def own_yes(self) -> Receipt | None:
        """The own yes that holds."""
        return self.own if self.own is not None and self.own.answer is Answer.YES and not self.must_answer else None


def standing(work: Work, matter: Matter, person: UUID) -> Standing:
    """How it stands for this adult: what another has answered is told to nobody."""
    return standings(work, [matter], person)[matter]


def standings(work: Work, matters: Collection[Matter], person: UUID) -> Mapping[Matter, Standing]:
    """The same of many matters. Two statements."""
    last, custodies = last_receipts(work, matters), custodies_in(work, matters)
    found = {}
    for one in matters:
        answered = _answered(custodies[one.about], _given(last[one]), work.today)
        found[one] = Standing(
            own=last[one].get(person),
            must_answer=not answered.get(person, True),
            others=tuple(sorted(has for other, has in answered.items() if other != person)),
        )
    return found


def unanswered(work: Work, matter: Matter) -> frozenset[UUID]:
    """Who is to be asked, or asked anew."""
    given = _given(last_receipts(work, [matter])[matter])
    answered = _answered(custodies_in(work, [matter])[matter.about], given, work.today)
    return frozenset(one for one, has in answered.items() if not has)


def _answered(custodies: Collection[Custody], given: Mapping[UUID, Given], today: date) -> Mapping[UUID, bool]:
    return {one: has_answered(one, custodies, given, today) for one in holders(custodies, today)}


def _given(last: Mapping[UUID, Receipt]) -> Mapping[UUID, Given]:
    return {person: receipt.given for person, receipt in last.items()}
