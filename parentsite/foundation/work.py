"""`Work`: the one argument that carries session, moment and person down into every service."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from parentsite.foundation.clock import local_date


class ActorKind(StrEnum):
    """Who acts."""

    ANONYMOUS = "anonymous"
    PARENT = "parent"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the site itself) that does the work; `roles` and `institutions` only for staff."""

    kind: ActorKind
    id: UUID | None = None
    roles: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()

    @property
    def role(self) -> str:
        """How the audit names the actor: the staff roles, or the kind."""
        return "+".join(sorted(self.roles)) if self.roles else self.kind.value


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
SYSTEM = Actor(ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Work:
    """One unit of work: an open session, the moment it counts as done (aware, UTC), and who does it."""

    session: Session
    now: datetime
    actor: Actor

    @property
    def today(self) -> date:
        """The calendar day in Denmark."""
        return local_date(self.now)
