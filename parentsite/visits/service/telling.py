"""Whom a letter about a visit goes to: the adult in whose home it is, while that adult may see the child's times."""

from uuid import UUID

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, sight_of


def tell(work: Work, letter: str, *, host: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox; the same `key` again is the same letter."""
    sight = sight_of(work.session, host, child, work.today)
    if sight is not None and sight.sees(Facet.TIME, Facet.TEXT):
        outbox.post(work, f"visits/{letter}", host, key, **ids)
