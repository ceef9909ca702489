"""What a new version says differently: area by area, and inside an area word by word."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto
from itertools import takewhile
from operator import eq

_PARTS = re.compile(r"\s+|[^\s]+")
_FEWEST = 3
"""Words that two changes must have between them to be told as unchanged."""
_MOST_PAIRS = 50_000
"""Of a word and the same word in the other text; two pages of ordinary text have half as many. What it takes to find
the changes grows with their square, and a page is not to wait for a text that says one word three thousand times.
"""


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
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    inside = _kept(old[begin : len(old) - end], new[begin : len(new) - end])
    blocks = [(begin + last, begin + at, size) for last, at, size in inside]
    found, first, start = [*_told(Change.SAME, old[:begin])], begin, begin
    for last, at, size in (*blocks, (len(old) - end, len(new) - end, end)):
        found += _told(Change.REMOVED, old[first:last])
        found += _told(Change.ADDED, new[start:at])
        found += _told(Change.SAME, old[last : last + size])
        first, start = last + size, at + size
    return tuple(found)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts both begin with."""
    return len(list(takewhile(bool, map(eq, old, new))))


def _kept(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[int, int, int]]:
    """What both have and is told so: where in the one, where in the other, how many parts; nothing where it would take
    minutes to find.
    """
    often = Counter(word for word in new if not word.isspace())
    if sum(often[word] for word in old) > _MOST_PAIRS:
        return ()
    blocks = SequenceMatcher(str.isspace, old, new, autojunk=False).get_matching_blocks()
    return [one for one in blocks if sum(not part.isspace() for part in old[one.a : one.a + one.size]) >= _FEWEST]


def _told(change: Change, parts: Sequence[str]) -> Sequence[Passage]:
    return (Passage(change, "".join(parts)),) if parts else ()


def _change(before: str | None, after: str) -> Change:
    if before is None:
        return Change.ADDED
    return Change.SAME if before == after else Change.CHANGED
