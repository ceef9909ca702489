"""Which house or school a child belongs to, written downward by placements or by the register."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Relation, RelationKind

_OF_CHILD = Attendance.child_id == bindparam("child")
_NEVER = delete(Attendance).where(_OF_CHILD, Attendance.since >= bindparam("day"))
_UNTIL = (
    update(Attendance)
    .where(_OF_CHILD, or_(Attendance.until.is_(None), Attendance.until > bindparam("day")))
    .values(until=bindparam("day"))
)
_SINCE = insert(Attendance)


def attend(work: Work, child: UUID, facility: str, since: date) -> None:
    """From `since` the child belongs to `facility`; what it belonged to ends then, and what was to come is dropped."""
    for statement in (_NEVER, _UNTIL):
        change(work.session, statement, {"child": child, "day": since})
    change(work.session, _SINCE, {"id": new_id(), "child_id": child, "facility": facility, "since": since})


_SIBLINGS_AT = (
    select(Attendance.facility)
    .join(Relation, Relation.child_id == Attendance.child_id)
    .where(
        Relation.person_id == bindparam("person"),
        Relation.kind == RelationKind.RESIDENCE.value,
        Attendance.child_id != bindparam("child"),
        or_(Attendance.until.is_(None), Attendance.until > bindparam("today")),
        or_(Relation.until.is_(None), Relation.until > bindparam("today")),
    )
    .distinct()
)


def sibling_facilities(session: Session, person: UUID, child: UUID, today: date) -> frozenset[str]:
    """Where the other children who live with this adult go, or are about to."""
    return frozenset(columns(session, _SIBLINGS_AT, {"person": person, "child": child, "today": today}).scalars())
