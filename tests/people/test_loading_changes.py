"""What has changed in the people register is changed here too: dates, numbers, homes, and who no longer belongs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.demo.fictional import fictional_register
from parentsite.demo.running import DemoSite
from parentsite.demo.settings import FAMILIES
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.children import declare
from parentsite.people.loading import cpr_hash, load_register
from parentsite.people.models import ADDRESS, CPR, Attendance, Block, Child, Person
from parentsite.people.register import RegisterFile
from parentsite.people.visibility import Facet, Sight, sight_of
from tests.databases import MOMENT

Working = Callable[..., AbstractContextManager[Work]]
TODAY = MOMENT.date()


@pytest.fixture(scope="module")
def register() -> RegisterFile:
    return fictional_register(FAMILIES, TODAY)


def load(work: Working, register: RegisterFile) -> None:
    with work() as now:
        load_register(now, register)


def changed(register: RegisterFile, part: str, key: str, **facts: Any) -> RegisterFile:
    """The register with one person or child as it is now."""
    entries = tuple(replace(one, **facts) if one.key == key else one for one in getattr(register, part))
    return replace(register, **{part: entries})


def found(now: Work, model: type[Person] | type[Child], key: str) -> Any:
    return now.session.scalars(select(model).where(model.register_key == key)).one()


def sees(now: Work, adult: str, child: str) -> Sight | None:
    return sight_of(now.session, found(now, Person, adult).id, found(now, Child, child).id, now.today)


def test_a_corrected_birth_date_is_taken_over(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    corrected = next(one.birth for one in register.children if one.key == "asta-lund") + timedelta(days=3)
    load(work, changed(register, "children", "asta-lund", birth=corrected))
    with look() as now:
        assert found(now, Child, "asta-lund").birth_date == corrected


@pytest.mark.parametrize(
    ("part", "key", "model"), [("persons", "mette-lund", Person), ("children", "asta-lund", Child)]
)
def test_a_replaced_number_replaces_the_hash_and_the_sealed_value(
    work: Working, look: Working, register: RegisterFile, part: str, key: str, model: type[Person] | type[Child]
) -> None:
    load(work, register)
    load(work, changed(register, part, key, cpr="9104200002"))
    with look() as now:
        row = found(now, model, key)
        assert row.cpr_hash == cpr_hash(now.session, "9104200002")
        assert unseal(now.session, row.cpr, CPR) == "9104200002"


def test_a_family_that_has_moved_has_its_new_address(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    load(work, changed(register, "persons", "mette-lund", address="Findesikkevej 9", postal_code="2750"))
    with look() as now:
        assert unseal(now.session, found(now, Person, "mette-lund").address, ADDRESS) == "Findesikkevej 9, 2750"


def test_an_adult_whom_the_register_names_no_more_sees_nothing(
    work: Working, look: Working, register: RegisterFile
) -> None:
    load(work, register)
    with look() as now:
        before = sees(now, "jonas-lund", "asta-lund")
        assert before
        assert before.may_apply
    without = {
        part: tuple(one for one in getattr(register, part) if (one.person, one.child) != ("jonas-lund", "asta-lund"))
        for part in ("custody", "residence")
    }
    load(work, replace(register, **without))
    with look() as now:
        assert sees(now, "jonas-lund", "asta-lund") is None
        assert sees(now, "mette-lund", "asta-lund")


def test_a_child_in_a_protected_home_is_protected_with_it(work: Working, look: Working, register: RegisterFile) -> None:
    """A register may flag the mother and not the child: the father apart would read the house off her address."""
    apart = tuple(tie for tie in register.residence if (tie.person, tie.child) != ("jonas-lund", "asta-lund"))
    load(work, replace(register, residence=apart))
    with look() as now:
        father = sees(now, "jonas-lund", "asta-lund")
        assert father
        assert father.sees(Facet.PLACE, Facet.TIME)
    load(work, changed(replace(register, residence=apart), "persons", "mette-lund", address_protected=True))
    with look() as now:
        father = sees(now, "jonas-lund", "asta-lund")
        assert father
        assert father.facets == {Facet.EXISTENCE}


def test_who_told_of_a_child_keeps_it_whatever_is_loaded(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    with work() as now:
        mother: UUID = found(now, Person, "mette-lund").id
        due = TODAY + timedelta(days=150)
        told = declare(now, mother, expected=True, day=due, name=None, district=None, once="1")
    load(work, register)
    with look() as now:
        sight = sight_of(now.session, mother, told, TODAY)
        assert sight
        assert sight.sees(*Facet)


def test_a_residence_becomes_shared(work: Working, look: Working, register: RegisterFile) -> None:
    homes = [tie for tie in register.residence if tie.child == "asta-lund"]
    load(work, register)
    shared = tuple(replace(tie, shared=True) if tie in homes else tie for tie in register.residence)
    load(work, replace(register, residence=shared))
    with look() as now:
        sight = sees(now, "mette-lund", "asta-lund")
        assert sight
        assert sight.shares_residence


def test_a_block_is_not_lifted_by_being_left_out(work: Working, look: Working, register: RegisterFile) -> None:
    load(work, register)
    load(work, replace(register, blocks=()))
    with look() as now:
        assert len(now.session.scalars(select(Block).where(Block.until.is_(None))).all()) == len(register.blocks)


def test_a_stay_that_has_ended_ends(work: Working, look: Working, register: RegisterFile) -> None:
    stay = next(one for one in register.attendance if one.ends is None)
    load(work, register)
    ended = tuple(replace(one, ends=TODAY) if one is stay else one for one in register.attendance)
    load(work, replace(register, attendance=ended))
    load(work, register)
    with look() as now:
        child = found(now, Child, stay.child).id
        until = select(Attendance.until).where(Attendance.child_id == child, Attendance.facility == stay.facility)
        assert now.session.scalars(until).all() == [TODAY], "an end once known stands"


def test_a_demo_run_again_another_day_has_the_same_families(tmp_path: Any) -> None:
    demo = DemoSite(tmp_path, 8000)
    first, later = date(2026, 2, 12), date(2026, 3, 1)
    assert [demo.begun_on(first), demo.begun_on(later)] == [first, first]
