"""What a new version says differently: area by area, and inside an area word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto

_PARTS = re.compile(r"\s+|[^\s]+")
_FEWEST = 3
"""Words that two changes must have between them to be told as unchanged."""


class Change(StrEnum):
    """How something stands beside the version before."""

    SAME = auto()
    CHANGED = auto()
    ADDED = auto()
    REMOVED = auto()


@dataclass(frozen=True)
class Passage:
    """Words that both versions have, that are new, or that are gone (`SAME`, `ADDED`, `REMOVED`)."""

    change: Change
    words: str


def areas_changed(before: Mapping[str, str], after: Mapping[str, str]) -> Mapping[str, Change]:
    """How each area stands beside the version before: those of the new version first, then those that are gone."""
    found = {area: _change(before.get(area), text) for area, text in after.items()}
    return found | {area: Change.REMOVED for area in before if area not in after}


def words_changed(before: str, after: str) -> Sequence[Passage]:
    """The two texts of one area beside one another, in reading order; what is gone stands before what replaced it.

    A few words that happen to stand in both, between two changes, are told as gone and as new: no one can read a
    sentence of which every second word is struck out.
    """
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    found: list[Passage] = []
    first = start = 0
    for last, end, size in _kept(old, new):
        found += _told(Change.REMOVED, old[first:last])
        found += _told(Change.ADDED, new[start:end])
        found += _told(Change.SAME, old[last : last + size])
        first, start = last + size, end + size
    return tuple(found)


def _kept(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """What both have and is told so: where in the one, where in the other, how many parts; last an empty one."""
    for last, end, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        is_at_start = last == 0 and end == 0
        is_at_end = last + size == len(old) and end + size == len(new)
        words = sum(not part.isspace() for part in old[last : last + size])
        if is_at_start or is_at_end or words >= _FEWEST:
            yield last, end, size


def _told(change: Change, parts: Sequence[str]) -> Sequence[Passage]:
    return (Passage(change, "".join(parts)),) if parts else ()


def _change(before: str | None, after: str) -> Change:
    if before is None:
        return Change.ADDED
    return Change.SAME if before == after else Change.CHANGED
