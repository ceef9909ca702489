"""The verbs of home visits as a process does them that may be killed in the middle."""

from collections.abc import Callable, Mapping
from uuid import UUID

from parentsite.foundation.database import Database
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.visits.service import booking, offering, visiting
from parentsite.visits.service.times import hold
from tests.databases import MOMENT
from tests.visits.scene import TWO_MONTHS


def hold_it(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return hold(work, person, child, TWO_MONTHS, slot)


def book(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.book(work, person, child, TWO_MONTHS, slot)


def move(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.move(work, person, visit, slot)


def cancel(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.cancel(work, person, visit)


def confirm(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return booking.confirm(work, person, visit, booking.standing(work, person, visit).slot_id)


def propose_anew(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return offering.propose_anew(work, visit, slot)


def propose(work: Work, person: UUID, child: UUID, slot: UUID, visit: UUID) -> object:
    return visiting.propose(work, child, person, TWO_MONTHS, slot)


VERBS: Mapping[str, Callable[..., object]] = {
    "hold": hold_it,
    "book": book,
    "move": move,
    "cancel": cancel,
    "propose": propose,
    "propose anew": propose_anew,
    "confirm": confirm,
}


def do(database: Database, verb: str, person: UUID, *arguments: UUID) -> object:
    """The verb in a transaction of its own."""
    with database.write() as session:
        return VERBS[verb](Work(session, MOMENT, Actor(ActorKind.PARENT, person)), person, *arguments)
