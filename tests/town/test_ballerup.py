"""The shipped pack: what was found, who said so, and nothing that nobody said."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from parentsite.town.directory import Access, ServiceCode
from parentsite.town.facilities import AgeGroup, FacilityKind, Unknown
from parentsite.town.facts import Fact, SourceKind
from parentsite.town.guidance import PassageCode, RouteCode
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.shipped import PACKS
from parentsite.town.search import find_facilities

DOCUMENT = (PACKS / "ballerup.toml").read_text(encoding="utf-8")
TOWN = parse_pack(DOCUMENT)
HOUSES = [facility for facility in TOWN.facilities if facility.kind is FacilityKind.HOUSE]


def facts(value: object = TOWN) -> Iterator[Fact]:
    """Every fact in the town, the settings among them."""
    if isinstance(value, Fact):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from facts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from facts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from facts(each)


def texts(value: object) -> Iterator[dict[str, str]]:
    """Every text of the document, by language."""
    if isinstance(value, dict):
        if "da" in value:
            yield value
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


TEXTS = list(texts(tomllib.loads(DOCUMENT)))


def test_five_districts_that_follow_the_schools() -> None:
    assert {district.name: district.school for district in TOWN.districts} == {
        "Baltorp": "Baltorpskolen",
        "Hedegården": "Hedegårdsskolen",
        "Måløvhøj": "Måløvhøj Skole",
        "Skovlunde": "Skovlunde Skole",
        "Skovvejen": "Skovvejens Skole",
    }


def test_every_house_that_was_found() -> None:
    counted = Counter(house.district for house in HOUSES)
    assert counted == {"hedegaarden": 3, "maaloevhoej": 5, "skovlunde": 2, "skovvejen": 4, None: 1}
    assert [facility.code for facility in TOWN.facilities if facility.kind is FacilityKind.CHILDMINDING] == [
        "dagplejen"
    ]


def test_houses_without_a_name_are_counted_and_not_invented() -> None:
    baltorp = TOWN.district("baltorp")
    skovlunde = TOWN.district("skovlunde")
    assert baltorp
    assert skovlunde
    assert (baltorp.houses_complete, baltorp.houses_unknown) == (False, 6)
    assert (skovlunde.houses_complete, skovlunde.houses_unknown) == (False, None)
    assert not any(facility.district == "baltorp" for facility in TOWN.facilities)


def test_norms() -> None:
    totals = {district.code: district.norm.total for district in TOWN.districts if district.norm}
    assert totals == {"baltorp": 623, "maaloevhoej": 487, "skovvejen": 446}


def test_places_now_and_earlier() -> None:
    globen = TOWN.facility("globen")
    assert globen
    assert globen.places
    assert (globen.places.under_three, globen.places.from_three) == (48, 60)
    (earlier,) = globen.earlier_places
    assert (earlier.under_three, earlier.from_three, earlier.units) == (36, 60, 132)
    assert earlier.as_of
    assert globen.places.as_of
    assert earlier.as_of.year < globen.places.as_of.year


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.code)
def test_units_count_a_child_under_three_twice(house: object) -> None:
    for places in (p for p in facts(house) if getattr(p, "units", None)):
        assert places.units == 2 * places.under_three + places.from_three  # type: ignore[attr-defined]


def test_two_houses_share_an_annexe() -> None:
    fregatten = TOWN.facility("fregatten")
    assert fregatten
    assert [house.code for house in TOWN.sharing_annexe(fregatten)] == ["stjernehoej"]


def test_a_house_that_also_takes_children_from_other_districts() -> None:
    assert {house.code: house.open_to_all.places for house in HOUSES if house.open_to_all} == {"valhalla-i-skoven": 20}


def test_one_house_at_three_places() -> None:
    house = TOWN.facility("nord-og-sydpolen-med-isbjerget")
    assert house
    both = frozenset(AgeGroup)
    nursery, kindergarten = frozenset({AgeGroup.NURSERY}), frozenset({AgeGroup.KINDERGARTEN})
    assert [site.groups for site in house.sites] == [nursery, kindergarten, both]


def test_a_planned_house_takes_no_wishes() -> None:
    assert [house.code for house in HOUSES if not house.takes_wishes(date(2026, 11, 22))] == ["kildedal"]


def test_no_house_pretends_to_known_hours() -> None:
    assert all(Unknown.HOURS in house.unknown for house in HOUSES)


def test_childminding_hours_make_the_48_of_the_rules() -> None:
    dagplejen = TOWN.facility("dagplejen")
    assert dagplejen
    assert dagplejen.hours
    assert [(row.first, row.last) for row in dagplejen.hours.rows] == [(1, 4), (5, 5)]
    assert [f"{row.opens:%H:%M}-{row.closes:%H:%M}" for row in dagplejen.hours.rows] == ["07:00-16:45", "07:00-16:00"]
    assert dagplejen.unknown == ()


def test_special_offers_are_no_facilities() -> None:
    assert [offer.code for offer in TOWN.special_offers] == ["specialgrupper", "sesam", "spiren"]
    assert not {offer.code for offer in TOWN.special_offers} & {facility.code for facility in TOWN.facilities}
    groups, sesam, spiren = TOWN.special_offers
    assert (groups.children, groups.units, groups.to_be_confirmed) == (15, None, True)
    assert [place.house for place in groups.places] == ["globen", "soendergaarden-og-junibakken"]
    assert (sesam.children, sesam.units) == (None, 25)
    assert spiren.hours
    assert spiren.hours.weekly == (15, 30)
    soendergaarden = TOWN.facility("soendergaarden-og-junibakken")
    assert soendergaarden
    assert TOWN.offers_at(soendergaarden) == (groups,)


def test_private_institutions_are_information_with_a_link() -> None:
    assert all(institution.url for institution in TOWN.private_institutions)
    assert len(TOWN.private_institutions) == 2


def test_services_with_the_contacts_that_were_found() -> None:
    assert {service.code for service in TOWN.services} == set(ServiceCode)
    contacts = {service.code.value: service.phone.digits for service in TOWN.services if service.phone}
    assert contacts == {
        "placement_office": "44772840",
        "citizen_service": "44772000",
        "daycare_centre": "44772000",
    }
    assert [service.mail for service in TOWN.services if service.mail] == ["pladsanvisning@balk.dk"]
    assert not any(service.hours for service in TOWN.services)
    assert TOWN.switchboard == "44 77 20 00"


def test_the_family_house_has_one_open_offer_and_four_by_referral() -> None:
    house = TOWN.service(ServiceCode.FAMILY_HOUSE)
    assert house
    assert Counter(offer.access for offer in house.offers) == {Access.ANONYMOUS: 1, Access.REFERRAL: 4}


def test_only_112_is_certain_until_somebody_has_called() -> None:
    assert [help_.phone.digits for help_ in TOWN.help_numbers if help_.is_certain] == ["112"]
    assert len(TOWN.help_numbers) == 9


def test_prices_are_old_and_say_so() -> None:
    assert [prices.valid_from.year for prices in TOWN.price_lists] == [2021, 2020, 2020, 2018]
    assert all(prices.as_of for prices in TOWN.price_lists)
    newest = {item.code: TOWN.price(item.code) for item in TOWN.price_items}
    assert {price[1].valid_from.year for price in newest.values() if price} == {2021}
    assert len([price for price in newest.values() if price]) == len(TOWN.price_items) == 12


@pytest.mark.parametrize("flex", ["nursery", "kindergarten"])
def test_a_flexplads_costs_three_quarters(flex: str) -> None:
    for prices in TOWN.price_lists:
        if flex in prices.kroner:
            assert prices.kroner[f"{flex}_flex"] == pytest.approx(0.75 * prices.kroner[flex], abs=1)


def test_everything_the_pages_need_is_there() -> None:
    assert [route.code for route in TOWN.routes] == list(RouteCode)
    assert set(TOWN.passages) == set(PassageCode)
    assert len(TOWN.order) == 5


def test_every_fact_names_a_source_and_every_source_is_used() -> None:
    stated = list(facts())
    assert len(stated) > 100
    assert all(TOWN.sources[fact.source.code] is fact.source for fact in stated)
    assert set(TOWN.sources) == {fact.source.code for fact in stated}


def test_facts_of_the_town_itself_are_never_stand_ins() -> None:
    stand_ins = {type(fact).__name__ for fact in facts() if fact.is_demo}
    assert stand_ins == {"Setting", "HelpNumber", "GroupKind", "OpenCounselling", "LetterTeam"}


def test_the_sources_of_the_settings() -> None:
    sources = {name: setting.source.kind for name, setting in TOWN.settings.named().items()}
    by_kind = {kind: {name for name, found in sources.items() if found is kind} for kind in SourceKind}
    assert by_kind[SourceKind.LAW] == {"right_from_weeks", "grace_weeks", "cap_months", "part_time_hours"}
    ages = {"older_group_from_months", "language_assessment_months"}
    assert by_kind[SourceKind.TOWN] == ages | {"notice", "school_start", "after_school_start"}
    assert by_kind[SourceKind.SITE] == {
        "draft_keep_days",
        "due_date_horizon_days",
        "visit_hold_minutes",
        "visit_keep_days",
        "group_size",
        "group_birth_weeks",
        "consent_reminder_days",
        "letter_reopen_days",
        "letter_quiet_days",
    }
    kinds = {f"group_kinds.{kind}" for kind in ("faedregruppe", "familiegruppe", "aaben-babygruppe")}
    teams = {f"letter_teams.{team.code}" for team in TOWN.letter_teams}
    assert set(TOWN.stand_ins()) == by_kind[SourceKind.DEMO] | kinds | teams | {"counselling"}


def test_what_the_law_says_is_set_as_the_law_says() -> None:
    settings = TOWN.settings
    values = (settings.right_from_weeks, settings.grace_weeks, settings.cap_months)
    assert [setting.value for setting in values] == [26, 4, 3]
    assert (settings.notice.value.months, settings.notice.value.to_days) == (1, (1, 15))


def test_the_six_visits_of_the_note() -> None:
    (plan,) = TOWN.visit_plans
    assert (plan.source.code, str(plan.as_of)) == ("note", "2018")
    assert [(visit.first, visit.last, visit.unit.value) for visit in plan.visits] == [
        (4, 6, "days"),
        (7, 10, "days"),
        (3, 4, "weeks"),
        (2, 2, "months"),
        (4, 6, "months"),
        (8, 9, "months"),
    ]


def test_the_groups_of_the_note() -> None:
    kinds = {kind.code: kind for kind in TOWN.group_kinds}
    noted = [code for code, kind in kinds.items() if kind.source.code == "note"]
    assert noted == ["moedregruppe", "unge-moedre", "multikulturel", "temaaften"]
    assert {kind.is_demo for code, kind in kinds.items() if code not in noted} == {True}
    assert {code for code, kind in kinds.items() if kind.is_sensitive} == {"unge-moedre", "multikulturel"}


def test_soendergaarden_in_every_spelling() -> None:
    for typed in ("soendergaarden", "sondergarden", "SØNDERGÅRDEN"):
        assert [house.name for house in find_facilities(TOWN, text=typed)] == ["Søndergården og Junibakken"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["en"][:40])
def test_arabic_is_arabic_and_keeps_the_danish_terms(text: dict[str, str]) -> None:
    assert re.search("[\u0600-\u06ff]", text["ar"])
    assert not re.search("[\u0660-\u0669]", text["ar"]), "numbers are written as on the rest of the site"
    danish_terms = re.findall(r"\(([^)]+)\)", text["en"])
    assert [term for term in danish_terms if term not in text["ar"]] == []


def lix(text: str) -> float:
    """Readability by Björnsson: below 35 is easy for most grown-ups."""
    words = re.findall(r"[\wæøå]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize(
    "danish",
    [text["da"] for text in TEXTS if text["da"].count(".") > 1],
    ids=lambda danish: danish[:40],
)
def test_danish_is_plain(danish: str) -> None:
    assert lix(danish) < 40
    assert not re.search(r"\bDeres\b|[a-zæøå,] Dem?\b", danish), "parents are du"


def test_danish_as_a_whole_is_plain() -> None:
    assert lix(" ".join(text["da"] for text in TEXTS if text["da"].endswith("."))) < 35
