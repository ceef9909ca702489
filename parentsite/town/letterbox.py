"""Whom a signed-in parent can write to, and the answers that come again and again."""

from dataclasses import dataclass, field
from enum import StrEnum

from parentsite.town.directory import Service
from parentsite.town.facts import Fact, Text


class LetterRole(StrEnum):
    """The roles of staff who may answer, as the town's own login names them."""

    PLACEMENT = "placement"
    HEALTH_VISITOR = "health_visitor"
    SOCIAL_WORKER = "social_worker"
    FAMILY_TEAM = "family_team"
    DISABILITY_TEAM = "disability_team"
    PEDAGOGUE = "pedagogue"


class LetterReach(StrEnum):
    """Which of those who have the role read a letter: all of them, those of the home's district, those of the house
    that the child goes to.
    """

    TOWN = "town"
    DISTRICT = "district"
    HOUSE = "house"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTeam(Fact):
    """A team that answers letters; `text` says in a sentence what to write to it about.

    `answer_days` are working days within which it answers; `service` is where it can be called instead.
    """

    code: str
    role: LetterRole
    reach: LetterReach
    answer_days: int
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate(Fact):
    """An answer that staff may begin from, in every language; `name` is what staff choose it by, in Danish.

    Without `teams` it is for all of them.
    """

    code: str
    name: str
    text: Text = field(hash=False)
    teams: tuple[str, ...] = ()
