"""The verbs of consent as a process does them that may be killed in the middle."""

from collections.abc import Callable, Mapping
from uuid import UUID

from parentsite.consent.service import saying
from parentsite.foundation.database import Database
from parentsite.foundation.work import Actor, ActorKind, Work
from tests.consent.scene import matter, say
from tests.databases import MOMENT


def yes(work: Work, person: UUID, child: UUID) -> object:
    return say(work, person, matter(child))


def withdraw(work: Work, person: UUID, child: UUID) -> object:
    return saying.withdraw(work, person, matter(child))


VERBS: Mapping[str, Callable[..., object]] = {"yes": yes, "withdraw": withdraw}


def do(database: Database, verb: str, person: UUID, child: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, Actor(ActorKind.PARENT, person)), person, child)
