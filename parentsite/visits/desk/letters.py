"""Letters that the health visitors' work gives rise to. An e-mail says that there is news; the site says what it is.

Each asks the gate when it is sent, and whether there is still anything to tell.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.visits.service import telling

PATH = "besog"


def reminder(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Tomorrow's visit, unless it is cancelled, or moved to somebody else's home."""
    return {"path": PATH} if telling.still_ahead(work, receiver, UUID(ids["visit"])) else None


def must_move(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """The time cannot be kept; nothing is told any more when the health visitor is well again."""
    return {"path": PATH} if telling.still_displaced(work, receiver, UUID(ids["visit"])) else None


def stands(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """The health visitor can come after all, unless she cannot again, or the visit is another's or past by now."""
    visit = UUID(ids["visit"])
    is_so = telling.still_ahead(work, receiver, visit) and not telling.still_displaced(work, receiver, visit)
    return {"path": PATH} if is_so else None


def reply(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """What was asked is answered."""
    return {"path": PATH} if telling.is_answered(work, receiver, UUID(ids["request"])) else None


LETTERS: Mapping[str, BuildLetter] = {
    "reminder": reminder,
    "must_move": must_move,
    "stands": stands,
    "reply": reply,
}
