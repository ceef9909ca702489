"""How staff reach parents: inviting the families who fit, and writing to all members. Letters only link in."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, or_, select

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Work
from parentsite.groups.models import MESSAGE, GroupMember, GroupMessage
from parentsite.groups.rules.line import Waiting
from parentsite.groups.rules.membership import LIVE, GroupState
from parentsite.groups.service.errors import GroupClosed, NeverInvited, NotFound, TextNeeded
from parentsite.groups.service.meetings import members_of
from parentsite.groups.service.seats import lock_group, out_of
from parentsite.groups.service.telling import tell
from parentsite.people.models import Child, Person, Relation, RelationKind
from parentsite.town.service import current_town

_HOME = (RelationKind.RESIDENCE.value, RelationKind.DECLARER.value)
_DAY = func.coalesce(Child.birth_date, Child.due_date)
_IN_GROUP = (
    select(GroupMember.id)
    .where(
        GroupMember.group_id == bindparam("group"),
        GroupMember.person_id == Relation.person_id,
        GroupMember.state.in_(LIVE),
    )
    .exists()
)
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
        _DAY.between(bindparam("first"), bindparam("last")),
        ~_IN_GROUP,
    )
    .distinct()
    .order_by(Relation.person_id, Relation.child_id)
)


def invite(work: Work, group_id: UUID) -> int:
    """Write to the parents who live with a child of the group's births in its part of town; how many they are.

    Pressed again, only those are written to who were not before. Both parents are asked. Raises `NeverInvited`,
    `GroupClosed`, `NotFound`.
    """
    group = lock_group(work, group_id)
    kind = current_town(work.session).group_kind(group.kind)
    if kind is None or kind.is_sensitive or group.born_from is None:
        raise NeverInvited(group_id)
    if group.state != GroupState.OPEN:
        raise GroupClosed(group_id)
    families = _families(work, group_id, group)
    for person, child in families.items():
        tell(work, "invited", person=person, child=child, key=f"group:{group_id}:invited:{person}", group=group_id)
    audit.record(work, "group.invited", families, about=("parent_group", group_id))
    return len(families)


def write_to_members(work: Work, made: UUID, group_id: UUID, body: str) -> None:
    """Write to all members: the words stand on the site, sealed; a letter says that they are there.

    The same id again is the same message. Raises `TextNeeded`, `NotFound`.
    """
    if not body.strip():
        raise TextNeeded
    lock_group(work, group_id)
    before = columns(work.session, _MESSAGE, {"message": made}).scalar_one_or_none()
    if before is not None:
        if before != group_id:
            raise NotFound(made)
        return
    row = {"id": made, "group_id": group_id, "body": seal(work.session, body.strip(), MESSAGE), "made_at": work.now}
    change(work.session, insert(GroupMessage).values(row))
    audit.record(work, "group.written", (), about=("group_message", made))
    for one in members_of(work, group_id):
        key = f"group_message:{made}:{one.person_id}"
        tell(work, "message", person=one.person_id, child=one.child_id, key=key, message=made)


_MESSAGE = select(GroupMessage.group_id).where(GroupMessage.id == bindparam("message"))


def _families(work: Work, group_id: UUID, group: Any) -> dict[UUID, UUID]:
    """Each parent once, with one of the children; nobody who would meet a member that must not be met."""
    asked = {"group": group_id, "today": work.today, "first": group.born_from, "last": group.born_until}
    rows = columns(work.session, _FAMILIES, asked)
    found = {row.person_id: row.child_id for row in rows if group.district in (None, row.district)}
    out = out_of(work, group_id, [Waiting(0, person, person) for person in found])
    return {person: child for person, child in found.items() if person not in out}
