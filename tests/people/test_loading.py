"""Loading the people register: again and again with the same result, and nothing that a parent told is overwritten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from parentsite.demo.fictional import fictional_register
from parentsite.demo.settings import FAMILIES
from parentsite.foundation.database import Base
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.children import children_of, declare
from parentsite.people.loading import LoadReport, cpr_hash, load_register
from parentsite.people.models import ADDRESS, CPR, Attendance, Block, Child, Person, Relation
from parentsite.people.register import RegisterFile
from tests import builders

Working = Callable[..., AbstractContextManager[Work]]
TODAY = date(2026, 2, 12)
TABLES = (Person, Child, Relation, Block, Attendance)


@pytest.fixture(scope="module")
def register() -> RegisterFile:
    return fictional_register(FAMILIES, TODAY)


def load(work: Working, register: RegisterFile) -> LoadReport:
    with work() as now:
        return load_register(now, register)


def rows(look: Working) -> dict[str, int]:
    with look() as now:
        return {one.__tablename__: now.session.scalar(select(func.count()).select_from(one)) or 0 for one in TABLES}


def contents(look: Working) -> dict[str, set[tuple[object, ...]]]:
    with look() as now:
        return {one.__tablename__: set(map(tuple, now.session.execute(select(one.__table__)))) for one in TABLES}


def of(model: type[Base], key: str) -> object:
    return select(model).where(model.register_key == key)  # type: ignore[attr-defined]


def test_the_demos_families_are_loaded_whole(work: Working, look: Working, register: RegisterFile) -> None:
    report = load(work, register)
    assert (report.persons, report.children, report.merged) == (len(register.persons), len(register.children), ())
    ties = len(register.custody) + len(register.residence) + len(register.foster)
    assert rows(look) == {
        "person": len(register.persons),
        "child": len(register.children),
        "relation": ties,
        "block": len(register.blocks),
        "attendance": len(register.attendance),
    }


def test_the_same_register_again_changes_nothing(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    before = contents(look)
    load(work, register)
    assert contents(look) == before


def test_names_are_brought_up_and_contact_details_left_alone(
    work: Working, look: Working, register: RegisterFile
) -> None:
    load(work, register)
    first = register.persons[0]
    with work() as now:
        now.session.execute(
            update(Person).where(Person.register_key == first.key).values(email="new@example.org", language="ar")
        )
    load(work, replace(register, persons=(replace(first, family_name="Nytnavn"), *register.persons[1:])))
    with look() as now:
        row = now.session.scalars(of(Person, first.key)).one()  # type: ignore[call-overload]
        assert (row.family_name, row.email, row.language) == ("Nytnavn", "new@example.org", "ar")


def test_a_relation_that_has_ended_ends(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    tie = register.custody[0]
    load(work, replace(register, custody=(replace(tie, ends=TODAY), *register.custody[1:])))
    with look() as now:
        ended = now.session.scalars(select(Relation.until).where(Relation.until.is_not(None))).all()
    assert TODAY in ended
    assert rows(look)["relation"] == len(register.custody) + len(register.residence) + len(register.foster)


def test_numbers_are_hashed_and_sealed_and_addresses_sealed(
    work: Working, look: Working, register: RegisterFile
) -> None:
    load(work, register)
    told = str(contents(look))
    one = next(person for person in register.persons if person.address)
    assert not [each.cpr for each in (*register.persons, *register.children) if each.cpr in told]
    assert one.address
    assert one.address not in told
    with look() as now:
        row = now.session.scalars(of(Person, one.key)).one()  # type: ignore[call-overload]
        assert row.cpr_hash == cpr_hash(now.session, one.cpr)
        assert unseal(now.session, row.cpr, CPR) == one.cpr
        assert one.address in unseal(now.session, row.address, ADDRESS)


def test_a_newcomer_who_signed_in_first_is_the_same_person(
    work: Working, look: Working, register: RegisterFile
) -> None:
    one = register.persons[0]
    with work() as now:
        newcomer = builders.person(now, given_name="?", cpr=one.cpr, email="typed@example.org")
    load(work, register)
    with look() as now:
        row = now.session.get_one(Person, newcomer)
        assert (row.register_key, row.given_name, row.email) == (one.key, one.given_name, "typed@example.org")
    assert rows(look)["person"] == len(register.persons)


def test_a_declared_child_is_merged_when_the_register_knows_it(
    work: Working, look: Working, register: RegisterFile
) -> None:
    newest = max(register.children, key=lambda child: child.birth)
    holder = next(tie.person for tie in register.custody if tie.child == newest.key)
    before = replace(
        register,
        children=tuple(child for child in register.children if child is not newest),
        **{
            name: tuple(tie for tie in getattr(register, name) if tie.child != newest.key)
            for name in ("custody", "residence", "foster", "blocks", "attendance")
        },
    )
    load(work, before)
    with work() as now:
        parent = now.session.scalars(of(Person, holder)).one()  # type: ignore[call-overload]
        due = newest.birth + timedelta(days=3)
        declared = declare(now, parent.id, expected=True, day=due, name=None, district=None, once="1")
        parent_id = parent.id
    assert load(work, register).merged == (declared,)
    assert load(work, register).merged == ()
    with look() as now:
        views = children_of(now.session, parent_id, TODAY)
        assert declared not in {view.id for view in views}
        assert not any(view.is_declared for view in views)
