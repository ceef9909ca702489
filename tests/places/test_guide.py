"""The guide says who decides what, and promises no more than the law does."""

import pytest

from parentsite.town.town import Town
from tests.sites import Site

LANGUAGES = ("da", "en", "ar")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
def test_private_houses_are_nobodys_to_give_and_have_their_own_pages(site: Site, town: Town, language: str) -> None:
    browser = site.client()
    guide = browser.get(f"/{language}/plads")
    assert town.passage("private_institutions").text[language] in guide.text
    (way,) = guide.all("//main//a[contains(@href, '#private')]/@href")
    houses = browser.get(way.partition("#")[0])
    assert houses.all("//*[@id='private']")
    for one in town.private_institutions:
        assert houses.all(f"//main//a[@href='{one.url}']"), one.name


@every_language
def test_each_way_says_who_decides(site: Site, town: Town, language: str) -> None:
    guide = site.client().get(f"/{language}/plads").text
    for route in town.routes:
        assert route.decides[language] in guide


def test_seniority_is_a_date_of_each_wish_and_not_how_long_somebody_has_waited(site: Site) -> None:
    guide = site.client().get("/da/plads").text
    assert "ventet længst" not in guide
    assert "Hvert ønske har sin egen dato" in guide
    assert "anciennitetsdatoen" in guide
