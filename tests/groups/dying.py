"""The verbs of groups as a process does them that may be killed in the middle."""

from collections.abc import Callable, Mapping
from uuid import UUID

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import joining, staffing
from tests.databases import MOMENT

PATIENCE = 60.0


def join(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.join(work, person, child, group, shares_phone=True)


def accept(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.accept(work, person, member, shares_phone=True)


def leave(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.leave(work, person, member)


def cancel(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return staffing.cancel(work, group)


VERBS: Mapping[str, Callable[..., object]] = {"join": join, "accept": accept, "leave": leave, "cancel": cancel}


def do(database: Database, verb: str, *arguments: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, SYSTEM), *arguments)
