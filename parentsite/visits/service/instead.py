"""For each family whose health visitor cannot come, a free time of its own that one press proposes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.people.visibility import sights_of_all
from parentsite.town.service import current_town
from parentsite.visits.service.offering import TeamTime, room_at_desk, times_in
from parentsite.visits.service.plans import dated_windows, shifts_of
from parentsite.visits.service.times import Room
from parentsite.visits.service.visiting import ToMove


def instead_of(work: Work, moving: Sequence[ToMove]) -> Mapping[UUID, TeamTime]:
    """By appointment, the first free time that suits it and that none before it was given; as many statements however
    many there are. To an adult who no longer decides for the child nothing can be proposed.
    """
    rooms = _rooms(work, moving)
    free = times_in(work, rooms.values(), len(moving))
    taken: set[UUID] = set()
    found = {}
    for one in moving:
        times = free[rooms[one.id]] if one.id in rooms else ()
        if (time := next((time for time in times if time.slot_id not in taken), None)) is not None:
            found[one.id] = time
            taken.add(time.slot_id)
    return found


def _rooms(work: Work, moving: Sequence[ToMove]) -> Mapping[UUID, Room]:
    """By appointment, where and when another time may lie, of those whose adult still decides."""
    ids = {one.child_id for one in moving}
    children = {child.id: child for child in work.session.scalars(select(Child).where(Child.id.in_(ids)))}
    shifts, sights = shifts_of(work, ids), sights_of_all(work.session, ids, work.today)
    town, rooms = current_town(work.session), {}
    for one in moving:
        sight = sights.get(one.child_id, {}).get(one.host_id)
        if sight is not None and sight.may_apply:
            dated = dated_windows(town, children[one.child_id], shifts.get(one.child_id, ()))
            window = next((each for each in dated if each.visit == one.visit), None)
            rooms[one.id] = room_at_desk(work, one.district, window)
    return rooms
