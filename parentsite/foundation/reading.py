"""What staff can read of a child: each kind of read declared once, with whom it is told of and in which words.

A read is recorded by its declaration alone, so that there is none for which a parent finds no words. The people
register says who may be told (`people/looked.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from parentsite.foundation import audit
from parentsite.foundation.work import Work


class Whose(StrEnum):
    """Whose the thing is that was read, and so who is told of it besides having sight of its facets."""

    CHILD = auto()
    """The child's own: whoever sees the facets."""
    DECIDED = auto()
    """The child's own, for those who decide about it or hold custody."""
    HOME = auto()
    """Of an adult's home: that adult, and those who live there with the child and decide for it."""
    OWN = auto()
    """One adult's alone."""


@dataclass(frozen=True)
class Reading:
    """One kind of read. `facets` of the child's life must all be seen by whoever is told of it.

    `words` say what was read as a whole sentence, `offices` by role who reads it, `purposes` why; all marked with `N_`.
    """

    action: str
    words: str
    facets: frozenset[str]
    whose: Whose
    offices: Mapping[str, str] = field(hash=False)
    purposes: Mapping[Any, str] = field(hash=False)


def record_read(
    work: Work,
    reading: Reading,
    purpose: StrEnum,
    shown: Iterable[tuple[UUID, UUID]],
    *,
    about: tuple[str, object],
    besides: Iterable[UUID] = (),
) -> None:
    """One entry for what was opened: each child it showed with whose the thing is (the child itself, or an adult), and
    the adults that were shown `besides`. `about` is the record's kind and id; `purpose` is one of the reading's.
    """
    assert purpose in reading.purposes, "a purpose that nobody has put into words"
    looks = set(shown)
    subjects = {one for look in looks for one in look} | set(besides)
    audit.record(work, reading.action, subjects, about=about, purpose=purpose, looks=looks)
