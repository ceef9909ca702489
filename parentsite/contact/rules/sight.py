"""Which letters an adult sees. A letter about a child is never seen by who may know nothing of that child.

The writer's own letter is the writer's: not even those who live together see one another's. One that was shared with
both is seen by those who hold custody, unless the child's place or times are kept from them, because answers tell of
both (domain.md 3.5).
"""

from dataclasses import dataclass
from enum import StrEnum, auto


class View(StrEnum):
    """As what an adult sees a letter."""

    WRITER = auto()
    OTHER = auto()
    """The child's other parent, with whom it was shared."""


@dataclass(frozen=True)
class Looking:
    """The facts of one adult and one letter; a fact that was not told is no.

    `knows_child`: anything of the child may be known, today; true for a letter that is about no child.
    `sees_place_and_time`: nothing of where and when is kept from the adult.
    """

    is_writer: bool = False
    is_about_child: bool = False
    is_shared: bool = False
    knows_child: bool = False
    holds_custody: bool = False
    sees_place_and_time: bool = False


def view_of(looking: Looking) -> View | None:
    """As what the letter is seen; none for one who does not see it."""
    if looking.is_about_child and not looking.knows_child:
        return None
    if looking.is_writer:
        return View.WRITER
    is_other = looking.is_about_child and looking.holds_custody and looking.sees_place_and_time
    return View.OTHER if looking.is_shared and is_other else None


def may_share(looking: Looking) -> bool:
    """Whether this adult can share the letter with both: its writer, with custody of the child that it is about."""
    return (
        view_of(looking) is View.WRITER and looking.is_about_child and looking.holds_custody and not looking.is_shared
    )


def sees_team_place(looking: Looking, *, is_home: bool) -> bool:
    """Whether an adult who sees the letter is told of the house or the district of its team. A district is that of the
    writer's home (`is_home`): the other parent is not told where that is.
    """
    if looking.is_about_child and not looking.sees_place_and_time:
        return False
    return looking.is_writer or not is_home
