"""Finding houses as people type: accents, capitals and the two spellings of æ, ø and å do not matter."""

import re
import unicodedata
from functools import lru_cache

from parentsite.town.facilities import AgeGroup, Facility, FacilityKind
from parentsite.town.town import Town

_LETTERS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "đ": "d", "ð": "d", "ł": "l", "ı": "i"})
_DIGRAPHS = re.compile("ae|oe|aa")
_WORD = re.compile(r"[^\W_]+")
_ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def fold(text: str) -> str:
    """One spelling for all: `Søndergården`, `soendergaarden` and `SONDERGARDEN` are the same.

    Something is lost (`ae` becomes `a`), which is well as long as both sides of a comparison are folded.
    """
    small = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))
    return _DIGRAPHS.sub(lambda pair: pair[0][0], " ".join(_WORD.findall(plain)))


def danish_order(name: str) -> str:
    """A key that sorts as the Danish alphabet does: æ, ø and å (and the old aa) come last."""
    return unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_ALPHABET)


def find_facilities(
    town: Town, district: str | None = None, age_group: str | None = None, text: str = ""
) -> tuple[Facility, ...]:
    """The facilities that fit, in alphabetical order; planned ones are among them.

    A facility whose ages are unknown fits every age group: unknown is not no. Childminding serves every
    district. Every word of `text` must stand in a name, former name, address, district or school. Raises
    ValueError for an age group that does not exist; an unknown district has no facilities of its own.
    """
    group = AgeGroup(age_group) if age_group else None
    words = fold(text).split()
    haystacks = _haystacks(town)
    found = [
        facility
        for facility in town.facilities
        if (not district or _serves(facility, district))
        and (group is None or facility.may_take(group))
        and all(word in haystacks[facility.code] for word in words)
    ]
    return tuple(sorted(found, key=lambda facility: danish_order(facility.name)))


def _serves(facility: Facility, district: str) -> bool:
    if facility.district is None:
        return facility.kind is FacilityKind.CHILDMINDING
    return facility.district == district


@lru_cache(maxsize=4)
def _haystacks(town: Town) -> dict[str, str]:
    """What is searched, folded once for each pack."""
    return {facility.code: fold(" ".join(_words_of(town, facility))) for facility in town.facilities}


def _words_of(town: Town, facility: Facility) -> list[str]:
    district = town.district(facility.district)
    return [
        facility.name,
        facility.code,
        facility.annexe or "",
        *facility.replaced,
        *(site.name or "" for site in facility.sites),
        *map(str, facility.addresses),
        *([district.name, district.school] if district else []),
    ]
