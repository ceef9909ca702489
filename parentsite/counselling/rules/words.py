"""The 2,048 words that phrases and designations are made of: short friendly Danish words, none of them a name, none
about body, violence, family or faith; no two alike in their first four letters, however æ, ø and å are typed.
"""

import unicodedata
from functools import cache
from itertools import product
from pathlib import Path

BITS = 11
"""What one word says: its place in the list."""
LETTERS = 4
"""So many letters of a word are enough."""

_FILE = Path(__file__).with_name("words.txt")
_TYPED = {"æ": ("ae", "a"), "ø": ("oe", "o"), "å": ("aa", "a")}
_AS_DANISH = str.maketrans("äöœ", "æøø")


@cache
def word_list() -> tuple[str, ...]:
    """The words, in the order that gives each its number. The order never changes: phrases on paper depend on it."""
    return tuple(_FILE.read_text(encoding="utf-8").split())


def number_of(typed: str) -> int | None:
    """The place of a word that somebody typed, in any case and spelling; none when the list has no such word."""
    return _places().get(_two_letters(tidy(typed))[:LETTERS])


def tidy(typed: str) -> str:
    """Text as the list is written: small letters, composed, ä and ö as the Danish letters that they stand for."""
    return unicodedata.normalize("NFC", typed).lower().translate(_AS_DANISH)


def spellings(word: str) -> frozenset[str]:
    """Every way to type the beginning of a word: with ae or a for æ, oe or o for ø, aa or a for å."""
    ways = product(*(_TYPED.get(letter, (letter,)) for letter in word[:LETTERS]))
    rest = _two_letters(word[LETTERS:])
    return frozenset(("".join(way) + rest)[:LETTERS] for way in ways)


def some_words(chance: bytes, count: int = 2) -> str:
    """A friendly name of a few words for something that has no other, made from random bytes."""
    number, words = int.from_bytes(chance, "big"), word_list()
    return "-".join(words[number >> BITS * each & 2**BITS - 1] for each in range(count))


@cache
def _places() -> dict[str, int]:
    return {start: place for place, word in enumerate(word_list()) for start in spellings(word)}


def _two_letters(text: str) -> str:
    return "".join(_TYPED[letter][0] if letter in _TYPED else letter for letter in text)
