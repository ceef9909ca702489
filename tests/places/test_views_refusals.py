"""Every form of the parents, wrongly filled in: 422, what to mend with a way to it, and nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from parentsite.foundation.database import new_id
from parentsite.places.service import drafts
from parentsite.places.service.errors import Problem
from parentsite.places.views.problems import SAID, STEP_OF
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

BASE = "/mit/da/plads"
LONG = "x" * 201


@pytest.fixture
def family(site: Site) -> builders.Pair:
    with site.work() as now:
        return builders.family(now)


@pytest.fixture
def draft(site: Site, family: builders.Pair) -> UUID:
    with site.work() as now:
        return builders.draft(now, family, wishes=["globen"])


@pytest.fixture
def browser(site: Site, family: builders.Pair) -> Client:
    return site.parent(family.parent)


def ways(page: Page) -> list[str]:
    """Where the error summary leads; the page laws see to it that something is there."""
    return [str(link) for link in page.all("//*[contains(@class, 'error-summary')]//a/@href")]


def kept(page: Page, name: str) -> list[str]:
    """What stands in a field now."""
    inputs = page.all(f"//input[@name='{name}'][not(@type='radio' or @type='checkbox') or @checked]/@value")
    return [*inputs, *page.all(f"//select[@name='{name}']/option[@selected]/@value")]


def test_whatever_stands_in_the_way_has_words_and_a_step_where_it_is_mended() -> None:
    assert set(SAID) == set(STEP_OF) == set(Problem)


@pytest.mark.parametrize("missing", ["child", "care"])
def test_step_1_without_an_answer(browser: Client, family: builders.Pair, missing: str) -> None:
    answers: Mapping[str, str | None] = {"child": str(family.child), "care": "nursery", missing: None}
    page = browser.submit(browser.get(f"{BASE}/ny"), status=422, **answers)
    assert len(ways(page)) == 1
    given = "care" if missing == "child" else "child"
    assert kept(page, given) == [answers[given]]


@pytest.mark.parametrize("forged", [{"child": "no-child"}, {"care": "boarding school"}])
def test_step_1_with_a_choice_that_was_not_offered(browser: Client, forged: dict[str, str]) -> None:
    fields: dict[str, str | None] = {"care": "nursery"} | dict.fromkeys(forged)
    assert len(ways(browser.submit(browser.get(f"{BASE}/ny"), status=422, forged=forged, **fields))) == 1


def test_step_1_with_a_child_of_another_family(site: Site, browser: Client) -> None:
    with site.work() as now:
        stranger = builders.family(now).child
    for child in (stranger, new_id()):
        page = browser.submit(
            browser.get(f"{BASE}/ny"), status=422, forged={"child": str(child)}, child=None, care="nursery"
        )
        assert len(ways(page)) == 1


def test_step_1_for_a_child_that_stands_in_line_already(site: Site, browser: Client, family: builders.Pair) -> None:
    with site.work() as now:
        builders.sent(now, family)
    page = browser.submit(browser.get(f"{BASE}/ny"), status=422, care="childminding")
    assert len(ways(page)) == 1
    assert kept(page, "care") == ["childminding"]


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "2026-02-30", "12-06-2026", "2026-01-01", "2025-09-01", "2033-01-01", "2029-01-01", "0001-01-01"],
)
def test_step_2_with_a_day_that_cannot_be(browser: Client, draft: UUID, typed: str) -> None:
    page = browser.submit(browser.get(f"{BASE}/{draft}/dato"), status=422, wanted=typed)
    assert ways(page) == ["#wanted"]
    assert kept(page, "wanted") == [typed]
    (field,) = page.all("//input[@name='wanted']")
    assert field.get("aria-invalid") == "true"


def test_step_2_without_the_field(browser: Client, draft: UUID) -> None:
    page = browser.get(f"{BASE}/{draft}/dato")
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    assert ways(browser.post(page.path, {"csrf_token": token}, status=422)) == ["#wanted"]


def test_step_3_without_a_wish(site: Site, browser: Client, draft: UUID, family: builders.Pair) -> None:
    page = browser.get(f"{BASE}/{draft}/onsker")
    page = browser.follow(browser.submit(page, press="remove"))
    refused = browser.submit(page, press="next", status=422)
    assert ways(refused) == ["#facility"]
    with site.look() as now:
        assert drafts.read(now, family.parent, draft).wishes == ()


@pytest.mark.parametrize("facility", ["", "no-such-house", "kildedal", "globen'--"])
def test_step_3_with_a_house_that_cannot_be_wished_for(browser: Client, draft: UUID, facility: str) -> None:
    page = browser.get(f"{BASE}/{draft}/onsker")
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    refused = browser.post(page.path, {"csrf_token": token, "add": "", "facility": facility}, status=422)
    assert ways(refused) == ["#facility"]
    assert len(refused.all("//ol[@class='wishes']/li")) == 1


@pytest.mark.parametrize("press", ["up", "down", "remove"])
def test_step_3_with_a_wish_that_is_no_id_or_nobodys(browser: Client, draft: UUID, press: str) -> None:
    page = browser.get(f"{BASE}/{draft}/onsker")
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    browser.post(page.path, {"csrf_token": token, press: "first"}, status=404)
    browser.post(page.path, {"csrf_token": token, press: str(new_id())})
    assert len(browser.get(page.path).all("//ol[@class='wishes']/li")) == 1


def test_step_3_with_a_button_that_is_none(browser: Client, draft: UUID) -> None:
    page = browser.get(f"{BASE}/{draft}/onsker")
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    browser.post(page.path, {"csrf_token": token, "explode": "1"}, status=422)


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ({"hours": "many"}, "#hours"),
        ({"hours": "0"}, "#hours"),
        ({"hours": "61"}, "#hours"),
        ({"hours": "9" * 400}, "#hours"),
        ({"hours": "9" * 5000}, "#hours"),
        ({"home_languages": LONG}, "#home_languages"),
        ({"interpreter": "y" * 81}, "#interpreter"),
        ({"special_need": None}, "#special_need"),
    ],
)
def test_step_4_keeps_all_that_was_typed(browser: Client, draft: UUID, typed: dict[str, str | None], way: str) -> None:
    answers: dict[str, str | None] = {
        "hours": "37",
        "home_languages": "Somali",
        "interpreter": "Af-Soomaali",
        "special_need": "yes",
        "sibling": "globen",
        **typed,
    }
    page = browser.submit(browser.get(f"{BASE}/{draft}/familien"), status=422, **answers)
    assert [link.split("-")[0] for link in ways(page)] == [way]
    for name, value in answers.items():
        assert kept(page, name) == ([value] if value is not None else []), name


def test_step_4_with_a_house_that_is_none(browser: Client, draft: UUID) -> None:
    page = browser.get(f"{BASE}/{draft}/familien")
    refused = browser.submit(page, status=422, sibling=None, special_need="no", forged={"sibling": "castle"})
    assert ways(refused) == ["#sibling"]


def test_what_is_typed_comes_back_as_text_and_not_as_markup(browser: Client, draft: UUID) -> None:
    nasty = '"><script>alert(1)</script>'
    page = browser.submit(browser.get(f"{BASE}/{draft}/familien"), status=422, home_languages=nasty, special_need=None)
    assert kept(page, "home_languages") == [nasty]
    assert page.all("//main//script") == []


@pytest.mark.parametrize("revision", ["", "-1", "1.5", "many", "9" * 5000, "٣"])
def test_step_5_with_a_page_that_nobody_was_shown(browser: Client, draft: UUID, revision: str) -> None:
    page = browser.get(f"{BASE}/{draft}/tjek")
    refused = browser.submit(page, status=422, revision=revision)
    assert browser.submit(refused).location == f"{BASE}/{draft}/kvittering"


def test_step_5_says_that_another_window_has_changed_the_answers(
    site: Site, browser: Client, draft: UUID, family: builders.Pair
) -> None:
    page = browser.get(f"{BASE}/{draft}/tjek")
    with site.work() as now:
        drafts.save_family(now, family.parent, draft, replace(builders.NO_NEWS, hours=21))
    refused = browser.submit(page, status=422)
    assert "21" in refused.texts("//dd") or "21" in refused.text
    browser.submit(refused)


def test_step_5_says_what_is_not_answered(site: Site, browser: Client, family: builders.Pair) -> None:
    with site.work() as now:
        draft = builders.draft(now, family, wishes=[], about=None)
    page = browser.get(f"{BASE}/{draft}/tjek")
    assert [link.rsplit("/", 1)[1] for link in ways(page)] == ["onsker", "familien"]
    assert page.all("//main//form") == []
    token = browser.get(f"{BASE}/{draft}/onsker").all("//main//input[@name='csrf_token']/@value")[0]
    browser.post(page.path, {"csrf_token": token, "revision": "3"}, status=422)
