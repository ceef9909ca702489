"""Houses are found as people type."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.town.facilities import AgeGroup
from parentsite.town.pack.parse import parse_pack
from parentsite.town.search import danish_order, find_facilities, fold

PACK = (Path(__file__).parent / "packs" / "lilleby.toml").read_text(encoding="utf-8")
CHILDMINDING = '\n[childminding.dagplejen]\nname = "Dagplejen"\nsource = "rules"\nages = { groups = ["0-2"] }\n'
TOWN = parse_pack(PACK + CHILDMINDING)


def found(**by: str) -> list[str]:
    return [facility.code for facility in find_facilities(TOWN, **by)]


@pytest.mark.parametrize(
    "spelling", ["soendergaarden", "sondergarden", "SØNDERGÅRDEN", "Søndergården", "  søndergaarden. "]
)
def test_one_spelling_for_all(spelling: str) -> None:
    assert fold(spelling) == fold("Søndergården")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("aeble", "aeblehaven"),
        ("ÆBLE", "aeblehaven"),
        ("able", "aeblehaven"),
        ("ørsted", "oerstedhus"),
        ("OERSTED", "oerstedhus"),
        ("orsted", "oerstedhus"),
        ("aahus", "aahuset"),
        ("åhus", "aahuset"),
        ("ahus", "aahuset"),
        (unicodedata.normalize("NFD", "Åhus"), "aahuset"),
        ("cafe muller", "aahuset"),
        ("skolegade 1", "aeblehaven"),
        ("9999", "aeblehaven"),
        ("haven skole", "aeblehaven"),
        ("sydskolen", "aahuset"),
    ],
)
def test_text_finds_names_addresses_schools_and_former_names(typed: str, code: str) -> None:
    assert found(text=typed) == [code]


def test_every_word_must_be_found() -> None:
    assert found(text="skuret") == ["aeblehaven", "oerstedhus"]
    assert found(text="skuret ørsted") == ["oerstedhus"]
    assert found(text="skuret nothing") == []


def test_no_text_finds_all_in_the_order_of_the_danish_alphabet() -> None:
    assert found() == ["dagplejen", "aeblehaven", "oerstedhus", "aahuset"]
    assert found(text=" .,- ") == found()


def test_by_district_with_childminding_for_every_district() -> None:
    assert found(district="syd") == ["dagplejen", "aahuset"]
    assert found(district="nowhere") == ["dagplejen"]


def test_by_age_group_the_unknown_among_them() -> None:
    assert found(age_group="0-2") == ["dagplejen", "aeblehaven", "aahuset"]
    assert found(age_group=AgeGroup.KINDERGARTEN) == ["aeblehaven", "oerstedhus", "aahuset"]


def test_an_age_group_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="7"):
        found(age_group="7+")


def test_the_danish_alphabet() -> None:
    names = ["Åhuset", "Zoo", "Ørsted", "Aagård", "Æble", "Abe"]
    assert sorted(names, key=danish_order) == ["Abe", "Zoo", "Æble", "Ørsted", "Aagård", "Åhuset"]


@given(st.text())
def test_folding_takes_whatever_is_typed_and_twice_is_once(text: str) -> None:
    find_facilities(TOWN, text=text)
    assert fold(text.upper()) == fold(text.upper().casefold())
