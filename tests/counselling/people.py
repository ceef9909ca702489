"""A parent and the counsellors, as they act through the services."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from nacl import pwhash

from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.office import Office
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.service import conversation, enrolment, mailbox, roster, sessions, unlocking
from parentsite.counselling.service.threads import Conversation
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.work import Actor, ActorKind
from tests.counselling.conftest import Doing

TEXT = "Vi skændes hele tiden, og jeg ved ikke hvad jeg skal gøre."


@dataclass
class Parent:
    """Somebody who has begun a conversation, with what stands on their paper."""

    office: Office
    doing: Doing
    phrase: Phrase
    token: Token

    def comes_back(self, phrase: Phrase | None = None) -> Token:
        derived = self.office.derivation.of(phrase or self.phrase)
        with self.doing() as work:
            self.token = conversation.come_back(work, derived)
        return self.token

    def reads(self) -> Conversation:
        with self.doing() as work:
            return conversation.read(work, sessions.enter(work, self.token))

    def writes(self, text: str = TEXT) -> None:
        with self.doing() as work:
            conversation.write(work, sessions.enter(work, self.token), text)

    def designation(self) -> str:
        return self.reads().designation


@dataclass
class Reader:
    """A counsellor with a phrase of their own and a browser's token."""

    office: Office
    doing: Doing
    name: str = "Anne"
    id: UUID = field(default_factory=uuid4)
    token: Token = field(default_factory=Token.new)
    phrase: Phrase = field(default_factory=Phrase.new)

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.id)

    def enrols(self) -> "Reader":
        prepared = enrolment.prepare(self.office.derivation)
        self.phrase = prepared.phrase
        with self.doing() as work:
            enrolment.enrol(work, self.id, self.name, prepared)
        return self

    def unlocks(self, phrase: Phrase | None = None) -> Unlocked:
        with self.office.database.read() as session:
            salt = unlocking.salt_of(session, self.id)
        wrapping = self.office.derivation.wrapping_key(phrase or self.phrase, salt)
        with self.doing(self.actor) as work:
            return unlocking.unlock(work, wrapping, self.token)

    def opens(self, designation: str) -> Conversation:
        with self.doing(self.actor) as work:
            return mailbox.open_thread(work, unlocking.unlocked(work, self.token), designation)

    def answers(self, designation: str, text: str = "Godt at du skriver.") -> None:
        with self.doing(self.actor) as work:
            box = unlocking.unlocked(work, self.token)
            read = len(mailbox.open_thread(work, box, designation).messages)
            mailbox.answer(work, box, designation, text, read=read)


def parent(office: Office, doing: Doing, text: str = TEXT) -> Parent:
    """A parent who has just written for the first time."""
    phrase = Phrase.new()
    derived = office.derivation.of(phrase)
    with doing() as work:
        return Parent(office, doing, phrase, conversation.begin(work, derived, phrase, text))


def founded(office: Office, doing: Doing, count: int = 2) -> tuple[list[Reader], bytes]:
    """So many counsellors who hold the house key, their mailboxes unlocked; and the paper copy."""
    readers = [Reader(office, doing, f"Rådgiver {number}").enrols() for number in range(count)]
    with doing() as work:
        paper = roster.found(work, office.embedded_secret())
    office.forget_embedded()
    for reader in readers:
        reader.unlocks()
    return readers, paper


def count_keys(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each Argon2 that runs from now on: the library's own, told on the way."""
    runs: list[object] = []
    kdf = pwhash.argon2id.kdf

    def counted(*given: Any, **named: Any) -> bytes:
        runs.append(named)
        return kdf(*given, **named)

    monkeypatch.setattr(pwhash.argon2id, "kdf", counted)
    return runs


@contextmanager
def crowded(slot: Slot) -> Iterator[None]:
    """While another process is in the slot and a third waits."""
    with Slot(slot.folder).taken(), (slot.folder / "turn.lock").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
