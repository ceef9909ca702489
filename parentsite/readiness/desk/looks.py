"""What a page of the daycare's shows of a child is in the audit before it is shown."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from parentsite.foundation.web.reading import read_for
from parentsite.foundation.web.transactions import work
from parentsite.people.casework import Named, named
from parentsite.readiness.service.readings import PAPERS, PUPILS, TALKS, Purpose

_read = partial(read_for, Purpose.SCHOOL_START)


def opened(child_id: UUID) -> None:
    """What the house has written, or is writing, about the child."""
    _read(PAPERS, [(child_id, child_id)], ("child", child_id))


def looked_up(child_id: UUID) -> None:
    """With whom the house may talk about the child."""
    _read(TALKS, [(child_id, child_id)], ("child", child_id))


def listed(children: Iterable[UUID]) -> None:
    """A list of children; an empty one shows nobody."""
    if shown := [(one, one) for one in children]:
        _read(PUPILS, shown, ("child_list", "school_start"))


def child_of(child_id: UUID) -> Named:
    """The child as a page names it."""
    return named(work().session, [child_id])[child_id]
