"""Places that children have: agreed with a Yes, begun and ended on their days."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.attendance import attend
from parentsite.people.models import Child
from parentsite.places.models import HELD, Placement
from parentsite.places.rules.vocabulary import PlacementState


def agree(
    work: Work, *, child: UUID, application: UUID, offer: UUID, facility: str, age_group: str, starts_on: date
) -> None:
    """The child gets the place: what it holds before ends that day, what was to begin that day or later never does.

    A child holds one place at a time (§ 2(3) of the Act).
    """
    session = work.session
    session.execute(select(Child.id).where(Child.id == child).with_for_update(key_share=True)).all()
    held = update(Placement).where(Placement.child_id == child, Placement.state.in_(HELD))
    never = {"state": PlacementState.ENDED.value, "ends_on": Placement.starts_on}
    change(session, held.where(Placement.starts_on >= starts_on).values(never))
    lasts = or_(Placement.ends_on.is_(None), Placement.ends_on > starts_on)
    change(session, held.where(lasts).values(ends_on=starts_on))
    session.execute(
        insert(Placement).values(
            id=new_id(),
            child_id=child,
            application_id=application,
            offer_id=offer,
            facility=facility,
            age_group=age_group,
            starts_on=starts_on,
            state=PlacementState.AGREED.value,
        )
    )
    attend(work, child, facility, starts_on)


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
