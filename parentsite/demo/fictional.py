"""Keeping real people out of the demo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from parentsite.people.register import Person, Registered, RegisterFile, StaffMember
from parentsite.people.registerfile.entry import RegisterError
from parentsite.people.registerfile.reading import read_register

_NO_SUCH_DAYS = frozenset({(30, 2), (31, 2), (31, 4), (31, 6), (31, 9), (31, 11)})
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def fictional_register(path: Path, today: date) -> RegisterFile:
    """Read a register file for the demo; `RegisterError` also for a number or address that could be real."""
    register = read_register(path, today)
    if doubts := tuple(_doubts(register)):
        raise RegisterError(doubts)
    return register


def is_fictional(cpr: str) -> bool:
    """Whether nobody can have this number: 60 is added to the day, and the day left does not exist.

    A day plus 60 makes a replacement number. The CPR register never issues one, but institutions do, to real
    people (cpr.dk, "Erstatningspersonnummer i eksterne systemer"). So the day left is one that no calendar
    has, such as 31 April.
    """
    return (int(cpr[:2]) - 60, int(cpr[2:4])) in _NO_SUCH_DAYS


def passes_modulus_11(cpr: str) -> bool:
    """Whether the old check digit fits. Numbers issued since 2007 may fail: some of the demo's do."""
    return sum(int(digit) * weight for digit, weight in zip(cpr, _WEIGHTS, strict=True)) % 11 == 0


def is_nobodys(email: str) -> bool:
    """Whether a mail address is reserved for examples and tests (RFC 2606)."""
    host = email.rpartition("@")[2]
    return host in {"example.org", "example.com", "example.net"} or host.endswith((".test", ".example"))


def _doubts(register: RegisterFile) -> Iterator[str]:
    numbered: tuple[Registered, ...] = (*register.persons, *register.children)
    reachable: tuple[Person | StaffMember, ...] = (*register.persons, *register.staff)
    for one in numbered:
        if not is_fictional(one.cpr):
            yield f"{one.key}: the CPR number could be a real one"
    for somebody in reachable:
        if somebody.email is not None and not is_nobodys(somebody.email):
            yield f"{somebody.key}: the e-mail address could be a real one"
