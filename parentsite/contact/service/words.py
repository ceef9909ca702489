"""What is written in letters: sealed when it is kept, and opened here alone, after the gate has let somebody in.

A message must still be what was written, by a keyed digest of its words and of where they stand.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert

from parentsite.contact.models import BODY, DANISH, LetterMessage
from parentsite.contact.rules.states import Side
from parentsite.foundation.database import change
from parentsite.foundation.files import CleanFile
from parentsite.foundation.sealed import Keyring, keyring_of
from parentsite.foundation.work import Work

_DIGEST = "letter_message.digest"


@dataclass(frozen=True)
class Words:
    """What somebody writes, in a language of the site; `danish` is the same in Danish, of an answer in another."""

    body: str
    language: str
    danish: str | None = None


@dataclass(frozen=True)
class Spot:
    """Where a message stands: its letter, the team that the letter is with, and its number."""

    letter_id: UUID
    team: str
    number: int


class Untrue(Exception):
    """A message no longer says what was written."""


def id_of(once: UUID, words: Words, files: Sequence[CleanFile], *more: str) -> UUID:
    """The id of the message that a form (`once`) holds: sent twice it is one, with anything else in it another, so that
    words that were changed before they were sent again are not lost. `more` is what else was chosen.
    """
    held = [hashlib.sha256(one.content).hexdigest() for one in files]
    return uuid5(once, json.dumps([words.body, words.language, words.danish, held, more]))


def keep(work: Work, message: UUID, spot: Spot, side: Side, words: Words) -> None:
    """Keep one message of the one who acts."""
    keyring = keyring_of(work.session)
    row = {
        "id": message,
        "letter_id": spot.letter_id,
        "number": spot.number,
        "side": side.value,
        "person_id": work.actor.id if side is Side.PARENT else None,
        "staff_id": work.actor.id if side is Side.TEAM else None,
        "team": spot.team,
        "language": words.language,
        "body": keyring.seal(words.body, BODY),
        "danish": keyring.seal(words.danish, DANISH) if words.danish else None,
        "digest": _digest(keyring, message, words.body, words.danish),
        "written_at": work.now,
    }
    change(work.session, insert(LetterMessage), row)


def opened(work: Work, row: Any) -> Words:
    """The words of a message, for one whom the gate has let in. Raises `Untrue`, `WrongKey`."""
    keyring = keyring_of(work.session)
    body = keyring.unseal(row.body, BODY)
    danish = keyring.unseal(row.danish, DANISH) if row.danish else None
    if not hmac.compare_digest(row.digest, _digest(keyring, row.id, body, danish)):
        raise Untrue(row.id)
    return Words(body, row.language, danish)


def _digest(keyring: Keyring, message: UUID, body: str, danish: str | None) -> str:
    # What stands in which of the two is told apart by how long the first is.
    return keyring.index(f"{message}:{len(body)}:{body}{danish or ''}", _DIGEST)
