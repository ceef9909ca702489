"""Loading the people register into the tables: again and again, changing only what has changed, merging who was
declared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.database import Base, new_id
from parentsite.foundation.sealed import keyring_of, seal
from parentsite.foundation.work import Work
from parentsite.people.children import merge_declared
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


def load_register(work: Work, register: RegisterFile) -> LoadReport:
    """Bring the tables up to the register. Contact details that a parent has given on the site are left alone."""
    session = work.session
    persons = {one.key: _load_person(session, one) for one in register.persons}
    children = {one.key: _load_child(session, one) for one in register.children}
    for kind, ties in (
        (RelationKind.CUSTODY, register.custody),
        (RelationKind.RESIDENCE, register.residence),
        (RelationKind.FOSTER, register.foster),
    ):
        for tie in ties:
            _load_relation(session, kind, tie, children[tie.child], persons[tie.person])
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
        "given_name": one.given_name,
        "family_name": one.family_name,
        "cpr_hash": cpr_hash(session, one.cpr),
        "district": one.district,
        "address_protected": one.address_protected,
        "digital_exempt": one.digital_exempt,
    }
    found = session.scalars(
        select(Person).where((Person.register_key == one.key) | (Person.cpr_hash == facts["cpr_hash"]))
    ).first()
    if found is None:
        address = ", ".join(part for part in (one.address, one.postal_code) if part)
        first = {
            "cpr": seal(session, one.cpr, CPR),
            "email": one.email,
            "phone": one.phone,
            "language": one.language,
            "address": seal(session, address, ADDRESS) if address else None,
        }
        found = Person(id=new_id(), register_key=one.key, **facts, **first)
        session.add(found)
        session.flush()
    else:
        _set(found, {"register_key": one.key, **facts})
    return found.id


def _load_child(session: Session, one: Any) -> UUID:
    facts = {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "birth_date": one.birth,
        "district": one.district,
        "address_protected": one.address_protected,
    }
    hashed = cpr_hash(session, one.cpr)
    found = session.scalars(select(Child).where((Child.register_key == one.key) | (Child.cpr_hash == hashed))).first()
    if found is None:
        found = Child(
            id=new_id(),
            register_key=one.key,
            origin=ChildOrigin.REGISTERED.value,
            cpr_hash=hashed,
            cpr=seal(session, one.cpr, CPR),
            **facts,
        )
        session.add(found)
        session.flush()
    else:
        _set(found, {key: value for key, value in facts.items() if key != "birth_date"})
    return found.id


def _load_relation(session: Session, kind: RelationKind, tie: Tie, child: UUID, person: UUID) -> None:
    found = session.scalars(
        select(Relation).where(
            Relation.child_id == child,
            Relation.person_id == person,
            Relation.kind == kind,
            Relation.since == tie.starts,
        )
    ).first()
    if found is None:
        session.add(
            Relation(
                child_id=child,
                person_id=person,
                kind=kind.value,
                since=tie.starts,
                until=tie.ends,
                shared=getattr(tie, "shared", False),
            )
        )
    else:
        found.until = tie.ends


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


def _holders(register: RegisterFile, child: str, persons: Mapping[str, UUID], today: date) -> list[UUID]:
    return [persons[tie.person] for tie in register.custody if tie.child == child and tie.holds_on(today)]


def _set(row: Base, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
