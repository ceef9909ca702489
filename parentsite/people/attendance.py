"""Which house or school a child belongs to, written downward by placements or by the register."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, update
from sqlalchemy.orm import Session

from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Relation, RelationKind
from parentsite.people.visibility import RELATIONS, Facet, sights_in

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


_STILL_AT = (
    RELATIONS.add_columns(Attendance.facility)
    .join(Attendance, Attendance.child_id == Relation.child_id)
    .where(or_(Attendance.until.is_(None), Attendance.until > bindparam("today")))
)


def sibling_facilities(session: Session, person: UUID, child: UUID, today: date) -> frozenset[str]:
    """Where the other children who live with this adult go, or are about to, as far as the gate lets the adult know."""
    rows = columns(session, _STILL_AT, {"person": person, "today": today}).all()
    seen = sights_in(rows)
    at_home = {
        one
        for one, sight in seen.items()
        if one != child and RelationKind.RESIDENCE in sight.relations and sight.sees(Facet.PLACE)
    }
    return frozenset(row.facility for row in rows if row.child_id in at_home)
