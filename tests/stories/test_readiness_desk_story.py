"""A description from the desk's side: begun, written by two at once, published, corrected in a new version."""

import pytest
from playwright.sync_api import expect

from parentsite.people.models import RelationKind
from parentsite.readiness.service import correcting
from tests import builders
from tests.browser import Device, Screen
from tests.builders import Pair
from tests.readiness.scene import BORN, DESCRIPTION
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Clerk, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

HOUSE, WRITER = "birkegaarden", "peter-stald"
AREAS = 6
DEVICES = {"phone": Device(), "wide-without-script": Device(Screen.WIDE, script=False)}
WORDS = "Hun klatrer højt og hjælper de små ned igen."
WISH = "Hun er ikke bange for hunde mere."


@pytest.mark.parametrize("name", DEVICES)
def test_a_description_is_written_published_and_corrected(
    name: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    child = f"Vigga {name}"
    home = _family(town, child)
    clerk, parent = Clerk(new_visitor(DEVICES[name])), Parent(new_visitor())
    clerk.enter(WRITER)
    _begin(clerk, child)
    _write(clerk)
    _answer(clerk)
    _publish(clerk, 1)
    town.admit(parent.visitor, home.parent)
    _parent_reads(parent, home)
    _ask(town, home)
    _correct(clerk, child)
    clerk.visitor.calm(refusals=[422])
    parent.visitor.calm()


@pytest.mark.parametrize("name", DEVICES)
def test_two_who_write_at_once_see_both_texts(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    child = f"Karl {name}"
    _family(town, child)
    first, second = Clerk(new_visitor(DEVICES[name])), Clerk(new_visitor(DEVICES[name]))
    for clerk in (first, second):
        clerk.enter(WRITER)
    _begin(first, child)
    first.visitor.press(first.page.locator("#areas a").first)
    second.visitor.go(first.page.url)
    _type(first, "Det, den første skrev.")
    first.visitor.press("main form .button.secondary")
    second.page.locator("textarea").fill("Det, den anden skrev.")
    second.visitor.press("main form .button.secondary")
    expect(second.page.locator("blockquote")).to_have_text("Det, den første skrev.")
    expect(second.page.locator("textarea")).to_have_value("Det, den anden skrev.")
    second.page.locator("textarea").fill("Det, de begge skrev.")
    second.visitor.press("main form .button.secondary")
    first.visitor.go(second.page.url)
    first.visitor.press(first.page.locator("#areas a").first)
    expect(first.page.locator("textarea")).to_have_value("Det, de begge skrev.")
    second.visitor.calm(refusals=[422])


def _family(town: RunningSite, name: str) -> Pair:
    with town.work() as now:
        home = Pair(builders.person(now), builders.child(now, born=BORN, name=name, district="hedegaarden"))
        builders.lives_with(now, home.parent, home.child)
        builders.relate(now, builders.person(now, given_name="Bo"), home.child, RelationKind.CUSTODY)
        builders.attends(now, home.child, HOUSE)
    return home


def _begin(clerk: Clerk, child: str) -> None:
    """From the menu, by the child's name."""
    clerk.visitor.press("header nav a[href='/desk/skolestart']")
    clerk.visitor.press(clerk.page.get_by_role("link", name=child))
    clerk.visitor.press("#begin-description button")
    clerk.says("Only your house can see the draft. The parents see nothing until you publish it.")


def _type(clerk: Clerk, text: str) -> None:
    """Write; with script it is saved meanwhile."""
    if not clerk.visitor.device.script:
        clerk.page.locator("textarea").fill(text)
        return
    with clerk.page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        clerk.page.locator("textarea").fill(text)
    assert saved.value.status == 200
    clerk.says("Saved.", "#_saved")


def _write(clerk: Clerk) -> None:
    clerk.visitor.press("main a[href$='/udgiv']")
    expect(clerk.page.locator("main li a")).to_have_count(AREAS + 1)
    clerk.visitor.press(clerk.page.locator("main li a").first)
    for number in range(AREAS):
        _type(clerk, f"{WORDS} {number}")
        clerk.visitor.press(GO_ON)


def _answer(clerk: Clerk) -> None:
    expect(clerk.page.locator("input[type=radio]:checked")).to_have_count(0)
    clerk.visitor.press(GO_ON)
    clerk.says("Choose one of the three answers.", ".error-summary")
    clerk.page.locator("input[value=ready]").check()
    clerk.visitor.press(GO_ON)


def _publish(clerk: Clerk, number: int) -> None:
    clerk.visitor.press("main a[href$='/vis']")
    expect(clerk.main).to_contain_text(f"{WORDS} 5")
    clerk.visitor.press("main a[href$='/udgiv']")
    clerk.says("The school sees nothing of it unless everybody with custody says yes.")
    clerk.visitor.press(GO_ON)
    clerk.says("Version %(number)s is published. The parents can read it now.", ".notice", number=number)


def _parent_reads(parent: Parent, home: Pair) -> None:
    parent.visitor.go(f"{parent.home}skolestart/{home.child}/beskrivelse")
    expect(parent.main).to_contain_text(f"{WORDS} 5")


def _ask(town: RunningSite, home: Pair) -> None:
    with town.work() as now:
        mother = builders.as_parent(now, home.parent)
        correcting.ask(mother, home.parent, home.child, DESCRIPTION, 1, WISH, language="da")


def _correct(clerk: Clerk, child: str) -> None:
    """A new version, then the answer; the front of the desk shows the way."""
    clerk.visitor.go("/desk/")
    clerk.visitor.press(clerk.page.locator(".ways a").first)
    clerk.visitor.press(clerk.page.get_by_role("link", name=child))
    clerk.visitor.press("#asked a")
    expect(clerk.page.locator("blockquote")).to_have_text(WISH)
    clerk.visitor.press("#begin button")
    clerk.visitor.press(clerk.page.locator("#areas a").first)
    _type(clerk, WISH)
    clerk.visitor.press("main form .button.secondary")
    clerk.visitor.press("main p a[href$='/skoleparat']")
    clerk.page.locator("input[value=ready]").check()
    clerk.visitor.press(GO_ON)
    _publish(clerk, 2)
    clerk.visitor.press("#asked a")
    clerk.visitor.press("#corrected button")
    clerk.says("The request is answered. The parent sees the answer.", ".notice")
    clerk.says("Corrected", "#asked")
