"""What a new version says differently: area by area, and inside an area word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto

_PARTS = re.compile(r"\s+|[^\s]+")


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
    """The two texts of one area beside one another, in reading order; what is gone stands before what replaced it."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    found: list[Passage] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Passage(Change.SAME, "".join(old[first:last])))
            continue
        found += [Passage(Change.REMOVED, "".join(old[first:last]))] if last > first else []
        found += [Passage(Change.ADDED, "".join(new[start:end]))] if end > start else []
    return tuple(found)


def _change(before: str | None, after: str) -> Change:
    if before is None:
        return Change.ADDED
    return Change.SAME if before == after else Change.CHANGED
