"""The verbs of groups as a process does them that may be killed in the middle."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.service import chores, joining, staffing
from tests.databases import MOMENT

PATIENCE = 60.0
AFTER_THE_DEADLINE = timedelta(days=5)
"""Past the offer, and before the group's last meeting."""


def join(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.join(work, person, child, group, shares_phone=True)


def accept(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.accept(work, person, member, shares_phone=True)


def leave(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return joining.leave(work, person, member)


def cancel(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return staffing.cancel(work, group)


def close(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return staffing.close(work, group)


def take_out(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    return staffing.take_out(work, group, member)


def promote(work: Work, group: UUID, person: UUID, child: UUID, member: UUID) -> object:
    """What the worker does when an offer was not answered in time."""
    return chores.settle_group(replace(work, now=MOMENT + AFTER_THE_DEADLINE), group)


VERBS: Mapping[str, Callable[..., object]] = {
    "join": join,
    "accept": accept,
    "leave": leave,
    "cancel": cancel,
    "close": close,
    "take out": take_out,
    "promote": promote,
}


def do(database: Database, verb: str, *arguments: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, SYSTEM), *arguments)
