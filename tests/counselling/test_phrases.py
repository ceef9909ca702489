"""The secret in its two spellings: whatever way it is typed from paper it is the same, and a slip is explained."""

import random
import re
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.counselling.rules import paper
from parentsite.counselling.rules.message import holds_phrase
from parentsite.counselling.rules.phrase import (
    RANDOM_BITS,
    Mistyped,
    Phrase,
    TooMuch,
    WrongCheck,
    WrongLength,
    WrongWords,
    parse,
)
from parentsite.counselling.rules.words import number_of, some_words, spellings, word_list

phrases = st.integers(0, 2**RANDOM_BITS - 1).map(Phrase.of)
WITHOUT_DANISH_KEYS = (
    {"æ": "ae", "ø": "oe", "å": "aa"},
    {"æ": "ä", "ø": "ö", "å": "å"},
    {"æ": "a", "ø": "o", "å": "a"},
    {"æ": "ae", "ø": "o", "å": "aa"},
)
UNKIND = {
    "slagte",
    "tyve",
    "rygte",
    "krykke",
    "død",
    "grav",
    "krig",
    "slag",
    "blod",
    "sygdom",
    "mord",
    "vold",
    "mor",
    "far",
    "søster",
    "bror",
    "barn",
    "baby",
    "mave",
    "bryst",
    "krop",
    "gud",
    "kirke",
    "alene",
    "angst",
    "gråd",
    "sorg",
    "ensom",
    "kniv",
    "våben",
    "fængsel",
    "flugt",
    "straf",
    "smerte",
    "tyv",
    "fjende",
    "neger",
    "skam",
    "frygt",
    "skilt",
    "syg",
    "bange",
    "gal",
    "dum",
    "grim",
    "træls",
    "had",
    "anna",
    "peter",
    "lars",
    "mette",
    "sofie",
    "freja",
    "oscar",
    "william",
    "emma",
    "rune",
    "sten",
    "saga",
    "rose",
    "jasmin",
    "august",
    "vibe",
    "silke",
    "hans",
    "birk",
}
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class TestTheList:
    def test_it_has_as_many_words_as_eleven_bits_can_name(self) -> None:
        assert len(set(word_list())) == 2048

    def test_the_words_are_short_and_danish(self) -> None:
        assert all(re.fullmatch("[a-zæøå]{4,11}", word) for word in word_list())
        assert sum(len(word) for word in word_list()) / 2048 < 7

    def test_no_two_begin_alike_however_the_danish_letters_are_typed(self) -> None:
        beginnings = [start for word in word_list() for start in spellings(word)]
        assert len(beginnings) == len(set(beginnings))

    def test_four_letters_of_a_word_are_enough_on_any_keyboard(self) -> None:
        for place, word in enumerate(word_list()):
            for typed in WITHOUT_DANISH_KEYS:
                beginning = "".join(typed.get(letter, letter) for letter in word[:4])
                assert number_of(beginning) == number_of(word) == place, (word, beginning)

    def test_nothing_unkind_is_in_it(self) -> None:
        assert not UNKIND & set(word_list())


class TestSpellings:
    @given(phrases, st.randoms(use_true_random=False))
    def test_any_way_to_type_it_is_the_same_phrase(self, phrase: Phrase, chance: random.Random) -> None:
        keyboard = chance.choice(WITHOUT_DANISH_KEYS)
        words = [word[: chance.randint(4, len(word))] for word in phrase.words]
        typed = ["".join(keyboard.get(letter, letter) for letter in word) for word in words]
        cased = [chance.choice((str.upper, str.lower, str.title))(word) for word in typed]
        text = chance.choice(("-", " ", " - ", "\n", ", ", ". ", "  ")).join(cased)
        assert parse(unicodedata.normalize(chance.choice(("NFC", "NFD")), f" {text}.\n")) == phrase

    @given(phrases, st.sampled_from(("", " ", "-", "\n", " - ", ". ")), st.booleans())
    def test_so_it_is_as_digits(self, phrase: Phrase, between: str, eastern: bool) -> None:
        typed = between.join(phrase.digits)
        assert len("".join(phrase.digits)) == 24
        assert parse(typed.translate(EASTERN) if eastern else typed) == phrase

    @given(phrases)
    def test_numbers_before_the_words_do_no_harm(self, phrase: Phrase) -> None:
        assert parse("\n".join(f"{at}. {word}" for at, word in enumerate(phrase.words, 1))) == phrase

    @given(phrases)
    def test_it_goes_through_its_bytes(self, phrase: Phrase) -> None:
        assert Phrase.from_bytes(phrase.as_bytes) == phrase

    def test_new_ones_are_sound_and_differ(self) -> None:
        made = {Phrase.new().number for _ in range(200)}
        assert len(made) == 200
        assert all(Phrase(number).is_sound for number in made)

    def test_it_is_never_printed_by_accident(self) -> None:
        phrase = Phrase.new()
        assert str(phrase.number) not in repr(phrase)


class TestSlips:
    def test_a_word_that_is_not_in_the_list_is_named(self) -> None:
        words = list(Phrase.new().words)
        words[1], words[5] = "xyzzy", "Qwerty"
        with pytest.raises(WrongWords) as told:
            parse(" ".join(words))
        assert told.value.words == ((2, "xyzzy"), (6, "qwerty"))

    @given(phrases, st.integers(0, 6))
    def test_a_word_too_few_is_said(self, phrase: Phrase, gone: int) -> None:
        words = [word for at, word in enumerate(phrase.words) if at != gone]
        with pytest.raises(WrongLength) as told:
            parse(" ".join(words))
        assert (told.value.found, told.value.wanted, told.value.unit) == (6, 7, "words")

    def test_a_digit_too_few_is_said(self) -> None:
        with pytest.raises(WrongLength) as told:
            parse("".join(Phrase.new().digits)[:-1])
        assert (told.value.found, told.value.wanted, told.value.unit) == (23, 24, "digits")

    def test_one_wrong_word_of_the_list_is_nearly_always_found(self) -> None:
        chance, missed = random.Random(1), 0
        for _ in range(2000):
            words = list(Phrase.new().words)
            at = chance.randrange(7)
            words[at] = chance.choice([word for word in word_list() if word != words[at]])
            try:
                parse(" ".join(words))
                missed += 1
            except WrongCheck:
                pass
        assert missed < 2000 / 128 * 3

    @pytest.mark.parametrize("nothing", ["", "   ", "!?", "🙂"])
    def test_nothing_is_no_phrase(self, nothing: str) -> None:
        with pytest.raises(WrongLength):
            parse(nothing)

    @pytest.mark.parametrize("much", ["æble " * 2000, "1" * 10_000, "a" * 10_000])
    def test_ten_kilobytes_are_refused_unread(self, much: str) -> None:
        with pytest.raises(TooMuch):
            parse(much)

    @given(st.text(max_size=300))
    def test_no_text_at_all_breaks_it(self, text: str) -> None:
        with suppress(Mistyped):
            assert parse(text).is_sound
        holds_phrase(text)


class TestPaper:
    @given(st.binary(min_size=32, max_size=32))
    def test_a_key_comes_back_from_its_words(self, key: bytes) -> None:
        words = paper.write(key)
        assert len(words) == 24
        assert paper.read("\n".join(words).upper()) == key

    def test_slips_are_told(self) -> None:
        words = list(paper.write(bytes(range(32))))
        with pytest.raises(WrongLength):
            paper.read(" ".join(words[1:]))
        with pytest.raises(WrongWords):
            paper.read(" ".join(["xyzzy", *words[1:]]))
        with pytest.raises(WrongCheck):
            paper.read(" ".join([words[1], words[0], *words[2:]]))


def test_a_designation_is_two_words_of_the_list() -> None:
    made = {some_words(number.to_bytes(4, "big")) for number in range(0, 2**22, 9973)}
    assert len(made) == len(range(0, 2**22, 9973))
    assert all(set(one.split("-")) <= set(word_list()) and one.count("-") == 1 for one in made)
