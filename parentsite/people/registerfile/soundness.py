"""Whether a register makes sense: nobody twice, nobody missing, and what the law says of every child."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from parentsite.people.register import Registered, RegisterFile, Somebody, Spell, Tie


def problems_of(register: RegisterFile, today: date) -> Iterator[str]:
    """Each broken rule in a sentence, without personal numbers; none when all is well."""
    yield from _twice(register)
    yield from _strangers(register)
    yield from _times(register, today)
    for child in register.children:
        yield from _law(register, child.key, today)
        yield from _homes(register, child.key, today)


def _twice(register: RegisterFile) -> Iterator[str]:
    people: tuple[Registered, ...] = (*register.persons, *register.children)
    everybody: tuple[Somebody, ...] = (*people, *register.staff)
    yield from (f"two entries have the key {key}" for key in _repeated(one.key for one in everybody))
    yield from (f"two families have the key {key}" for key in _repeated(one.key for one in register.families))
    shared = set(_repeated(one.cpr for one in people))
    yield from (f"{one.key} shares a CPR number with somebody" for one in people if one.cpr in shared)


def _strangers(register: RegisterFile) -> Iterator[str]:
    families = {family.key for family in register.families}
    for person in register.persons:
        if person.family not in families:
            yield f"{person.key} has the unknown family {person.family}"
    known = {person.key for person in register.persons}
    for tie in _ties(register):
        if tie.person not in known:
            yield f"{tie.child} is tied to the unknown person {tie.person}"


def _times(register: RegisterFile, today: date) -> Iterator[str]:
    births = {child.key: child.birth for child in register.children}
    yield from (f"{key} is born in the future" for key, birth in births.items() if birth > today)
    spells: tuple[Spell, ...] = (*_ties(register), *register.attendance)
    for spell in spells:
        if spell.starts < births[spell.child] or (spell.ends is not None and spell.ends <= spell.starts):
            yield f"{spell.child}: something begins before birth, or ends before it begins"


def _law(register: RegisterFile, child: str, today: date) -> Iterator[str]:
    """One or two adults hold custody, and a child resides with a holder (forældreansvarsloven §§ 1-3)."""
    custody = _adults(register.custody, child, today)
    homes = _adults(register.residence, child, today)
    foster = _adults(register.foster, child, today)
    if not 1 <= len(custody) <= 2:
        yield f"{child}: custody is held by {len(custody)} adults, not by one or two"
    if not homes and not foster:
        yield f"{child} lives with nobody"
    if homes - custody:
        yield f"{child} resides with somebody who holds no custody"
    if foster & custody:
        yield f"{child}: a foster carer holds custody"


def _homes(register: RegisterFile, child: str, today: date) -> Iterator[str]:
    """Two homes are shared residence; two adults in one home live together."""
    homes = [home for home in register.residence if home.child == child and home.holds_on(today)]
    adults = {home.person for home in homes}
    addresses = {person.address for person in register.persons if person.key in adults}
    shared = [home.shared for home in homes]
    if any(shared) and shared != [True, True]:
        yield f"{child}: shared residence takes two homes, each marked as shared"
    if not any(shared) and len(addresses) > 1:
        yield f"{child} resides at two addresses, but the residence is not marked as shared"


def _ties(register: RegisterFile) -> tuple[Tie, ...]:
    return (*register.custody, *register.residence, *register.foster, *register.blocks)


def _adults(ties: Iterable[Tie], child: str, day: date) -> set[str]:
    return {tie.person for tie in ties if tie.child == child and tie.holds_on(day)}


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
