"""A whole key on paper: 32 bytes as 24 words, the last of which also holds eight bits that check the others.

Longer than a parent's phrase because it must open by itself: no file on the server and no cost of trying helps it.
"""

import hashlib
import re

from parentsite.counselling.rules.phrase import TooMuch, WrongCheck, WrongLength, WrongWords
from parentsite.counselling.rules.words import BITS, number_of, tidy, word_list

KEY_BYTES = 32
CHECK_BITS = 8
WORDS = (KEY_BYTES * 8 + CHECK_BITS) // BITS
LONGEST = 1000


def write(key: bytes) -> tuple[str, ...]:
    """The words of a key, to be printed and locked away."""
    number = int.from_bytes(key, "big") << CHECK_BITS | _check(key)
    places = (number >> BITS * after & 2**BITS - 1 for after in reversed(range(WORDS)))
    return tuple(word_list()[place] for place in places)


def read(typed: str) -> bytes:
    """The key whose words somebody typed; raises `Mistyped`, saying what is wrong."""
    if len(typed) > LONGEST:
        raise TooMuch(f"more than {LONGEST} characters")
    words = re.findall(r"[^\W\d_]+", tidy(typed))
    places = [number_of(word) for word in words]
    if unknown := [(at, words[at - 1]) for at, place in enumerate(places, 1) if place is None]:
        raise WrongWords(unknown)
    if len(places) != WORDS:
        raise WrongLength(len(places), WORDS, "words")
    number = 0
    for place in places:
        number = number << BITS | (place or 0)
    key = (number >> CHECK_BITS).to_bytes(KEY_BYTES, "big")
    if number % 2**CHECK_BITS != _check(key):
        raise WrongCheck("the check bits are wrong")
    return key


def _check(key: bytes) -> int:
    return hashlib.blake2b(key, digest_size=1, person=b"paper check").digest()[0]
