"""What a people register says: who the adults and children are, and how they belong together."""

from dataclasses import dataclass, field
from datetime import date

Words = dict[str, str]
"""A short text by language code; Danish and English at least."""


@dataclass(frozen=True, slots=True)
class Family:
    """People shown together in the demo. No table knows families: ties join one adult and one child."""

    key: str
    story: Words


@dataclass(frozen=True, slots=True)
class Somebody:
    """`key` names a person within the register, for good."""

    key: str
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class Registered(Somebody):
    """Somebody with a CPR number of ten digits."""

    cpr: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Registered):
    """An adult; `story` says in a demo why this person is in it."""

    family: str
    email: str | None
    phone: str | None
    language: str
    address: str | None
    postal_code: str | None
    district: str | None
    address_protected: bool
    digital_exempt: bool
    story: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Registered):
    """A registered child. A CPR number of a demo has another date in it: `birth` is the birth date."""

    birth: date
    district: str | None
    address_protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember(Somebody):
    """Somebody who works for the town; `institutions` narrow the roles to some houses or districts."""

    email: str
    roles: frozenset[str]
    institutions: frozenset[str]
    title: Words


@dataclass(frozen=True, slots=True)
class Spell:
    """Something holds of a child from `starts`, up to but without `ends` (none: still)."""

    child: str
    starts: date
    ends: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Tie(Spell):
    """One adult is something to the child: holds custody, or is its foster carer."""

    person: str


@dataclass(frozen=True, slots=True)
class Residence(Tie):
    """The child lives with this adult. Two at once live together, or residence is `shared` (delt bopæl)."""

    shared: bool


@dataclass(frozen=True, slots=True)
class Block(Tie):
    """Staff have shut this adult's access to the child; `reason` is a code, never free text."""

    reason: str


@dataclass(frozen=True, slots=True)
class Attendance(Spell):
    """The child belongs to a house, childminder or school, named by its code in the town pack."""

    facility: str


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """All that a register file says."""

    families: tuple[Family, ...]
    persons: tuple[Person, ...]
    children: tuple[Child, ...]
    custody: tuple[Tie, ...]
    residence: tuple[Residence, ...]
    foster: tuple[Tie, ...]
    blocks: tuple[Block, ...]
    attendance: tuple[Attendance, ...]
    staff: tuple[StaffMember, ...]
