"""Places that children have: agreed with a Yes, begun and ended on their days."""

from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.attendance import attend
from parentsite.people.models import Child
from parentsite.places.models import HELD, Placement
from parentsite.places.rules.vocabulary import PlacementState


class Accepted(Protocol):
    """An offer that has been answered with Yes."""

    @property
    def id(self) -> UUID: ...
    @property
    def application_id(self) -> UUID: ...
    @property
    def child_id(self) -> UUID: ...
    @property
    def facility(self) -> str: ...
    @property
    def age_group(self) -> str: ...
    @property
    def starts_on(self) -> date: ...


def agree(work: Work, offer: Accepted) -> None:
    """The child gets the place: what it holds before ends that day (§ 2(3) of the Act), what was to begin on that day or
    later never does.
    """
    session, starts = work.session, offer.starts_on
    session.execute(select(Child.id).where(Child.id == offer.child_id).with_for_update(key_share=True)).all()
    held = update(Placement).where(Placement.child_id == offer.child_id, Placement.state.in_(HELD))
    never = {"state": PlacementState.ENDED.value, "ends_on": Placement.starts_on}
    change(session, held.where(Placement.starts_on >= starts).values(never))
    lasts = or_(Placement.ends_on.is_(None), Placement.ends_on > starts)
    change(session, held.where(lasts).values(ends_on=starts))
    session.execute(
        insert(Placement).values(
            id=new_id(),
            child_id=offer.child_id,
            application_id=offer.application_id,
            offer_id=offer.id,
            facility=offer.facility,
            age_group=offer.age_group,
            starts_on=starts,
            state=PlacementState.AGREED.value,
        )
    )
    attend(work, offer.child_id, offer.facility, starts)


def run_due(work: Work) -> int:
    """End the places whose last day has come, and only then begin those whose first day has come. Returns how many.

    A child holds one at a time (§ 2(3) of the Act).
    """
    ended = _move(work, PlacementState.ENDED, Placement.state.in_(HELD), Placement.ends_on <= work.today)
    agreed = Placement.state == PlacementState.AGREED
    return ended + _move(work, PlacementState.RUNNING, agreed, Placement.starts_on <= work.today)


def _move(work: Work, target: PlacementState, *which: ColumnElement[bool]) -> int:
    moved = work.session.execute(
        update(Placement)
        .where(*which)
        .values(state=target.value)
        .returning(Placement.id, Placement.child_id)
        .execution_options(synchronize_session=False)
    ).all()
    for placement_id, child_id in moved:
        audit.record(work, f"placement.{target.value}", [child_id], about=("placement", placement_id))
    return len(moved)
