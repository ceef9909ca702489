"""Which members of the staff read a letter: those of its team, as far as the team reaches."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a team reaches: the whole town, the district of a home, the house that the child goes to."""

    TOWN = "town"
    DISTRICT = "district"
    HOUSE = "house"


@dataclass(frozen=True)
class Office:
    """A member of the staff: the roles, and where that one works, as codes of houses and districts."""

    roles: frozenset[str]
    institutions: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """The places whose letters somebody reads: `places`, and where `known` is told also what is none of these."""

    everywhere: bool = False
    places: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def has(self, place: str | None) -> bool:
        """Whether letters to the team at this place are read: a district, a house, or none."""
        return self.everywhere or place in self.places or (bool(self.known) and place not in self.known)


def scope_of(office: Office, role: str, reach: Reach, districts: Collection[str]) -> Scope | None:
    """Which letters to a team of `role` this member of the staff reads; none at all without the role.

    One who works in no single district works in all. A letter whose district nobody knows is read by all of the role,
    so that it is never read by nobody; one to a house only by that house.
    """
    if role not in office.roles:
        return None
    if reach is Reach.HOUSE:
        return Scope(places=office.institutions)
    own = office.institutions.intersection(districts)
    if reach is Reach.TOWN or not own:
        return Scope(everywhere=True)
    return Scope(places=own, known=frozenset(districts))
