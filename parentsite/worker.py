"""The letter worker: sends due letters, lets offers expire, forgets what is past its time, links the audit."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from parentsite.foundation import chain, outbox
from parentsite.foundation.clock import Clock
from parentsite.foundation.database import Database
from parentsite.foundation.i18n import DANISH, LANGUAGES
from parentsite.foundation.journey import BuildLetter, Journey
from parentsite.foundation.outbox import Claim
from parentsite.foundation.post import Addressee, CannotSend, LetterPress, Transport, compose
from parentsite.foundation.web import rescue, sessions
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Person, StaffMember
from parentsite.town.service import current_town

log = logging.getLogger("parentsite.worker")
PAUSE_SECONDS = 2.0


@dataclass(frozen=True)
class Worker:
    """One worker; any number may run at once. `apart` are chores over databases of their own, told the moment."""

    database: Database
    clock: Clock
    transport: Transport
    sender: str
    base_url: str
    journeys: Sequence[Journey]
    apart: Mapping[str, Callable[[datetime], int]] = field(default_factory=dict)

    @cached_property
    def _press(self) -> LetterPress:
        return LetterPress({"base_url": self.base_url})

    def run(self, stop: threading.Event, pause: float = PAUSE_SECONDS) -> None:
        """Work until `stop` is set; a database that is away for a while only makes a round fail."""
        while not stop.is_set():
            try:
                self.round()
            except SQLAlchemyError as error:
                log.error("the database did not answer: %s", type(error).__name__)
            stop.wait(pause)

    def round(self) -> int:
        """Do all chores once and send what is due. Returns how many letters were sent."""
        for name, chore in self._chores().items():
            self._try(name, partial(self._in_transaction, chore))
        for name, chore_apart in self.apart.items():
            self._try(name, partial(chore_apart, self.clock.now()))
        with self.database.read() as session:
            due = outbox.due_letters(session, self.clock.now())
        return sum(self._send(letter_id) for letter_id in due)

    def _chores(self) -> Mapping[str, Callable[[Work], int]]:
        own: dict[str, Callable[[Work], int]] = {
            "link the audit": chain.link_entries,
            "forget ended sessions": sessions.forget_ended,
            "forget rescued text": rescue.forget_old,
        }
        return {f"{j.name}: {name}": chore for j in self.journeys for name, chore in j.chores.items()} | own

    def _in_transaction(self, chore: Callable[[Work], int]) -> int:
        with self.database.write() as session:
            return chore(Work(session, self.clock.now(), SYSTEM))

    def _try(self, name: str, chore: Callable[[], int]) -> None:
        """One chore's trouble must not keep the others from being done."""
        try:
            done = chore()
        except Exception:
            log.exception("chore failed: %s", name)
        else:
            if done:
                log.info("%s: %d", name, done)

    def _send(self, letter_id: Any) -> bool:
        with self.database.write() as session:
            held = outbox.claim(Work(session, self.clock.now(), SYSTEM), letter_id)
        if held is None:
            return False
        try:
            sent = self._render_and_send(held)
        except Exception as error:
            reason = str(error) if isinstance(error, CannotSend) else type(error).__name__
            log.warning("letter %s not sent: %s", held.id, reason)
            with self.database.write() as session:
                outbox.mark_failed(Work(session, self.clock.now(), SYSTEM), held, reason)
            return False
        settle = outbox.mark_sent if sent else outbox.mark_void
        with self.database.write() as session:
            settle(Work(session, self.clock.now(), SYSTEM), held)
        return sent

    def _render_and_send(self, held: Claim) -> bool:
        with self.database.read() as session:
            now = Work(session, self.clock.now(), SYSTEM)
            to = addressee(session, held.receiver_id)
            facts = self._builder(held.name)(now, held.receiver_id, **held.ids)
            authority = current_town(session).authority
        if to is None or facts is None:
            return False
        language = LANGUAGES.get(to.language, DANISH)
        parts = self._press.render(held.name, language, {**facts, "authority": authority, "letter": held.id})
        self.transport.send(compose(parts, to, self.sender, held.key, now.now))
        return True

    def _builder(self, name: str) -> BuildLetter:
        journey_name, _, letter = name.partition("/")
        journey = next(one for one in self.journeys if one.name == journey_name)
        return journey.letters[letter]


def addressee(session: Session, person: Any) -> Addressee | None:
    """Where a person's letters go, or those of a member of the staff, in Danish; none when no address is known."""
    row = session.execute(select(Person.email, Person.language).where(Person.id == person)).one_or_none()
    if row is not None:
        return Addressee(row.email, row.language) if row.email else None
    email = session.scalar(select(StaffMember.email).where(StaffMember.id == person))
    return Addressee(email, DANISH.code) if email else None
