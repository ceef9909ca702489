"""The verbs of places as a process does them that may be killed in the middle."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.database import Database
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.places.rules.answers import Answer
from parentsite.places.service import answers, offers, sending, withdrawing
from tests.databases import MOMENT

CLERK = UUID(int=7)


def send(work: Work, person: UUID, draft: UUID, revision: int) -> object:
    return sending.send(work, person, draft, revision)


def offer(work: Work, person: UUID, vacancy: UUID, wish: UUID) -> object:
    return offers.make_offer(work, vacancy, wish, "The parents moved house.")


def say_yes(work: Work, person: UUID, offer_id: UUID, remove: UUID) -> object:
    return answers.answer(work, person, offer_id, Answer.YES, [remove]).id


def say_no(work: Work, person: UUID, offer_id: UUID, remove: UUID) -> object:
    return answers.answer(work, person, offer_id, Answer.NO, [remove]).id


def withdraw(work: Work, person: UUID, application: UUID, revision: int) -> object:
    return withdrawing.withdraw(work, person, application, revision)


VERBS: Mapping[str, Callable[..., object]] = {
    "send": send,
    "offer": offer,
    "say yes": say_yes,
    "say no": say_no,
    "withdraw": withdraw,
}


def do(database: Database, verb: str, person: UUID, *arguments: Any) -> object:
    """The verb in a transaction of its own, done by the parent, or by a clerk where it is the office's."""
    office = Actor(ActorKind.STAFF, CLERK, frozenset({"placement"}))
    with database.write() as session:
        actor = office if verb == "offer" else Actor(ActorKind.PARENT, person)
        return VERBS[verb](Work(session, MOMENT, actor), person, *arguments)
