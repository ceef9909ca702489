"""The children of a parent: read through the gate, declared before the register knows them, merged when it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import Base, columns, new_id
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Child, ChildOrigin, Person, Relation, RelationKind
from parentsite.people.visibility import RELATIONS, Facet, Sight, keep_sights, sights_in
from parentsite.town.models import Facility
from parentsite.town.service import current_town

MATCHING_DAYS = timedelta(days=42)
EARLIEST_BIRTH = timedelta(weeks=18)
"""Before its due date: a child born in week 22 can live."""
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


def registered_as(session: Session, declared: UUID | None) -> UUID | None:
    """The registered child with which a declared one was merged, if it was. Who may see it is for the caller to ask."""
    return session.scalars(select(Child.merged_into).where(Child.id == declared)).one_or_none()


_KEPT = select(Child.merged_into).where(Child.id == bindparam("child")).with_for_update(read=True, key_share=True)


def stays(work: Work, child: UUID) -> bool:
    """Keep the child from being merged until this work ends, so that what it writes of the child is moved along.

    Asked before anything else is locked, by whoever writes of a child that a parent may have told of. False for one
    that was merged while the page stood open, or this moment.
    """
    found = columns(work.session, _KEPT, {"child": child}).one_or_none()
    return found is not None and found.merged_into is None


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


def merge(work: Work, declared: UUID, registered: UUID) -> None:
    """The register knows the declared child now: everything that refers to it refers to the registered one.

    Every foreign key to a child, in whatever table, is moved; the declared row stays and points onward, so that old
    audit entries and links still lead somewhere. Who is writing of the child this moment is waited for (`stays`).
    Raises `IntegrityError` when both already hold what only one may.
    """
    work.session.execute(select(Child.id).where(Child.id == declared).with_for_update()).all()
    for table in Base.metadata.sorted_tables:
        if table.name in {"relation", "block"}:
            continue
        for column in table.columns:
            if any(key.column.table is Child.__table__ for key in column.foreign_keys) and table.name != "child":
                work.session.execute(update(table).where(column == declared).values({column.name: registered}))
    _keep_what_was_told(work, declared, registered)
    work.session.execute(update(Child).where(Child.id == declared).values(merged_into=registered))
    audit.record(work, "child.merged", [declared, registered], about=("child", registered))


def _keep_what_was_told(work: Work, declared: UUID, registered: UUID) -> None:
    """What the parents told and the register does not say: when the child was due, and what it is called."""
    told = work.session.execute(select(Child.due_date, Child.given_name).where(Child.id == declared)).one()
    known = update(Child).where(Child.id == registered)
    work.session.execute(known.where(Child.due_date.is_(None)).values(due_date=told.due_date))
    work.session.execute(known.where(Child.given_name.is_(None)).values(given_name=told.given_name))


def merge_declared(work: Work, registered: Child, holders: Sequence[UUID]) -> list[UUID]:
    """Merge the declared children that this registered one must be. Returns their ids.

    Each of those who hold custody may have declared it: of one adult's declarations the only one that fits, born the
    same day or expected within six weeks, or later still when it was told of before a birth that came early; of
    several (twins) the one with the same name. What cannot be told apart, or would give the child twice what it may
    have once, is left for the next load.
    """
    assert registered.birth_date is not None
    rows = work.session.execute(
        select(Relation.person_id, Child.id, Child.given_name, Child.birth_date, Child.due_date, Child.declared_at)
        .join(Relation, Relation.child_id == Child.id)
        .where(
            Relation.kind == RelationKind.DECLARER.value,
            Relation.person_id.in_(holders),
            Child.origin == ChildOrigin.DECLARED.value,
            Child.merged_into.is_(None),
        )
    ).all()
    fitting: dict[UUID, dict[UUID, str | None]] = {}
    for row in rows:
        if row.birth_date == registered.birth_date or (row.due_date and _may_be(registered.birth_date, row)):
            fitting.setdefault(row.person_id, {})[row.id] = row.given_name
    chosen = (_the_only(of_one_adult, registered.given_name) for of_one_adult in fitting.values())
    return [child for child in chosen if child is not None and _merges(work, child, registered.id)]


def _may_be(birth: date, told: Any) -> bool:
    """Whether a child that was expected may be the one born on this day."""
    due: date = told.due_date
    was_ahead = told.declared_at is not None and local_date(told.declared_at) <= birth
    return birth - MATCHING_DAYS <= due <= birth + (EARLIEST_BIRTH if was_ahead else MATCHING_DAYS)


def _the_only(fitting: Mapping[UUID, str | None], name: str | None) -> UUID | None:
    if len(fitting) > 1:
        fitting = {child: told for child, told in fitting.items() if told and told == name}
    return next(iter(fitting)) if len(fitting) == 1 else None


def _merges(work: Work, declared: UUID, registered: UUID) -> bool:
    try:
        with work.session.begin_nested():
            merge(work, declared, registered)
    except IntegrityError:
        return False
    return True
