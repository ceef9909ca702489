"""The parent's secret: 70 random bits and 7 that check them, one number with two spellings.

As words (seven of the list) it is easy to remember and to say; as 24 digits it can be typed by anybody, whatever their
keyboard. Whoever types a word wrong is told which, before anything costly is done.
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from parentsite.counselling.rules.words import BITS, number_of, tidy, word_list

RANDOM_BITS, CHECK_BITS = 70, 7
WORDS = (RANDOM_BITS + CHECK_BITS) // BITS
DIGITS, GROUP = 24, 4
BYTES = 10
LONGEST = 300
"""Characters: whoever types more has not typed a phrase, and costs nothing."""


class Mistyped(Exception):
    """What was typed cannot be a phrase, and why; nobody has been asked whether it is somebody's."""


class WrongWords(Mistyped):
    """Some words are not in the list; `words` are those, as they were typed, by their places from 1."""

    def __init__(self, words: Sequence[tuple[int, str]]) -> None:
        super().__init__("not in the list")
        self.words = tuple(words)


class WrongLength(Mistyped):
    """So many words, or digits, were `found`, and `wanted` were expected; `unit` is "words" or "digits"."""

    def __init__(self, found: int, wanted: int, unit: str) -> None:
        super().__init__(f"{found} {unit}, not {wanted}")
        self.found, self.wanted, self.unit = found, wanted, unit


class TooMuch(Mistyped):
    """More was typed than any phrase holds."""


class WrongCheck(Mistyped):
    """Every word is in the list, but together they are no phrase: one is another than on paper, or two are swapped."""


@dataclass(frozen=True, slots=True, repr=False)
class Phrase:
    """One secret; it is never printed by accident."""

    number: int

    @classmethod
    def new(cls) -> "Phrase":
        """A secret that nobody has had before."""
        return cls.of(secrets.randbits(RANDOM_BITS))

    @classmethod
    def of(cls, chance: int) -> "Phrase":
        """The phrase of 70 random bits: they, and what checks them."""
        return cls(chance << CHECK_BITS | _check(chance))

    @property
    def is_sound(self) -> bool:
        """Whether the check bits are those of the others."""
        return self.number >> RANDOM_BITS + CHECK_BITS == 0 and self.number % 2**CHECK_BITS == _check(
            self.number >> CHECK_BITS
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The seven words."""
        places = (self.number >> BITS * after & 2**BITS - 1 for after in reversed(range(WORDS)))
        return tuple(word_list()[place] for place in places)

    @property
    def digits(self) -> tuple[str, ...]:
        """The 24 digits, in six groups of four."""
        written = f"{self.number:0{DIGITS}}"
        return tuple(written[at : at + GROUP] for at in range(0, DIGITS, GROUP))

    @property
    def as_bytes(self) -> bytes:
        """What keys are made from."""
        return self.number.to_bytes(BYTES, "big")

    @classmethod
    def from_bytes(cls, known: bytes) -> "Phrase":
        """The phrase that `as_bytes` was taken of."""
        return cls(int.from_bytes(known, "big"))


def parse(typed: str) -> Phrase:
    """The phrase that somebody typed in either spelling: capitals, hyphens, line breaks, ae for æ, four letters of a
    word and other alphabets' digits are all the same. Raises `Mistyped`, saying what is wrong.
    """
    if len(typed) > LONGEST:
        raise TooMuch(f"more than {LONGEST} characters")
    words = _words_in(typed)
    digits = digits_in(typed)
    if words or not digits:
        return _from_words(words)
    if len(digits) != DIGITS:
        raise WrongLength(len(digits), DIGITS, "digits")
    return _sound(int(digits))


def from_places(places: Sequence[int]) -> Phrase:
    """The phrase whose words stand at these places of the list; it may be unsound."""
    number = 0
    for place in places:
        number = number << BITS | place
    return Phrase(number)


def digits_in(text: str) -> str:
    """The digits of a text, whatever alphabet they are written in, as 0-9."""
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())


def _from_words(words: Sequence[str]) -> Phrase:
    places = [number_of(word) for word in words]
    if unknown := [(at, words[at - 1]) for at, place in enumerate(places, 1) if place is None]:
        raise WrongWords(unknown)
    if len(places) != WORDS:
        raise WrongLength(len(places), WORDS, "words")
    return _sound(from_places([place for place in places if place is not None]).number)


def _sound(number: int) -> Phrase:
    phrase = Phrase(number)
    if not phrase.is_sound:
        raise WrongCheck("the check bits are wrong")
    return phrase


def _words_in(typed: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", tidy(typed))


def _check(chance: int) -> int:
    digest = hashlib.blake2b(chance.to_bytes(BYTES, "big"), digest_size=1, person=b"phrase check").digest()
    checked: int = digest[0] % 2**CHECK_BITS
    return checked
