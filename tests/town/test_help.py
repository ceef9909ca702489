"""Help in a town pack: what a parent comes with, whom to call about a worry, and who sits in which district."""

from datetime import date
from pathlib import Path

import pytest

from parentsite.town.directory import ServiceCode
from parentsite.town.facts import SourceKind
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.problems import PackError
from parentsite.town.pack.shipped import PACKS

LILLEBY = (Path(__file__).parent / "packs" / "lilleby.toml").read_text(encoding="utf-8")
BALLERUP = parse_pack((PACKS / "ballerup.toml").read_text(encoding="utf-8"))


def test_a_topic_leads_to_those_who_help() -> None:
    (topic,) = parse_pack(LILLEBY).help_topics
    assert [service.code for service in topic.services] == [ServiceCode.SOCIAL_WORKERS]
    assert [number.phone.digits for number in topic.numbers] == ["116111"]


def test_a_district_has_its_own_number_or_none() -> None:
    workers = parse_pack(LILLEBY).service(ServiceCode.SOCIAL_WORKERS)
    assert workers
    north = workers.contact_in("nord")
    assert north
    assert (north.phone.shown, north.checked_on) == ("99 99 00 03", date(2026, 2, 2))
    assert workers.contact_in("syd") is None


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('services = ["social_workers"]', 'services = ["family_house"]', "names 'family_house'"),
        ('numbers = ["116 111"]', 'numbers = ["1888"]', "names '1888'"),
        ('numbers = ["116 111"]', 'offers = ["sesam"]', "names 'sesam'"),
        ('by_day = "116 111"', 'by_day = "9999 0001"', "must be one of the help_numbers"),
        ('otherwise = "112"\n', "", "otherwise"),
        ('district = "nord", phone', 'district = "vest", phone', "no district 'vest'"),
        ('district = "nord", phone = "9999 0003"', 'district = "nord"', "phone"),
    ],
)
def test_what_leads_nowhere_is_refused(written: str, instead: str, told: str) -> None:
    assert LILLEBY.count(written) == 1
    with pytest.raises(PackError) as refused:
        parse_pack(LILLEBY.replace(written, instead))
    assert told in str(refused.value)


def test_the_town_tells_whom_to_call_about_a_child_by_day_and_by_night() -> None:
    concern = BALLERUP.concern
    assert concern
    assert (concern.by_day.phone.shown, concern.otherwise.phone.shown) == ("44 77 20 92", "43 86 14 48")
    assert concern.source.kind is SourceKind.TOWN


def test_every_service_that_helps_a_family_stands_under_some_topic() -> None:
    led_to = {service.code for topic in BALLERUP.help_topics for service in topic.services}
    offices = {ServiceCode.PLACEMENT_OFFICE, ServiceCode.CITIZEN_SERVICE, ServiceCode.DAYCARE_CENTRE}
    assert led_to | offices == set(ServiceCode)


def test_every_special_offer_stands_under_some_topic() -> None:
    led_to = {offer.code for topic in BALLERUP.help_topics for offer in topic.offers}
    assert led_to == {offer.code for offer in BALLERUP.special_offers}
