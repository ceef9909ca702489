"""Places that children have: agreed with a Yes, begun and ended on their days."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, insert, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, lock, new_id, one_of_these
from parentsite.foundation.work import Work
from parentsite.people.attendance import attend
from parentsite.people.models import Child
from parentsite.places.models import HELD, Placement
from parentsite.places.rules.vocabulary import PlacementState
from parentsite.places.service.closing import settle_begun
from parentsite.places.service.line import lock_wishes

_CHILD = select(Child.id).where(Child.id == bindparam("child")).with_for_update(key_share=True)
_DAY = bindparam("day", type_=Date)
_IS_YET_TO_BEGIN = Placement.starts_on >= _DAY
_GIVE_WAY = (
    update(Placement)
    .where(
        Placement.child_id == bindparam("child"),
        one_of_these(Placement.state, HELD),
        or_(_IS_YET_TO_BEGIN, Placement.ends_on.is_(None), Placement.ends_on > _DAY),
    )
    .values(
        state=case((_IS_YET_TO_BEGIN, PlacementState.ENDED.value), else_=Placement.state),
        ends_on=case((_IS_YET_TO_BEGIN, Placement.starts_on), else_=_DAY),
    )
)
_AGREED = insert(Placement)


def agree(
    work: Work, *, child: UUID, application: UUID, offer: UUID, facility: str, age_group: str, starts_on: date
) -> None:
    """The child gets the place: what it holds before ends that day, what was to begin that day or later never does.

    A child holds one place at a time (§ 2(3) of the Act).
    """
    lock(work.session, _CHILD, {"child": child})
    change(work.session, _GIVE_WAY, {"child": child, "day": starts_on})
    place = {
        "id": new_id(),
        "child_id": child,
        "application_id": application,
        "offer_id": offer,
        "facility": facility,
        "age_group": age_group,
        "starts_on": starts_on,
        "state": PlacementState.AGREED.value,
    }
    change(work.session, _AGREED, place)
    attend(work, child, facility, starts_on)


def run_due(work: Work, limit: int = 200) -> int:
    """End the places whose last day has come, and only then begin those whose first day has come. Returns how many.

    A child holds one at a time (§ 2(3) of the Act): while more than `limit` end, none begins.
    """
    over = (Placement.state.in_(HELD), Placement.ends_on <= work.today)
    ended = _move(work, PlacementState.ENDED, select(Placement.id).where(*over).limit(limit), *over)
    return ended if ended >= limit else ended + _begin(work, limit)


def _begin(work: Work, limit: int) -> int:
    """Begin places, and settle the cases that led to them: their wishes first, as whoever answers an offer does."""
    due = (Placement.state == PlacementState.AGREED, Placement.starts_on <= work.today)
    places = work.session.execute(select(Placement.id, Placement.application_id).where(*due).limit(limit)).all()
    cases = sorted({place.application_id for place in places})
    for application_id in cases:
        lock_wishes(work, application_id)
    begun = _move(work, PlacementState.RUNNING, [place.id for place in places], *due)
    for application_id in cases:
        settle_begun(work, application_id)
    return begun


def _move(work: Work, target: PlacementState, ids: Select[Any] | Sequence[UUID], *still: ColumnElement[bool]) -> int:
    moved = work.session.execute(
        update(Placement)
        .where(Placement.id.in_(ids), *still)
        .values(state=target.value)
        .returning(Placement.id, Placement.child_id)
        .execution_options(synchronize_session=False)
    ).all()
    for placement_id, child_id in moved:
        audit.record(work, f"placement.{target.value}", [child_id], about=("placement", placement_id))
    return len(moved)
