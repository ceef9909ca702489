"""Audit and letters of the outbox. An entry is about the writer alone: the other parent may not read of it.

A letter of the outbox says that there is news on the site, and neither from which team nor about what.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from parentsite.contact.service.gate import seen_by
from parentsite.foundation import audit, outbox
from parentsite.foundation.work import Work


def noted(work: Work, what: str, letter_id: UUID, person: UUID) -> None:
    """Audit of one act in a letter of this parent."""
    audit.record(work, f"letter.{what}", [person], about=("letter", letter_id))


def tell_all(work: Work, row: Any, what: str, once: object, *, but: UUID | None = None) -> None:
    """Tell every parent who sees the letter that there is news in it; `once` makes the same news one."""
    _tell(work, row.id, what, once, (person for person in seen_by(work, row) if person != but))


def _tell(work: Work, letter_id: UUID, what: str, once: object, persons: Iterable[UUID]) -> None:
    for person in persons:
        outbox.post(work, f"contact/{what}", person, f"letter:{letter_id}:{what}:{once}:{person}", letter=letter_id)
