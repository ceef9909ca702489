"""Loading the people register into the tables: again and again, changing only what has changed, merging who was
declared.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.database import Base, new_id
from parentsite.foundation.sealed import keyring_of, seal, unseal
from parentsite.foundation.work import Work
from parentsite.people.merging import merge_declared
from parentsite.people.models import (
    ADDRESS,
    BLOCK_REASON,
    CPR,
    Attendance,
    Block,
    Child,
    ChildOrigin,
    Person,
    Relation,
    RelationKind,
)
from parentsite.people.register import RegisterFile, Tie


@dataclass(frozen=True)
class LoadReport:
    """How many rows of each kind the register holds, and which declared children were merged."""

    persons: int
    children: int
    merged: tuple[UUID, ...]


_OF_THE_REGISTER = (RelationKind.CUSTODY, RelationKind.RESIDENCE, RelationKind.FOSTER)
"""Kinds of relation, and the parts of a register file that tell of them."""


def load_register(work: Work, register: RegisterFile) -> LoadReport:
    """Bring the tables up to the register. Contact details that a parent has given on the site are left alone.

    A child in the file is there with all its adults: custody, residence or foster care that the file names no more ends
    today. A block ends on its last day only, and never by being left out.
    """
    session = work.session
    persons = {one.key: _load_person(session, one) for one in register.persons}
    hidden = _in_a_protected_home(register, work.today)
    children = {one.key: _load_child(session, one, one.key in hidden) for one in register.children}
    named = {
        _load_relation(session, kind, tie, children[tie.child], persons[tie.person])
        for kind in _OF_THE_REGISTER
        for tie in getattr(register, kind.value)
    }
    for child in children.values():
        _end_unnamed(session, child, named, work.today)
    for block in register.blocks:
        _load_block(session, block, children[block.child], persons[block.person])
    for stay in register.attendance:
        _load_attendance(session, stay, children[stay.child])
    session.flush()
    merged = [
        declared
        for one in register.children
        for declared in merge_declared(
            work, session.get_one(Child, children[one.key]), _holders(register, one.key, persons, work.today)
        )
    ]
    audit.record(work, "register.loaded", [])
    return LoadReport(len(persons), len(children), tuple(merged))


def cpr_hash(session: Session, cpr: str) -> str:
    """The keyed hash that a personal number is found by."""
    return keyring_of(session).index(cpr, "cpr")


def _load_person(session: Session, one: Any) -> UUID:
    facts = {
        "register_key": one.key,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "district": one.district,
        "address_protected": one.address_protected,
        "digital_exempt": one.digital_exempt,
    }
    hashed = cpr_hash(session, one.cpr)
    found = session.scalars(
        select(Person).where((Person.register_key == one.key) | (Person.cpr_hash == hashed))
    ).first()
    if found is None:
        found = Person(id=new_id(), email=one.email, phone=one.phone, language=one.language, **facts)
        session.add(found)
    else:
        _set(found, facts)
    _number(session, found, one.cpr)
    address = ", ".join(part for part in (one.address, one.postal_code) if part) or None
    if address != (unseal(session, found.address, ADDRESS) if found.address else None):
        found.address = seal(session, address, ADDRESS) if address else None
    session.flush()
    return found.id


def _in_a_protected_home(register: RegisterFile, today: date) -> frozenset[str]:
    """The children who live with an adult whose address is protected: to tell of theirs would be to tell of that."""
    protected = {one.key for one in register.persons if one.address_protected}
    return frozenset(tie.child for tie in register.residence if tie.person in protected and tie.holds_on(today))


def _load_child(session: Session, one: Any, lives_hidden: bool) -> UUID:
    facts = {
        "register_key": one.key,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "birth_date": one.birth,
        "district": one.district,
        "address_protected": one.address_protected or lives_hidden,
    }
    hashed = cpr_hash(session, one.cpr)
    found = session.scalars(select(Child).where((Child.register_key == one.key) | (Child.cpr_hash == hashed))).first()
    if found is None:
        found = Child(id=new_id(), origin=ChildOrigin.REGISTERED.value, **facts)
        session.add(found)
    else:
        _set(found, facts)
    _number(session, found, one.cpr)
    session.flush()
    return found.id


def _number(session: Session, somebody: Person | Child, cpr: str) -> None:
    """A personal number may be replaced by another: what it is found by and what it says change together."""
    hashed = cpr_hash(session, cpr)
    if somebody.cpr_hash != hashed:
        somebody.cpr_hash, somebody.cpr = hashed, seal(session, cpr, CPR)


Named = tuple[UUID, UUID, str, date]
"""A relation: child, adult, kind, first day."""


def _load_relation(session: Session, kind: RelationKind, tie: Tie, child: UUID, person: UUID) -> Named:
    found = session.scalars(
        select(Relation).where(
            Relation.child_id == child,
            Relation.person_id == person,
            Relation.kind == kind,
            Relation.since == tie.starts,
        )
    ).first()
    facts = {"until": tie.ends, "shared": getattr(tie, "shared", False)}
    if found is None:
        session.add(Relation(child_id=child, person_id=person, kind=kind.value, since=tie.starts, **facts))
    else:
        _set(found, facts)
    return child, person, kind.value, tie.starts


def _end_unnamed(session: Session, child: UUID, named: Collection[Named], today: date) -> None:
    in_force = select(Relation).where(
        Relation.child_id == child,
        Relation.kind.in_([kind.value for kind in _OF_THE_REGISTER]),
        or_(Relation.until.is_(None), Relation.until > today),
    )
    for one in session.scalars(in_force):
        if (child, one.person_id, one.kind, one.since) not in named:
            one.until = max(one.since, today)


def _load_block(session: Session, block: Any, child: UUID, person: UUID) -> None:
    found = session.scalars(
        select(Block).where(Block.child_id == child, Block.person_id == person, Block.since == block.starts)
    ).first()
    if found is None:
        reason = seal(session, block.reason, BLOCK_REASON)
        session.add(Block(child_id=child, person_id=person, since=block.starts, until=block.ends, reason=reason))
    else:
        found.until = block.ends


def _load_attendance(session: Session, stay: Any, child: UUID) -> None:
    found = session.scalars(
        select(Attendance).where(
            Attendance.child_id == child, Attendance.facility == stay.facility, Attendance.since == stay.starts
        )
    ).first()
    if found is None:
        session.add(Attendance(child_id=child, facility=stay.facility, since=stay.starts, until=stay.ends))
    elif stay.ends is not None:
        # Without an end in the register, one that a placement has written stands.
        _set(found, {"until": stay.ends})


def _holders(register: RegisterFile, child: str, persons: Mapping[str, UUID], today: date) -> list[UUID]:
    return [persons[tie.person] for tie in register.custody if tie.child == child and tie.holds_on(today)]


def _set(row: Base, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
