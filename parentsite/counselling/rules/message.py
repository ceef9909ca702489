"""What a message may hold: never its own phrase, never a CPR number; a way to find the writer only when asked twice."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from parentsite.counselling.rules.phrase import DIGITS, WORDS, Phrase, digits_in, from_places
from parentsite.counselling.rules.words import number_of, tidy

LONGEST = 10_000
"""Characters of one message."""


class Trouble(StrEnum):
    """Why a message is not taken as it stands; the last one asks only, and asks once."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    PHRASE = "phrase"
    CPR = "cpr"
    WHO_YOU_ARE = "who_you_are"


_STAND_IN = 60
_SEPARATED = r"[\s.\-/_]*"
_CPR = re.compile(rf"(?<!\d)(\d\d)[\s.\-/]?(\d\d)[\s.\-/]?(\d\d){_SEPARATED}(\d{{4}})(?!\d)")
_RUN_OF_DIGITS = re.compile(r"\d(?:[\s.,;:\-–/_|]*\d)*")
_PHONE = re.compile(
    r"(?<![\d])(?:(?:\+|00)[\s\-]?\d{1,3}[\s\-]?(?:\d[\s\-]?){6,12}|\d{8}|\d{4}[ \-]\d{4}|\d\d(?:[ \-.]\d\d){3})(?!\d)"
)
# Bounded, so that no text of 10,000 characters takes long to look through.
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,100}\.[^\s@]{2}")
_NAME = re.compile(r"\b(?:jeg hedder|(?:mit|mine?) navn er|mvh|my name is|call me|اسمي|أدعى)\b")


def trouble_with(text: str, asked: bool = False) -> Trouble | None:
    """The first reason not to take a message; with `asked`, the writer has been asked once and wants to send it so."""
    plain = _latin_digits(text)
    if not text.strip():
        return Trouble.EMPTY
    if len(text) > LONGEST:
        return Trouble.TOO_LONG
    if holds_phrase(plain):
        return Trouble.PHRASE
    if any(_is_birth(match) for match in _CPR.finditer(plain)):
        return Trouble.CPR
    tells = _PHONE.search(plain) or _MAIL.search(plain) or _NAME.search(tidy(plain))
    return Trouble.WHO_YOU_ARE if tells and not asked else None


def holds_phrase(text: str) -> bool:
    """Whether any phrase stands in a text, in either spelling, however it is broken up."""
    words = re.findall(r"[^\W\d_]+", tidy(text))
    places = [number_of(word) for word in words]
    runs = (digits_in(match[0]) for match in _RUN_OF_DIGITS.finditer(text))
    return any(_phrases_of(places)) or any(any(_phrases_in(digits)) for digits in runs)


def _phrases_of(places: list[int | None]) -> Iterator[bool]:
    for start in range(len(places) - WORDS + 1):
        window = [place for place in places[start : start + WORDS] if place is not None]
        if len(window) == WORDS and from_places(window).is_sound:
            yield True


def _phrases_in(digits: str) -> Iterator[bool]:
    for start in range(len(digits) - DIGITS + 1):
        if Phrase(int(digits[start : start + DIGITS])).is_sound:
            yield True


def _is_birth(match: re.Match[str]) -> bool:
    """Ten digits are a CPR number when they begin with a day: since 2007 nothing else about them is sure. One that
    stands in for a number not given yet counts its days from 61.
    """
    day, month, year = (int(part) for part in match.groups()[:3])
    day -= _STAND_IN if day > _STAND_IN else 0
    try:
        date(2000 + year, month, day)
    except ValueError:
        return (day, month) == (29, 2)
    return True


def _latin_digits(text: str) -> str:
    return "".join(digits_in(letter) if letter.isdecimal() else letter for letter in text)
