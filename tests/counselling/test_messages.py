"""What a message may hold: its phrase and a CPR number never; a way to find the writer only when asked."""

import pytest
from babel.messages.pofile import read_po

from parentsite.counselling.rules.message import LONGEST, Trouble, holds_phrase, trouble_with
from parentsite.counselling.rules.phrase import Phrase
from parentsite.foundation.resources import TRANSLATIONS

PHRASE = Phrase.new()
WORDS, DIGITS = PHRASE.words, PHRASE.digits

PLAIN = (
    "ja",
    "Vi skændes hele tiden, og min søn på 4 år sover dårligt. Hvad gør jeg?",
    "Hun er født den 12. marts 2021, og det var kl. 14.30.",
    "Vi får 12.345,67 kr. om måneden og betaler 8.900 i husleje.",
    "Jeg ringede til 112 i går, og 1813 bagefter.",
    "ابني لا ينام جيدًا",
    "Barnet er 24 måneder og 3 uger, det vejer 12,5 kg.",
    "3213999999",
)


@pytest.mark.parametrize("text", PLAIN)
def test_what_parents_write_is_taken(text: str) -> None:
    assert trouble_with(text) is None


@pytest.mark.parametrize(
    "text",
    [
        " ".join(WORDS),
        "Min kode er " + "-".join(WORDS).upper() + ", husk den.",
        "\n".join(f"{at}) {word[:4]}" for at, word in enumerate(WORDS, 1)),
        "her: " + " ".join(DIGITS),
        "".join(DIGITS),
        "tallet er " + " - ".join(DIGITS) + "!",
        "".join(DIGITS).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        "7" + "".join(DIGITS) + "7",
        "ja ja ja " + ", ".join(WORDS) + " og en blomst",
    ],
    ids=("words", "capitals", "list", "digits", "one number", "dashes", "arabic digits", "inside a number", "commas"),
)
def test_the_phrase_is_found_in_any_spelling(text: str) -> None:
    assert holds_phrase(text) or any(letter.isdecimal() and not letter.isascii() for letter in text)
    assert trouble_with(text) is Trouble.PHRASE
    assert trouble_with(text, asked=True) is Trouble.PHRASE


def test_no_sentence_of_the_sites_own_is_taken_for_a_phrase() -> None:
    with (TRANSLATIONS / "da" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        said = [str(message.string) for message in read_po(file) if message.id]
    assert len(said) > 500
    assert [text for text in said if holds_phrase(text)] == []


def test_six_of_the_words_are_not_the_phrase() -> None:
    assert not holds_phrase(" ".join(WORDS[:6]))


@pytest.mark.parametrize(
    "text",
    ["010120-1234", "cpr 0101201234.", "01 01 20 1234", "01.01.20-1234", "٠١٠١٢٠١٢٣٤", "610120-1234", "290200 1111"],
)
def test_a_cpr_number_is_refused_also_when_asked(text: str) -> None:
    assert trouble_with(f"Min datter har {text}") is Trouble.CPR
    assert trouble_with(f"Min datter har {text}", asked=True) is Trouble.CPR


@pytest.mark.parametrize(
    "text",
    [
        "ring til mig på 12 34 56 78",
        "tlf. 12345678",
        "1234 5678",
        "+45 12 34 56 78",
        "0046 70 123 45 67",
        "skriv til mor@example.org",
        "Jeg hedder Freja",
        "mit navn er Ali",
        "My name is Sara",
        "اسمي سارة",
        "Mvh Jonas",
    ],
)
def test_a_way_to_find_the_writer_is_asked_about_once(text: str) -> None:
    assert trouble_with(text) is Trouble.WHO_YOU_ARE
    assert trouble_with(text, asked=True) is None


def test_nothing_and_too_much() -> None:
    assert trouble_with(" \n") is Trouble.EMPTY
    assert trouble_with("a" * (LONGEST + 1)) is Trouble.TOO_LONG
    assert trouble_with("a " * (LONGEST // 2)) is None
