"""Reading a register file: TOML, of which the demo's `families.toml` shows every field.

Days are dates, or so many days before today (`born_days_ago`, `from_days_ago`, `to_days_ago`), so that a demo
never grows stale. What has no `from` holds since the child was born.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from parentsite.people.register import (
    Attendance,
    Block,
    Child,
    Family,
    Person,
    RegisterFile,
    Residence,
    Spell,
    StaffMember,
    Tie,
)
from parentsite.people.registerfile.entry import Entry, RegisterError
from parentsite.people.registerfile.soundness import problems_of

_KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
_MAIL = r"[^@\s]+@[^@\s]+"
_CPR = r"[0-9]{10}"
_SECTIONS = tuple(RegisterFile.__dataclass_fields__)
Births = Mapping[str, date]


def read_register(path: Path, today: date) -> RegisterFile:
    """Read and check a file; `RegisterError` names the first unreadable entry, or every broken rule."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegisterError((f"{path.name}: {error}",)) from error
    except UnicodeDecodeError as error:
        raise RegisterError(("it is not written in UTF-8",)) from error
    if unknown := document.keys() - set(_SECTIONS):
        raise RegisterError((f"{path.name}: unknown section {', '.join(sorted(unknown))}",))
    register = _built({name: Entry.all_of(document, name, today) for name in _SECTIONS})
    if problems := tuple(problems_of(register, today)):
        raise RegisterError(problems)
    return register


def _built(entries: Mapping[str, list[Entry]]) -> RegisterFile:
    children = tuple(_child(entry) for entry in entries["children"])
    births = {child.key: child.birth for child in children}
    return RegisterFile(
        families=tuple(_family(entry) for entry in entries["families"]),
        persons=tuple(_person(entry) for entry in entries["persons"]),
        children=children,
        custody=tuple(_tie(entry, births) for entry in entries["custody"]),
        residence=tuple(_residence(entry, births) for entry in entries["residence"]),
        foster=tuple(_tie(entry, births) for entry in entries["foster"]),
        blocks=tuple(_block(entry, births) for entry in entries["blocks"]),
        attendance=tuple(_attendance(entry, births) for entry in entries["attendance"]),
        staff=tuple(_staff(entry) for entry in entries["staff"]),
    )


def _family(entry: Entry) -> Family:
    with entry.read():
        return Family(entry.text("key", _KEY), entry.words("story"))


def _person(entry: Entry) -> Person:
    with entry.read():
        return Person(
            entry.text("key", _KEY),
            entry.text("given_name"),
            entry.text("family_name"),
            entry.text("cpr", _CPR),
            family=entry.text("family", _KEY),
            email=entry.optional_text("email", _MAIL),
            phone=entry.optional_text("phone", r"\+[0-9 ]{8,20}"),
            language=entry.text("language", r"[a-z]{2,3}"),
            address=entry.optional_text("address"),
            postal_code=entry.optional_text("postal_code", r"[0-9]{4}"),
            district=entry.optional_text("district", _KEY),
            address_protected=entry.flag("address_protected"),
            digital_exempt=entry.flag("digital_exempt"),
            story=entry.words("story"),
        )


def _child(entry: Entry) -> Child:
    with entry.read():
        birth = entry.day("birth", "born_days_ago")
        if birth is None:
            raise entry.wrong("birth is missing")
        return Child(
            entry.text("key", _KEY),
            entry.text("given_name"),
            entry.text("family_name"),
            entry.text("cpr", _CPR),
            birth=birth,
            district=entry.optional_text("district", _KEY),
            address_protected=entry.flag("address_protected"),
        )


def _staff(entry: Entry) -> StaffMember:
    with entry.read():
        return StaffMember(
            entry.text("key", _KEY),
            entry.text("given_name"),
            entry.text("family_name"),
            email=entry.text("email", _MAIL),
            roles=entry.texts("roles"),
            institutions=entry.texts("institutions"),
            title=entry.words("title"),
        )


def _spell(entry: Entry, births: Births) -> Spell:
    child = entry.text("child", _KEY)
    if child not in births:
        raise entry.wrong(f"unknown child {child}")
    starts = entry.day("from", "from_days_ago")
    return Spell(child, starts or births[child], entry.day("to", "to_days_ago"))


def _tie(entry: Entry, births: Births) -> Tie:
    with entry.read():
        spell = _spell(entry, births)
        return Tie(spell.child, spell.starts, spell.ends, entry.text("person", _KEY))


def _residence(entry: Entry, births: Births) -> Residence:
    with entry.read():
        spell, person = _spell(entry, births), entry.text("person", _KEY)
        return Residence(spell.child, spell.starts, spell.ends, person, entry.flag("shared"))


def _block(entry: Entry, births: Births) -> Block:
    with entry.read():
        spell, person = _spell(entry, births), entry.text("person", _KEY)
        return Block(spell.child, spell.starts, spell.ends, person, entry.text("reason", r"[a-z_]+"))


def _attendance(entry: Entry, births: Births) -> Attendance:
    with entry.read():
        spell = _spell(entry, births)
        return Attendance(spell.child, spell.starts, spell.ends, entry.text("facility", _KEY))
