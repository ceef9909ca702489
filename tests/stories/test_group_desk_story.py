"""A group from the desk's side: made, families invited, a parent joins, a message, a meeting moved, and closed."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser import Device, Screen
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Clerk, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

DISTRICT, BORN, ADDRESS = "skovvejen", date(2026, 1, 11), "Prøvestien 1, stuen"
WORDS = "Tag et tæppe med på torsdag."
DEVICES = {"wide": Device(Screen.WIDE), "phone-without-script": Device(script=False)}


@pytest.mark.parametrize("name", DEVICES)
def test_a_group_is_made_filled_run_and_closed(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    mail = f"{name}@groups.example.org"
    home = _family(town, mail)
    clerk, parent = Clerk(new_visitor(DEVICES[name])), Parent(new_visitor())
    clerk.enter("lisbeth-hjort")
    _make(clerk)
    group = clerk.page.url
    _invite(clerk)
    town.admit(parent.visitor, home.parent)
    _join(parent, str(town.post.wait_for(mail, 1)))
    town.post.wait_for(mail, 2)
    _write(clerk, group)
    assert WORDS not in str(town.post.wait_for(mail, 3))
    parent.visitor.go(parent.page.url)
    expect(parent.main).to_contain_text(WORDS)
    expect(parent.main).to_contain_text(ADDRESS)
    _move(clerk)
    town.post.wait_for(mail, 4)
    parent.visitor.go(parent.page.url)
    expect(parent.main).to_contain_text("17.30")
    _close(clerk)
    clerk.visitor.calm(refusals=[422])
    parent.visitor.calm()


def _family(town: RunningSite, mail: str) -> Pair:
    with town.work() as now:
        home = Pair(
            builders.person(now, email=mail, given_name="Alva", district=DISTRICT),
            builders.child(now, born=BORN, name="Villum", district=DISTRICT),
        )
        builders.lives_with(now, home.parent, home.child)
    return home


def _make(clerk: Clerk) -> None:
    """From the menu, by the kind; the ages, the part of town and the days are filled in by hand."""
    clerk.visitor.press("header nav a[href='/desk/grupper']")
    clerk.visitor.press("main a[href='/desk/grupper/ny']")
    clerk.visitor.press("main a[href$='/ny/moedregruppe']")
    page = clerk.page
    page.locator("select[name=district]").select_option(DISTRICT)
    for field in ("born_from", "born_until"):
        page.locator(f"input[name={field}]").fill(BORN.isoformat())
    page.locator("input[name=capacity]").fill("1")
    page.locator("input[name=day]").fill("2026-04-02")
    page.locator("input[name=address]").fill(ADDRESS)
    page.locator("input[name=times]").fill("3")
    clerk.visitor.press(GO_ON)
    clerk.says("This day is a holiday, or the town is closed. Choose another day.", ".error-summary")
    page.locator("input[name=day]").fill("2026-03-26")
    clerk.visitor.press(GO_ON)
    clerk.says("The group is made.", ".notice")
    expect(page.locator("#meetings tbody tr")).to_have_count(3)


def _invite(clerk: Clerk) -> None:
    clerk.visitor.press("main a[href$='/inviter']")
    expect(clerk.main).to_contain_text(re.compile("forælder får et brev|forældre får et brev"))
    clerk.visitor.press(GO_ON)
    expect(clerk.page.locator(".notice")).to_contain_text("får et brev")


def _join(parent: Parent, letter: str) -> None:
    """By the letter's own link, which names neither group nor kind."""
    assert "ødregruppe" not in letter
    link = re.search(r"http://127\.0\.0\.1:\d+(/mit/\S+)", letter.replace("=\n", ""))
    assert link
    parent.visitor.go(link[1].rstrip('."'))
    if "/grupper/" not in parent.visitor.path:
        parent.visitor.press("main a[href*='/grupper/']")
    parent.visitor.press(GO_ON)
    assert "/grupper/plads/" in parent.visitor.path


def _write(clerk: Clerk, group: str) -> None:
    clerk.visitor.go(group)
    expect(clerk.page.locator("#members tbody tr")).to_have_count(1)
    expect(clerk.page.locator("#members")).to_contain_text("Villum")
    clerk.visitor.press("main a[href$='/besked']")
    clerk.page.locator("textarea").fill(WORDS)
    clerk.visitor.press(GO_ON)
    expect(clerk.page.locator("blockquote")).to_have_text(WORDS)


def _move(clerk: Clerk) -> None:
    clerk.visitor.press(clerk.page.locator("#meetings a[href$='/flyt']").first)
    clerk.page.locator("input[name=begins]").fill("17.30")
    clerk.page.locator("input[name=ends]").fill("19.00")
    clerk.visitor.press(GO_ON)
    clerk.says("The meeting is moved. The members get a letter.", ".notice")
    expect(clerk.page.locator("#meetings tbody tr").first).to_contain_text("17.30")


def _close(clerk: Clerk) -> None:
    clerk.visitor.press("main a[href$='/luk']")
    clerk.says("The members go on meeting.")
    clerk.visitor.press("main form .button.danger")
    clerk.says("The group is closed to newcomers.", ".notice")
