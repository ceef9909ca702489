"""Audit and letters. An entry and a letter are about the parent alone: the other parent may not read of it.

Letters hold ids only, and their names say nothing of the kind of group.
"""

from uuid import UUID

from parentsite.foundation import audit, outbox
from parentsite.foundation.work import Work
from parentsite.groups.service.gate import NEEDED
from parentsite.people.visibility import sight_of

_TOLD = frozenset({"joined", "offered", "offer_expired", "ended"})


def noted(work: Work, what: str, member: UUID, person: UUID, child: UUID) -> None:
    """Audit of one change to a place, and its letter where there is something that the parent has not just done."""
    audit.record(work, f"group.{what}", [person], about=("group_member", member))
    if what in _TOLD:
        tell(work, what, person=person, child=child, key=f"group_member:{member}:{what}", member=member)


def tell(work: Work, letter: str, *, person: UUID, child: UUID, key: str, **ids: object) -> None:
    """Put the letter in the outbox, while this adult may come with the child; the same `key` is the same letter."""
    sight = sight_of(work.session, person, child, work.today)
    if sight is not None and sight.sees(*NEEDED):
        outbox.post(work, f"groups/{letter}", person, key, **ids)
