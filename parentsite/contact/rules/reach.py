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


def reads(office: Office, role: str, reach: Reach, place: str | None, districts: Collection[str]) -> bool:
    """Whether this member of the staff reads a letter to a team of `role` at `place`: a district, a house, or none.

    One who works in no single district works in all. A letter whose district nobody knows is read by all of the role,
    so that it is never read by nobody; one to a house only by that house.
    """
    if role not in office.roles:
        return False
    if reach is Reach.TOWN:
        return True
    if reach is Reach.HOUSE:
        return place is not None and place in office.institutions
    own = office.institutions.intersection(districts)
    return not own or place not in districts or place in own
