"""Places of adults who may no longer come with the child: a relation ended, or a block began. They end by themselves.

Nobody is told: who may not know of the child any more may not read of it in a letter either (`telling.tell`).
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember
from parentsite.groups.rules.membership import LIVE, MemberState
from parentsite.groups.service.gate import NEEDED, own_place
from parentsite.groups.service.seats import end_place, lock_group, settle
from parentsite.people.visibility import sights

_LIVE = (
    select(GroupMember.id, GroupMember.group_id, GroupMember.person_id, GroupMember.child_id)
    .where(GroupMember.state.in_(LIVE))
    .order_by(GroupMember.person_id)
)


def end_unrelated(work: Work) -> int:
    """After the people register was loaded: end these places, and offer them to who is first in line. How many."""
    gone = sorted(_unrelated(work), key=lambda row: (row.group_id, row.id))
    for row in gone:
        lock_group(work, row.group_id)
        place = own_place(work, row.person_id, row.id)
        if place.state in LIVE:
            end_place(work, place, MemberState.ENDED)
    for group in sorted({row.group_id for row in gone}):
        settle(work, group)
    return len(gone)


def _unrelated(work: Work) -> Iterator[Any]:
    """Asked for one adult at a time: this runs when the register is loaded, not while somebody waits."""
    for person, rows in groupby(columns(work.session, _LIVE).all(), key=lambda row: row.person_id):
        seen = {child for child, sight in sights(work.session, person, work.today).items() if sight.sees(*NEEDED)}
        yield from (row for row in rows if row.child_id not in seen)
