"""The children of a parent: read through the gate, and declared before the register knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.database import columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Child, ChildOrigin, Person, Relation, RelationKind
from parentsite.people.visibility import RELATIONS, Facet, Sight, keep_sights, sights_in
from parentsite.town.models import Facility
from parentsite.town.service import current_town

MATCHING_DAYS = timedelta(days=42)
MOST_DECLARED = 6
"""Children that one adult may have told us of while the register knows none of them: more than any family needs (four
who move here, and twins on the way), and too few to fill groups and health visitors' days with children of paper.
"""


@dataclass(frozen=True)
class ChildView:
    """A child as its own parent's pages show it; `name` is none for one that has no name yet.

    `daycare_since` is its first day in a house of the town, past or to come, for who may know of place and time.
    """

    id: UUID
    name: str | None
    birth_date: date | None
    due_date: date | None
    district: str | None
    is_declared: bool
    sight: Sight
    daycare_since: date | None = None

    @property
    def counts_from(self) -> date:
        """The birth date, or the due date until it is known."""
        day = self.birth_date or self.due_date
        assert day is not None
        return day


class CannotDeclare(Exception):
    """The date is neither a due date nor the birth date of a child below school age."""


class TooManyDeclared(Exception):
    """This adult has told of `MOST_DECLARED` children already: staff help with more."""


_DAYCARE_SINCE = (
    select(func.min(Attendance.since))
    .where(Attendance.child_id == Child.id, Attendance.facility.in_(select(Facility.code)))
    .correlate(Child)
    .scalar_subquery()
)
_CHILDREN = RELATIONS.add_columns(
    Child.given_name,
    Child.birth_date,
    Child.due_date,
    Child.district,
    Child.origin,
    _DAYCARE_SINCE.label("daycare_since"),
).order_by(func.coalesce(Child.birth_date, Child.due_date), Child.id)


def children_of(session: Session, person: UUID, today: date) -> Sequence[ChildView]:
    """The children of whom the adult may see anything, oldest first; one statement however many there are."""
    rows = columns(session, _CHILDREN, {"person": person, "today": today}).all()
    seen = keep_sights(session, person, today, sights_in(rows))
    each = {row.child_id: row for row in rows if row.child_id in seen}
    return tuple(
        ChildView(
            id=child_id,
            name=row.given_name,
            birth_date=row.birth_date,
            due_date=row.due_date,
            district=row.district,
            is_declared=row.origin == ChildOrigin.DECLARED,
            sight=seen[child_id],
            daycare_since=row.daycare_since if seen[child_id].sees(Facet.PLACE, Facet.TIME) else None,
        )
        for child_id, row in each.items()
    )


def child_for(session: Session, person: UUID, child: UUID, today: date) -> ChildView | None:
    """One child as this adult may see it, or none."""
    return next((view for view in children_of(session, person, today) if view.id == child), None)


def declare(
    work: Work, person: UUID, *, expected: bool, day: date, name: str | None, district: str | None, once: str
) -> UUID:
    """A parent tells of a child that the register does not know: `day` is the due date or the birth date.

    The same form sent twice (`once`), with the same answers, is one child; twins are two. Raises `CannotDeclare`,
    `TooManyDeclared`.
    """
    oldest = work.today.replace(year=work.today.year - 7, day=min(work.today.day, 28))
    furthest = work.today + timedelta(days=current_town(work.session).settings.due_date_horizon_days.value)
    fits = work.today - MATCHING_DAYS <= day <= furthest if expected else oldest <= day <= work.today
    if not fits:
        raise CannotDeclare(day)
    key = f"{person}:{once}:{day}:{name or ''}"
    if before := _declared_before(work, person, key):
        return before
    child_id = new_id()
    try:
        with work.session.begin_nested():
            work.session.execute(
                insert(Child).values(
                    id=child_id,
                    declared_once=key,
                    origin=ChildOrigin.DECLARED.value,
                    given_name=name,
                    birth_date=None if expected else day,
                    due_date=day if expected else None,
                    district=district or _district_of(work.session, person),
                    declared_at=work.now,
                )
            )
    except IntegrityError:
        return work.session.scalars(select(Child.id).where(Child.declared_once == key)).one()
    work.session.execute(
        insert(Relation).values(
            id=new_id(), child_id=child_id, person_id=person, kind=RelationKind.DECLARER.value, since=work.today
        )
    )
    audit.record(work, "child.declared", [child_id, person], about=("child", child_id))
    return child_id


def _declared_before(work: Work, person: UUID, key: str) -> UUID | None:
    """The child that this form has made already; an adult's forms take turns. Raises `TooManyDeclared`."""
    work.session.execute(select(Person.id).where(Person.id == person).with_for_update(key_share=True)).all()
    told = work.session.execute(
        select(Child.id, Child.declared_once)
        .join(Relation, Relation.child_id == Child.id)
        .where(
            Relation.person_id == person,
            Relation.kind == RelationKind.DECLARER.value,
            Child.merged_into.is_(None),
        )
    ).all()
    before = next((one.id for one in told if one.declared_once == key), None)
    if before is None and len(told) >= MOST_DECLARED:
        raise TooManyDeclared(person)
    return before


def _district_of(session: Session, person: UUID) -> str | None:
    return session.scalars(select(Person.district).where(Person.id == person)).one_or_none()
