"""The Danish that parents meet is easy to read. LIX (Björnsson 1968): words a sentence plus per cent of words longer
than six letters; below 35 is easy, and no text that is long enough to be counted is hard (55 and more).
"""

import re
import tomllib
from collections.abc import Iterator

from babel.messages.pofile import read_po

from parentsite.foundation.resources import TRANSLATIONS
from tests.databases import shipped_pack

EASY = 35
HARD = 55
COUNTED_FROM_WORDS = 12
"""Shorter, one long word decides the figure."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
END = re.compile(r"[.:!?](?=\s|$)")
NOT_WORDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>|https?://\S+")


def lix(text: str) -> float:
    plain = NOT_WORDS.sub("X", text)
    words = WORD.findall(plain)
    sentences = max(1, len(END.findall(plain)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def is_counted(text: str) -> bool:
    return len(WORD.findall(text)) >= COUNTED_FROM_WORDS


def test_the_measure_measures() -> None:
    """Two sentences of three words, one of the six longer than six letters."""
    assert round(lix("Vi ringer dig. Du kommer klokken.")) == 3 + 17


def test_what_the_pages_say_is_easy_danish() -> None:
    texts = list(_catalogue())
    assert lix(" ".join(text.rstrip(".") + "." for text in texts)) < EASY
    assert [(round(lix(text)), text) for text in texts if is_counted(text) and lix(text) >= HARD] == []


def test_what_the_town_s_pack_says_is_easy_danish() -> None:
    texts = list(_danish(tomllib.loads(shipped_pack())))
    assert lix(" ".join(text.rstrip(".") + "." for text in texts)) < EASY
    assert [(round(lix(text)), text) for text in texts if is_counted(text) and lix(text) >= HARD] == []


def _catalogue() -> Iterator[str]:
    with (TRANSLATIONS / "da" / "LC_MESSAGES" / "messages.po").open("rb") as text:
        for message in read_po(text, locale="da"):
            if message.id and message.string:
                yield from [message.string] if isinstance(message.string, str) else message.string


def _danish(value: object, key: str = "") -> Iterator[str]:
    """Every text under a key `da`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _danish(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _danish(inner, key)
    elif isinstance(value, str) and key == "da":
        yield value
