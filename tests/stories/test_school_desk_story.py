"""A school reads a description: from its list, asked for a purpose; and finds nothing once a parent has said stop."""

import pytest
from playwright.sync_api import expect

from tests.browser import Device, Screen
from tests.readiness.desks import LIST
from tests.readiness.scene import Scene
from tests.readiness.test_service_receiving import READING
from tests.stories.conftest import NewVisitor
from tests.stories.road import Clerk, Parent
from tests.stories.running import RunningSite
from tests.stories.school_scenes import readable

pytestmark = pytest.mark.browser

DEVICES = {"wide": Device(Screen.WIDE), "phone-without-script": Device(script=False)}


@pytest.mark.parametrize("name", DEVICES)
def test_read_while_both_say_yes_and_no_longer(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    with town.work() as now:
        of = readable(now)
    teacher, parent = Clerk(new_visitor(DEVICES[name])), Parent(new_visitor(Device(script=False)))
    teacher.enter("ulla-steensen")
    teacher.visitor.press(f"header nav a[href='{LIST}']")
    teacher.visitor.press(f"main a[href*='{of.child}']")
    teacher.says("What do you need the description for?", "h1")
    expect(teacher.main).not_to_contain_text("øver sig")
    teacher.visitor.press("main button[value=classes]")
    expect(teacher.main).to_contain_text("øver sig")
    teacher.says("This is for you alone")
    _looks_up(town, parent, of)
    _takes_back(town, parent, of)
    answer = teacher.page.reload()
    assert answer
    assert answer.status == 404
    teacher.says("There is nothing here that you may read", "h1")
    expect(teacher.page.locator("body")).not_to_contain_text("Asta")
    teacher.visitor.press(f"main a[href='{LIST}'], .back[href='{LIST}']")
    expect(teacher.page.locator(f"main a[href*='{of.child}']")).to_have_count(0)
    teacher.visitor.calm(refusals=[404])
    parent.visitor.calm()


def _looks_up(town: RunningSite, parent: Parent, of: Scene) -> None:
    """The other parent sees who has looked, when and why."""
    town.admit(parent.visitor, of.holders[1])
    parent.visitor.go(f"/mit/{parent.language}/hvem-har-set/{of.child}")
    parent.says("Opened the description of your child.")
    parent.says("To put classes together")
    expect(parent.main).to_contain_text("Hedegårdsskolen")


def _takes_back(town: RunningSite, parent: Parent, of: Scene) -> None:
    """The first parent presses it, in a browser of her own."""
    town.admit(parent.visitor, of.holders[0])
    parent.visitor.go(f"/mit/{parent.language}/skolestart/{of.child}/samtykke")
    question = parent.page.locator(f"#_switch-{READING.key}")
    question.locator("summary").click()
    parent.visitor.press(question.locator("form button"))
    parent.says("You have taken your yes back. It counts no more.", "main")
