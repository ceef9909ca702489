"""A process that does one verb and is killed in the middle of it, as a machine that loses its power would be."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import event

from parentsite.foundation.database import Database
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.places.rules.answers import Answer
from parentsite.places.service import answers, offers, sending, withdrawing
from tests.databases import KEYRING, MOMENT

PATIENCE = 30.0
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


def killed_at(number: int, url: str, verb: str, *arguments: Any) -> bool:
    """Whether a process that does the verb was killed at that moment; false when it came to its end before.

    The moments are: after each statement, before the commit, after the commit.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_do_and_die, args=(number, url, verb, *arguments))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode in {0, -signal.SIGKILL}, f"{verb} ended with {process.exitcode}"
    return process.exitcode == -signal.SIGKILL


def _do_and_die(number: int, url: str, verb: str, *arguments: Any) -> None:
    moments = count(1)

    def pass_a_moment(*_: object) -> None:
        if next(moments) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, KEYRING)
    event.listen(database.engine, "after_cursor_execute", pass_a_moment)
    event.listen(database.engine, "commit", pass_a_moment)
    do(database, verb, *arguments)
    pass_a_moment()
