"""Who can be chosen at the demo sign-in, and what the provider tells the site about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from parentsite.demo.clients import Audience
from parentsite.people.register import Person, RegisterFile, StaffMember

_NAMESPACE = UUID("0d3f6a52-6d0c-4c7b-8a2e-5b1d9d7c4e10")
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Account:
    """One person; `line` says in Danish and English who it is, `userinfo` are the claims."""

    key: str
    audience: Audience
    line: Words
    userinfo: dict[str, object] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.userinfo['given_name']} {self.userinfo['family_name']}"


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts shown together: a family with its story, or all staff."""

    key: str
    title: Words
    accounts: tuple[Account, ...]


class Accounts:
    """All accounts of a register file."""

    def __init__(self, register: RegisterFile) -> None:
        self._groups = {Audience.PARENTS: _families(register), Audience.STAFF: _staff(register)}

    def groups(self, audience: Audience) -> tuple[Group, ...]:
        return self._groups[audience]

    def find(self, key: str, audience: Audience) -> Account | None:
        """The account of that key, if the audience is the right one."""
        every: Iterable[Account] = (a for group in self._groups[audience] for a in group.accounts)
        return next((account for account in every if account.key == key), None)


def subject_of(key: str) -> str:
    """The lasting identifier of an account, which a register loaded from the same file can reckon too."""
    return str(uuid5(_NAMESPACE, key))


def _families(register: RegisterFile) -> tuple[Group, ...]:
    return tuple(
        Group(
            family.key,
            family.story,
            tuple(_parent(person) for person in register.persons if person.family == family.key),
        )
        for family in register.families
    )


def _staff(register: RegisterFile) -> tuple[Group, ...]:
    title = {"da": "Kommunens medarbejdere", "en": "The town's staff"}
    return (Group("staff", title, tuple(_member(member) for member in register.staff)),)


def _parent(person: Person) -> Account:
    claims: dict[str, object] = {
        "sub": subject_of(person.key),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "cpr": person.cpr,
    }
    return Account(person.key, Audience.PARENTS, person.story, claims)


def _member(member: StaffMember) -> Account:
    claims: dict[str, object] = {
        "sub": subject_of(member.key),
        "given_name": member.given_name,
        "family_name": member.family_name,
        "email": member.email,
        "roles": sorted(member.roles),
        "institution": sorted(member.institutions),
    }
    return Account(member.key, Audience.STAFF, member.title, claims)
