"""The third step of a draft: wishes added, removed, and put in the parents' order."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.places.models import Wish
from parentsite.places.rules.vocabulary import WishState
from parentsite.places.service.drafts import change_draft


@dataclass(frozen=True)
class Ranked:
    """A wish and its number in the parents' order."""

    id: UUID
    facility: str
    rank: int


def add(work: Work, person: UUID, draft_id: UUID, facility: str) -> None:
    """Step 3: wish for one more, last in the order; the same again changes nothing."""
    change_draft(work, person, draft_id)
    have = _wishes(work, draft_id)
    if facility in {wish.facility for wish in have}:
        return
    work.session.execute(
        insert(Wish).values(
            id=new_id(),
            application_id=draft_id,
            facility=facility,
            rank=max((wish.rank for wish in have), default=0) + 1,
            state=WishState.WAITING.value,
        )
    )


def remove(work: Work, person: UUID, draft_id: UUID, wish_id: UUID) -> None:
    """Wish no longer for it; one that is gone already is no error."""
    change_draft(work, person, draft_id)
    work.session.execute(delete(Wish).where(Wish.id == wish_id, Wish.application_id == draft_id))


def move(work: Work, person: UUID, draft_id: UUID, wish_id: UUID, steps: int) -> None:
    """Move a wish up (-1) or down (+1) in the parents' order; beyond an end it stays where it is."""
    change_draft(work, person, draft_id)
    line = [wish.id for wish in _wishes(work, draft_id)]
    if wish_id not in line:
        return
    target = max(0, min(len(line) - 1, line.index(wish_id) + steps))
    line.remove(wish_id)
    line.insert(target, wish_id)
    for rank, moved in enumerate(line, start=1):
        work.session.execute(update(Wish).where(Wish.id == moved).values(rank=rank))


def _wishes(work: Work, draft_id: UUID) -> Sequence[Ranked]:
    rows = work.session.execute(
        select(Wish.id, Wish.facility, Wish.rank).where(Wish.application_id == draft_id).order_by(Wish.rank, Wish.id)
    )
    return [Ranked(row.id, row.facility, row.rank) for row in rows]
