"""Without a mouse, on a page that changes under the fingers: where the keyboard is, and what is said."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import LANGUAGES
from tests import builders, seen
from tests.browser import Device, focused, tab_to
from tests.databases import MOMENT
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent, words
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

TODAY = local_date(MOMENT)


def press_enter(locator: Locator) -> Page:
    """Go there with the Tab key, press Enter, and wait for the next page."""
    page = tab_to(locator).page
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def test_five_steps_with_the_keyboard_alone(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    parent.visitor.go(parent.home)
    page = press_enter(parent.page.locator("button[value=jonas-lund]"))
    page.goto(f"{parent.home}plads/ny")
    page.keyboard.press("Tab")
    assert focused(page)["text"] == words("da", "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page.locator("input[name=child]").first)
    page.keyboard.press("Space")
    tab_to(page.locator("input[name=care]").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=care][value=childminding]")).to_be_checked()
    press_enter(page.locator(GO_ON))
    press_enter(page.locator(GO_ON))
    for place in ("Troldebo", "Dagplejen"):
        tab_to(page.locator("select[name=facility]"))
        page.keyboard.type(place)
        tab_to(page.locator("button[name=add]"))
        page.keyboard.press("Enter")
        expect(page.locator(".wishes")).to_contain_text(place)
    tab_to(page.locator("button[name=up]").nth(1))
    page.keyboard.press("Enter")
    expect(page.locator(".wishes li").first).to_contain_text("Dagplejen")
    press_enter(page.locator("button[name=next]"))
    tab_to(page.locator("input[name=special_need]").first)
    page.keyboard.press("Space")
    press_enter(page.locator(GO_ON))
    press_enter(page.locator(GO_ON))
    parent.says("We have got your application")
    parent.visitor.calm()


@pytest.mark.parametrize("language", ["da", "ar"])
def test_moving_a_wish_keeps_the_place_and_is_told(language: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    with town.work() as work:
        family = builders.family(work, language=language)
        houses = builders.houses(work)[:3]
        draft = builders.draft(work, family, wishes=houses)
    parent = Parent(new_visitor(Device(language=language)))
    town.admit(parent.visitor, family.parent)
    page, told = parent.page, parent.page.locator("#live")
    parent.visitor.go(f"{parent.home}plads/{draft}/onsker")
    last = page.locator(".wishes li").nth(2)
    up = tab_to(last.locator("button[name=up]")).get_attribute("id")
    page.keyboard.press("Enter")
    expect(told).to_have_text(words(language, "Moved up."))
    assert focused(page)["id"] == up
    expect(page.locator(f".wishes li:nth-child(2) #{up}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f".wishes li:nth-child(1) #{up}")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "down"
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "remove"
    page.keyboard.press("Enter")
    expect(told).to_have_text(words(language, "Removed from your wishes."))
    expect(page.locator(".wishes li")).to_have_count(2)
    expect(page.locator("h2#wishes")).to_be_focused()
    tab_to(page.locator("button[name=add]"))
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    parent.says("Choose from the list first.", ".error-summary")
    assert seen.accessibility(page) == []
    tab_to(page.locator("select[name=facility]")).select_option(houses[2])
    tab_to(page.locator("button[name=add]"))
    page.keyboard.press("Enter")
    expect(told).to_have_text(words(language, "Added to your wishes."))
    expect(page.locator("button[name=add]")).to_be_focused()
    parent.visitor.calm(refusals=[422])


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_form_leads_to_what_is_wrong(script: bool, town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor(Device(script=script)))
    page = parent.enter("thomas-brandt")
    page.goto(f"{parent.home}barn")
    page.locator("input[name=day]").fill((TODAY - timedelta(days=4000)).isoformat())
    page.locator("input[name=name]").fill("Bo")
    parent.go_on()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("input[name=name]")).to_have_value("Bo")
    page.locator(".error-summary a").first.press("Enter")
    assert focused(page)["name"] == "kind"
    page.keyboard.press("Space")
    parent.go_on()
    expect(page.locator("input[name=kind]:checked")).to_have_count(1)
    expect(page.locator("input[name=day]")).to_have_attribute("aria-invalid", "true")
    parent.visitor.calm(refusals=[422])


@pytest.mark.parametrize("language", ["da", "ar"])
def test_when_the_town_cannot_be_reached_it_is_said_and_nothing_is_lost(
    language: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(Device(language=language))
    page = visitor.go(f"/{language}/bornehuse")
    page.route("**/bornehuse?**", lambda route: route.abort())
    page.locator("input[name=q]").fill("skoven")
    page.locator("form.filter button").click()
    trouble = page.locator("#trouble")
    message = "We could not reach the town just now. What you typed is still here. Please try again."
    expect(trouble).to_have_text(words(language, message))
    expect(trouble).to_be_focused()
    expect(page.locator("input[name=q]")).to_have_value("skoven")
    page.unroute("**/bornehuse?**")
    page.locator("form.filter button").click()
    expect(trouble).to_be_empty()
    expect(page.locator("#_houses li")).not_to_have_count(16)
    assert not visitor.watch.strangers


def test_dates_are_told_beside_the_field_and_to_a_screen_reader(town: RunningSite, new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    page = visitor.go("/da/plads")
    born = date(2026, 1, 5)
    tab_to(page.locator("input[name=birth]"))
    page.locator("input[name=birth]").fill(born.isoformat())
    page.keyboard.press("Enter")
    dates = page.locator("#_dates")
    expect(dates).to_contain_text(LANGUAGES["da"].long_date(born + timedelta(weeks=26)))
    expect(dates).to_have_attribute("aria-live", "polite")
    assert focused(page)["name"] == "birth"
    visitor.calm()
