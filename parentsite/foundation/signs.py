"""Which signs our fonts can print, and a text made of those alone: PDF/UA allows no sign without a shape."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from parentsite.foundation.resources import PAPER

MISSING = "\N{REPLACEMENT CHARACTER}"
"""Printed in place of a sign that no font of ours has."""
BYTE_ORDER_MARK = "\ufeff"
"""PDF/UA refuses it in the middle of a text, whatever the fonts have."""
SHAPELESS = {BYTE_ORDER_MARK, "\N{COMBINING GRAPHEME JOINER}", *map(chr, range(0xFE00, 0xFE10))}
"""In a paragraph of nothing else the typesetter tags nothing; in our fonts no letter looks otherwise for them."""
MOST_MARKS = 4
"""On one letter; Arabic has up to three. The typesetter takes minutes over thousands."""
LONGEST_WORD = 40
"""Letters; a line takes some 45 of the widest."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_UNSEEN = ("Cc", "Cf", "Mn")


def printable(text: str) -> str:
    """The text with `MISSING` where a sign cannot be printed; what has no shape of its own is left out. Words that no
    line takes may be broken anywhere.
    """
    printed = "".join(_printed(sign) for sign in _without_heaps(unicodedata.normalize("NFC", text)))
    return _LONG_WORD.sub(_breakable, printed)


@cache
def known_signs() -> frozenset[str]:
    """Every sign that our fonts have, in regular and in bold; read once, when the first PDF is made."""
    ranges = (line.split("-") for line in (PAPER / "coverage.txt").read_text(encoding="ascii").split())
    signs = (chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
    return frozenset(sign for sign in signs if unicodedata.category(sign) != "Cc") - SHAPELESS


def _without_heaps(text: str) -> Iterator[str]:
    """The text without the marks that are heaped on one letter beyond `MOST_MARKS`."""
    heaped = 0
    for sign in text:
        heaped = heaped + 1 if unicodedata.combining(sign) else 0
        if heaped <= MOST_MARKS:
            yield sign


def _printed(sign: str) -> str:
    if sign in known_signs():
        return sign
    return "" if unicodedata.category(sign) in _UNSEEN else MISSING


def _breakable(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join(word[0])
