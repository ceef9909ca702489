"""Help that can be found: no cookie, no topic in an address, nothing promised that nobody has checked."""

import pytest

from parentsite.foundation.i18n import LANGUAGES
from parentsite.town.directory import Access, ServiceCode
from parentsite.town.service import current_town
from parentsite.town.town import Town
from tests.page_laws import words
from tests.sites import Site
from tests.strict import Page

PATHS = ("hjaelp", "familiehuset")


@pytest.fixture
def town(site: Site) -> Town:
    with site.look() as work:
        return current_town(work.session)


def text(page: Page) -> str:
    return words(page.sheet.all("//main")[0])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_sets_no_cookie_and_asks_for_nothing(site: Site, path: str, language: str) -> None:
    page = site.client().get(f"/{language}/{path}")
    assert "Set-Cookie" not in page.headers
    assert page.sheet.all("//form|//input|//button") == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_can_be_pressed_puts_a_topic_into_an_address(site: Site, path: str) -> None:
    page = site.client().get(f"/da/{path}")
    own = [link for link in page.sheet.all("//a/@href") if link.startswith(("/", "#"))]
    assert own
    assert [link for link in own if "?" in link or "#" in link] == ["#main"]


@pytest.mark.parametrize("path", PATHS)
def test_the_way_out_is_the_first_thing_on_the_page(site: Site, path: str) -> None:
    page = site.client().get(f"/da/{path}")
    first = page.sheet.all("//body//a|//body//summary|//body//button")[0]
    assert (first.get("href"), first.get("rel")) == ("https://www.dmi.dk/", "noreferrer")
    assert first.get("target") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_stands_on_one_page_in_the_language(site: Site, town: Town, language: str) -> None:
    page = site.client().get(f"/{language}/hjaelp")
    unfolded = [words(one) for one in page.sheet.all("//details/summary")]
    assert [topic.name[language] for topic in town.help_topics if topic.name[language] not in unfolded] == []
    assert all(topic.text[language] in text(page) for topic in town.help_topics)


def test_every_service_and_every_number_is_there(site: Site, town: Town) -> None:
    page = site.client().get("/da/hjaelp")
    assert [one.name["da"] for one in town.services if one.name["da"] not in text(page)] == []
    called = page.sheet.all("//main//a/@href[starts-with(., 'tel:')]")
    assert [number.phone.shown for number in town.help_numbers if number.phone.uri not in called] == []


def test_only_112_stands_without_having_been_called(site: Site) -> None:
    page = site.client().get("/da/hjaelp")
    cards = {words(one.xpath(".//a")[0]): words(one) for one in page.sheet.all("//li[@class='panel']")}
    assert [number for number, said in cards.items() if "Ikke tjekket endnu" not in said] == ["112"]


def test_a_worry_about_a_child_says_whom_to_call_by_day_and_by_night(site: Site) -> None:
    (worry,) = site.client().get("/da/hjaelp").sheet.all("//details[summary='Jeg er bekymret for et barn']")
    assert worry.xpath(".//a/@href[starts-with(., 'tel:')]") == ["tel:+4544772092", "tel:+4543861448"]
    assert "Du behøver ikke sige dit navn" in words(worry)
    assert "inden for 24 timer" in words(worry)
    assert worry.xpath(".//p[@class='known']/a/@href") == ["https://ballerup.dk/node/27"]


def test_each_district_has_its_row_and_an_unknown_number_is_said_to_be_unknown(site: Site, town: Town) -> None:
    page = site.client().get("/da/hjaelp")
    rows = {words(row.find("dt")): words(row.find("dd")) for row in page.sheet.all("//dl[@class='summary']/div")}
    assert rows == {district.name: "Det ved vi ikke endnu." for district in town.districts}


def test_units_are_not_called_children(site: Site) -> None:
    assert "25 enheder. En enhed er ikke det samme som et barn." in text(site.client().get("/da/hjaelp"))


def test_the_family_house_says_first_what_needs_no_name_and_offers_no_way_to_apply(site: Site, town: Town) -> None:
    house = town.service(ServiceCode.FAMILY_HOUSE)
    assert house
    said = text(site.client().get("/da/familiehuset"))
    (open_to_all,) = (one for one in house.offers if one.access is Access.ANONYMOUS)
    by_referral = [one.name["da"] for one in house.offers if one.access is Access.REFERRAL]
    assert len(by_referral) == 4
    assert all(said.index(open_to_all.name["da"]) < said.index(name) for name in by_referral)
    assert "En socialrådgiver taler først med jer og henviser jer" in said
    assert "Forebyggende socialrådgivere" in said


def test_hours_that_nobody_has_decided_are_said_to_be_an_example(site: Site, town: Town) -> None:
    assert town.counselling
    assert town.counselling.is_demo
    (hours,) = site.client().get("/da/familiehuset").sheet.all("//div[dt='Åbningstider']/dd")
    assert "14.00–17.00" in words(hours)
    assert "Kun et eksempel." in words(hours)


def test_help_is_found_from_every_public_page(site: Site) -> None:
    assert "/da/hjaelp" in site.client().get("/da/plads").links()
