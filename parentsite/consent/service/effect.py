"""What is allowed now, and who has answered: two statements, however many matters are asked about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from parentsite.consent.rules import Given, Matter, has_answered, holders, is_in_force
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


def standing(work: Work, matter: Matter, person: UUID) -> Standing:
    """How it stands for this adult: what another has answered is told to nobody."""
    last = last_receipts(work, [matter])[matter]
    answered = _answered(work, matter, _given(last))
    return Standing(
        own=last.get(person),
        must_answer=not answered.get(person, True),
        others=tuple(sorted(has for one, has in answered.items() if one != person)),
    )


def unanswered(work: Work, matter: Matter) -> frozenset[UUID]:
    """Who is to be asked, or asked anew."""
    answered = _answered(work, matter, _given(last_receipts(work, [matter])[matter]))
    return frozenset(one for one, has in answered.items() if not has)


def _answered(work: Work, matter: Matter, given: Mapping[UUID, Given]) -> Mapping[UUID, bool]:
    custodies = custodies_in(work, [matter])[matter.about]
    return {one: has_answered(one, custodies, given, work.today) for one in holders(custodies, work.today)}


def _given(last: Mapping[UUID, Receipt]) -> Mapping[UUID, Given]:
    return {person: receipt.given for person, receipt in last.items()}
