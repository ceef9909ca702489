"""Whom a letter about a case goes to: the parent who applied, and the other one the child lives with."""

from uuid import UUID

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import also_at_home


def tell(work: Work, letter: str, *, applicant: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox for each of them; the same `key` again is the same letter."""
    for receiver in (applicant, *sorted(also_at_home(work.session, applicant, child, work.today))):
        outbox.post(work, f"places/{letter}", receiver, f"{key}:{receiver}", **ids)
