"""Whom a letter about a case goes to: the parent who applied, and the other one the child lives with.

Has the applicant's access ended since, then those who decide now are told instead.
"""

from uuid import UUID

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import adults_who_decide, also_at_home


def tell(work: Work, letter: str, *, applicant: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox for each of them; the same `key` again is the same letter."""
    deciding = adults_who_decide(work.session, child, work.today)
    if applicant in deciding:
        deciding = also_at_home(work.session, applicant, child, work.today) | {applicant}
    for receiver in sorted(deciding):
        outbox.post(work, f"places/{letter}", receiver, f"{key}:{receiver}", **ids)
