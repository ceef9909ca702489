"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; it never says what, nor from
which team. Each asks the gate when it is sent: who does not see the letter any more is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.contact.service.news import may_open
from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work


def about_letter(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the letter."""
    letter_id = UUID(ids["letter"])
    return {"path": f"beskeder/{letter_id}"} if may_open(work, receiver, letter_id) else None


LETTERS: Mapping[str, BuildLetter] = dict.fromkeys(
    ("answered", "written", "shared", "handed_over", "closed"), about_letter
)
