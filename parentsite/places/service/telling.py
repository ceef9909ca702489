"""Whom a letter about a case goes to: the parent who applied, and the other one the child lives with.

Has the applicant's access ended since, then those who decide now are told instead.
"""

from uuid import UUID

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, sights_of

_OF_A_HOME = (Facet.PLACE, Facet.TIME, Facet.TEXT)


def tell(work: Work, letter: str, *, applicant: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox for each of them; the same `key` again is the same letter."""
    sights = sights_of(work.session, child, work.today)
    told = {adult for adult, sight in sights.items() if sight.may_apply}
    if applicant in told:
        at_home = {adult for adult, sight in sights.items() if sight.shares_residence and sight.sees(*_OF_A_HOME)}
        told = at_home | {applicant}
    for receiver in sorted(told):
        outbox.post(work, f"places/{letter}", receiver, f"{key}:{receiver}", **ids)
