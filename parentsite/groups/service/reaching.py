"""How staff reach parents: inviting the families who fit, and writing to all members. Letters only link in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, or_, select

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.outbox import posted
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Work
from parentsite.groups.models import MESSAGE, GroupMember, GroupMessage
from parentsite.groups.rules.line import Waiting
from parentsite.groups.rules.membership import LIVE, GroupState, is_over
from parentsite.groups.service.errors import GroupClosed, NeverInvited, NotFound, TextNeeded, TooLate
from parentsite.groups.service.gate import NEEDED
from parentsite.groups.service.meetings import members_of
from parentsite.groups.service.seats import group_seen, last_meeting, lock_group, out_of
from parentsite.groups.service.telling import tell
from parentsite.people.models import Child, Person, Relation, RelationKind
from parentsite.people.visibility import Sight, sights_of_all
from parentsite.town.service import current_town

_HOME = (RelationKind.RESIDENCE.value, RelationKind.DECLARER.value)
_IN_GROUP = (
    select(GroupMember.id)
    .where(
        GroupMember.group_id == bindparam("group"),
        GroupMember.person_id == Relation.person_id,
        GroupMember.state.in_(LIVE),
    )
    .exists()
)
_BORN = and_(Child.birth_date >= bindparam("first"), Child.birth_date <= bindparam("last"))
_DUE = and_(Child.birth_date.is_(None), Child.due_date >= bindparam("first"), Child.due_date <= bindparam("last"))
_FAMILIES = (
    select(Relation.person_id, Relation.child_id, func.coalesce(Person.district, Child.district).label("district"))
    .join(Child, Child.id == Relation.child_id)
    .join(Person, Person.id == Relation.person_id)
    .where(
        Relation.kind.in_(_HOME),
        Relation.since <= bindparam("today"),
        or_(Relation.until.is_(None), Relation.until > bindparam("today")),
        Child.merged_into.is_(None),
        Child.died_on.is_(None),
        Person.died_on.is_(None),
        or_(_BORN, _DUE),
        ~_IN_GROUP,
    )
    .distinct()
    .order_by(Relation.person_id, Relation.child_id)
)


@dataclass(frozen=True)
class Invitation:
    """Whom inviting writes to: `parents` get a letter now, in so many `families`; `before` have had it already."""

    parents: int
    families: int
    before: int


def invitation(work: Work, group_id: UUID) -> Invitation:
    """Whom a press would write to, as things stand. Raises `NeverInvited`, `GroupClosed`, `NotFound`."""
    fitting = _families(work, group_id, group_seen(work, group_id))
    now = _not_yet(work, group_id, fitting)
    return Invitation(len(now), len(set(now.values())), len(fitting) - len(now))


def invite(work: Work, group_id: UUID) -> int:
    """Write to the parents who live with a child of the group's births in its part of town; how many got a letter.

    Pressed again, only those are written to who were not before. Both parents are asked. Raises `NeverInvited`,
    `GroupClosed`, `NotFound`.
    """
    invited = _not_yet(work, group_id, _families(work, group_id, lock_group(work, group_id)))
    for person, child in invited.items():
        tell(work, "invited", person=person, child=child, key=_key(group_id, person), group=group_id)
    if invited:
        audit.record(work, "group.invited", invited, about=("parent_group", group_id))
    return len(invited)


def write_to_members(work: Work, made: UUID, group_id: UUID, body: str) -> None:
    """Write to all members: the words stand on the site, sealed; a letter says that they are there.

    The same id again is the same message. Raises `TextNeeded`, `TooLate` for a group that is cancelled, `NotFound`.
    """
    if not body.strip():
        raise TextNeeded
    group = lock_group(work, group_id)
    before = columns(work.session, _MESSAGE, {"message": made}).scalar_one_or_none()
    if before is not None:
        if before != group_id:
            raise NotFound(made)
        return
    if group.state == GroupState.CANCELLED:
        raise TooLate(group_id)
    row = {"id": made, "group_id": group_id, "body": seal(work.session, body.strip(), MESSAGE), "made_at": work.now}
    change(work.session, insert(GroupMessage).values(row))
    audit.record(work, "group.written", (), about=("group_message", made))
    for one in members_of(work, group_id):
        key = f"group_message:{made}:{one.person_id}"
        tell(work, "message", person=one.person_id, child=one.child_id, key=key, message=made)


_MESSAGE = select(GroupMessage.group_id).where(GroupMessage.id == bindparam("message"))


def _families(work: Work, group_id: UUID, group: Any) -> dict[UUID, UUID]:
    """Each parent once, with one of the children that they may come with; nobody who would meet a member that must not
    be met.
    """
    kind = current_town(work.session).group_kind(group.kind)
    if kind is None or kind.is_sensitive or group.born_from is None:
        raise NeverInvited(group_id)
    if group.state != GroupState.OPEN or is_over(work.now, last_meeting(work, group_id)):
        raise GroupClosed(group_id)
    asked = {"group": group_id, "today": work.today, "first": group.born_from, "last": group.born_until}
    rows = [row for row in columns(work.session, _FAMILIES, asked) if group.district in (None, row.district)]
    sights = sights_of_all(work.session, {row.child_id for row in rows}, work.today)
    found = {row.person_id: row.child_id for row in rows if _may_come(sights.get(row.child_id, {}).get(row.person_id))}
    out = out_of(work, group_id, [Waiting(0, person, person) for person in found])
    return {person: child for person, child in found.items() if person not in out}


def _may_come(sight: Sight | None) -> bool:
    return sight is not None and sight.sees(*NEEDED)


def _not_yet(work: Work, group_id: UUID, families: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Those of them who have not been written to."""
    known = posted(work.session, [_key(group_id, person) for person in families])
    return {person: child for person, child in families.items() if _key(group_id, person) not in known}


def _key(group_id: UUID, person: UUID) -> str:
    return f"group:{group_id}:invited:{person}"
