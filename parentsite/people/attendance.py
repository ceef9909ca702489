"""Which house or school a child belongs to, written downward by placements or by the register."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from parentsite.foundation.database import change, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Child, Relation, RelationKind
from parentsite.people.visibility import RELATIONS, Facet, sights_in
from parentsite.town.models import Facility

_IN_DAYCARE = and_(Attendance.child_id == bindparam("child"), Attendance.facility.in_(select(Facility.code)))
_NEVER = delete(Attendance).where(_IN_DAYCARE, Attendance.since >= bindparam("day"))
_UNTIL = (
    update(Attendance)
    .where(_IN_DAYCARE, or_(Attendance.until.is_(None), Attendance.until > bindparam("day")))
    .values(until=bindparam("day"))
)
_SINCE = insert(Attendance)


def attend(work: Work, child: UUID, facility: str, since: date) -> None:
    """From `since` the child belongs to the house `facility`; the house before ends then, and one to come is dropped.

    What the register says of a school stands: a place in daycare takes nobody out of school.
    """
    for statement in (_NEVER, _UNTIL):
        change(work.session, statement, {"child": child, "day": since})
    change(work.session, _SINCE, {"id": new_id(), "child_id": child, "facility": facility, "since": since})


_DAYCARE = (
    select(Attendance.facility)
    .where(_IN_DAYCARE, or_(Attendance.until.is_(None), Attendance.until > bindparam("today")))
    .order_by(Attendance.since.desc())
    .limit(1)
)


def daycare_of(session: Session, child: UUID, today: date) -> str | None:
    """The daycare that the child goes to, or the one that it has been given after that; none when nobody has said."""
    found: str | None = columns(session, _DAYCARE, {"child": child, "today": today}).scalar_one_or_none()
    return found


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


_STAYS = select(Attendance.child_id, Attendance.facility).where(
    Attendance.child_id.in_(bindparam("children", expanding=True)),
    or_(Attendance.until.is_(None), Attendance.until > bindparam("today")),
)


def stays_of(session: Session, children: Collection[UUID], today: date) -> Mapping[UUID, frozenset[str]]:
    """Every house and school that each child goes to, or will go to. One statement."""
    found: dict[UUID, set[str]] = {child: set() for child in children}
    for row in columns(session, _STAYS, {"children": list(found), "today": today}) if found else ():
        found[row.child_id].add(row.facility)
    return {child: frozenset(stays) for child, stays in found.items()}


_GOES_NOW = (
    select(Attendance.child_id, Attendance.facility)
    .join(Child, Child.id == Attendance.child_id)
    .where(
        Attendance.facility.in_(bindparam("facilities", expanding=True)),
        Attendance.facility.in_(select(Facility.code)),
        Attendance.since <= bindparam("today"),
        or_(Attendance.until.is_(None), Attendance.until > bindparam("today")),
        Child.merged_into.is_(None),
        Child.died_on.is_(None),
    )
    .order_by(Attendance.child_id, Attendance.since)
)
_GOES_THERE = _GOES_NOW.where(Attendance.child_id == bindparam("child"))


def children_at(session: Session, facilities: Collection[str], today: date) -> Mapping[UUID, str]:
    """The children who go to one of these houses today, and to which: of a school among them nobody. One statement."""
    asked = {"facilities": sorted(facilities), "today": today}
    return {row.child_id: row.facility for row in columns(session, _GOES_NOW, asked)} if facilities else {}


def where_now(session: Session, child: UUID, facilities: Collection[str], today: date) -> str | None:
    """To which of these houses the child goes today; none when to none of them: a school is no house."""
    asked = {"child": child, "facilities": sorted(facilities), "today": today}
    rows = columns(session, _GOES_THERE, asked).all() if facilities else ()
    return rows[-1].facility if rows else None
