"""Taking a slot and giving it back, each in one conditional statement; slots are locked before anything else."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, select, update

from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import SlotState
from parentsite.visits.service.errors import SlotGone
from parentsite.visits.service.times import FREE_TO, NOT_HELD


def lock_slots(work: Work, slots: Iterable[UUID]) -> None:
    """Let nobody else take or free them: what is read after this holds until the end."""
    wanted = select(VisitSlot.id).where(VisitSlot.id.in_(list(slots))).order_by(VisitSlot.id)
    work.session.execute(wanted.with_for_update(key_share=True)).all()


def take(work: Work, slot_id: UUID, is_free: ColumnElement[bool]) -> None:
    """The slot is a family's from here on. Raises `SlotGone` when another was quicker."""
    taken = change(
        work.session,
        update(VisitSlot).where(VisitSlot.id == slot_id, is_free).values(state=SlotState.TAKEN.value, **NOT_HELD),
    )
    if not taken:
        raise SlotGone(slot_id)


def take_for_family(work: Work, slot_id: UUID, family: Mapping[str, Any]) -> None:
    """As `take`, where the family may: see `times.FREE_TO`."""
    if not change(work.session, _TAKE_FREE_TO, {"slot": slot_id, **family}):
        raise SlotGone(slot_id)


_TAKE_FREE_TO = (
    update(VisitSlot).where(VisitSlot.id == bindparam("slot"), FREE_TO).values(state=SlotState.TAKEN.value, **NOT_HELD)
)


def give_back(work: Work, slot_id: UUID) -> None:
    """The slot is free for others at once, unless it is no longer in the health visitor's plan."""
    freed = case((VisitSlot.is_closing, SlotState.WITHDRAWN.value), else_=SlotState.OPEN.value)
    changed = change(
        work.session,
        update(VisitSlot).where(VisitSlot.id == slot_id, VisitSlot.state == SlotState.TAKEN.value).values(state=freed),
    )
    assert changed, "an appointment stood on a slot that was not taken"
