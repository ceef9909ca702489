"""The start talk as two parents meet it: she asks the health visitor to come and says yes, he says yes and takes it
back; what each has answered stands on nobody else's page.
"""

from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser import Device, Visitor
from tests.builders import Pair
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent
from tests.stories.running import RunningSite
from tests.visits.scene import DISTRICT

pytestmark = pytest.mark.browser

PARENTS = {"danish": Device(), "arabic": Device(language="ar"), "without-script": Device(script=False)}
HOUSE = "globen"


@pytest.mark.parametrize("name", PARENTS)
def test_she_asks_and_both_must_say_yes(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    device, mail = PARENTS[name], f"{name}@starts.example.org"
    home, other = _family(town, device.language, mail)
    hers, his = (_enter(town, new_visitor, device, person) for person in (home.parent, other))
    talk = f"{hers.home}besog/{home.child}/start-samtale"
    hers.visitor.go(f"{hers.home}besog")
    hers.visitor.press(f"main a[href='{talk}']")
    hers.page.locator("select[name=house]").select_option(HOUSE)
    hers.visitor.press(GO_ON)
    hers.says("The health visitor is asked to take part")
    _answers_weigh_the_same(hers.visitor)
    _say(hers, "yes")
    hers.says("Another person with custody (forældremyndighed) has not answered yet.")
    assert "Asta" not in str(town.post.wait_for(f"2-{mail}", 1)), "a letter says that there is news, not about whom"
    his.visitor.go(talk)
    his.says("Another person with custody (forældremyndighed) has answered.")
    _say(his, "yes")
    his.says("You have said yes")
    his.visitor.press("main form[action$='/samtykke/tilbage'] button")
    his.says("Nothing is passed on")
    hers.visitor.go(talk)
    hers.says("You have said yes")
    hers.says("Another person with custody (forældremyndighed) has answered.")
    for person in (hers, his):
        person.visitor.calm()


def _family(town: RunningSite, language: str, mail: str) -> tuple[Pair, UUID]:
    """Asta lives with one parent; the other lives elsewhere and holds custody too."""
    with town.work() as now:
        one, other = (
            builders.person(now, email=each, language=language, district=DISTRICT) for each in (mail, f"2-{mail}")
        )
        child = builders.child(now, name="Asta", district=DISTRICT)
        builders.lives_with(now, one, child)
        builders.relate(now, other, child, builders.RelationKind.CUSTODY)
    return Pair(one, child), other


def _enter(town: RunningSite, new_visitor: NewVisitor, device: Device, person: UUID) -> Parent:
    visitor = new_visitor(device)
    town.admit(visitor, person)
    return Parent(visitor)


def _say(parent: Parent, answer: str) -> None:
    parent.visitor.press(f"main button[name=answer][value={answer}]")


def _answers_weigh_the_same(person: Visitor) -> None:
    """Yes and No: the same size, the same look, a target for a thumb, and the whole question above them."""
    looks = []
    for answer in ("yes", "no"):
        button = person.page.locator(f"main button[name=answer][value={answer}]")
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box
        assert box["height"] >= 48
        colours = button.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).fontWeight]")
        looks.append((round(box["width"]), round(box["height"]), *colours))
    assert looks[0] == looks[1]
