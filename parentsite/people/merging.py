"""The register has come to know a child that a parent told of: the two become one, and nothing is lost on the way."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import Base, columns
from parentsite.foundation.work import Work
from parentsite.people.children import MATCHING_DAYS
from parentsite.people.models import Child, ChildOrigin, Relation, RelationKind

EARLIEST_BIRTH = timedelta(weeks=18)
"""Before its due date: a child born in week 22 can live."""


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
