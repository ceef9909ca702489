"""The kinds of groups that parents meet in: who each is for, and how one takes part."""

from dataclasses import dataclass, field
from enum import StrEnum

from parentsite.town.facts import Fact, Text


class GroupForm(StrEnum):
    """How one takes part."""

    FIXED = "fixed"
    """The same few families meet again and again; the members know one another."""
    OPEN = "open"
    """Come when you like: no seats, no members."""
    EVENING = "evening"
    """One evening with seats; those who come are not told of one another beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKind(Fact):
    """One kind of group; `name` and `text` are what a parent reads before choosing it, and nobody chooses it for them.

    `is_sensitive` when having joined says something about a parent: then no title, letter or calendar names the kind.
    `both_parents` when both parents of a child may have a seat in the same group.
    """

    code: str
    form: GroupForm
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    is_sensitive: bool
    both_parents: bool
