"""A parents' group from the list to leaving it, in Danish, in Arabic, without script; who waited gets the place."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser import Device
from tests.builders import Pair
from tests.groups.scene import ADDRESS, BORN, DISTRICT, group, meeting
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

PARENTS = {"danish": Device(), "arabic": Device(language="ar"), "without-script": Device(script=False)}


@dataclass(frozen=True)
class Stage:
    """A group with one place left, and a mother who stands in line for another's."""

    group: UUID
    home: Pair
    waiting: Pair


@pytest.mark.parametrize("name", PARENTS)
def test_a_parent_joins_misses_a_meeting_and_leaves_and_the_next_gets_the_place(
    name: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    device = PARENTS[name]
    stage = _stage(town, name, device.language)
    person, other = new_visitor(device), new_visitor(device)
    town.admit(person, stage.home.parent)
    parent = Parent(person)
    _join(parent, stage)
    place = person.path
    _cannot_come(parent)
    town.admit(other, stage.waiting.parent)
    waiting = Parent(other)
    _stand_in_line(waiting, stage)
    person.go(place)
    _leave(parent)
    _accept(waiting)
    for mail, number in ((f"{name}@groups.example.org", 1), (f"{name}-waits@groups.example.org", 1)):
        assert "Alba" not in str(town.post.wait_for(mail, number))
    person.calm()
    other.calm()


def _stage(town: RunningSite, name: str, language: str) -> Stage:
    with town.work() as now:
        of = group(now, capacity=1)
        meeting(now, of)
        homes = [
            Pair(
                builders.person(
                    now, given_name=who, email=f"{name}{mail}@groups.example.org", language=language, district=DISTRICT
                ),
                builders.child(now, born=BORN, name="Alba", district=DISTRICT),
            )
            for who, mail in (("Mette", ""), ("Leyla", "-waits"))
        ]
        for home in homes:
            builders.lives_with(now, home.parent, home.child)
    return Stage(of, *homes)


def _join(parent: Parent, stage: Stage) -> None:
    person = parent.visitor
    person.go(f"{parent.home}grupper")
    parent.says("You choose for yourself. Nobody is put into a group, and you can leave at any time.")
    person.press(f"main a[href$='{stage.group}']")
    parent.says(
        "The other members see your first name when you have a place. Only members see it, and only while you are one."
    )
    expect(parent.main).not_to_contain_text(ADDRESS)
    person.press(GO_ON)
    parent.says("You have a place in the group.", ".notice")
    expect(parent.main).to_contain_text(ADDRESS)
    parent.says("You are the first. You see the others here when they join.")


def _cannot_come(parent: Parent) -> None:
    parent.visitor.press("main form[action$='/afbud'] button")
    parent.says("You have said that you cannot come.", ".notice")
    parent.visitor.press("main form[action$='/kommer'] button")
    parent.says("You have said that you can come after all.", ".notice")


def _stand_in_line(waiting: Parent, stage: Stage) -> None:
    waiting.visitor.go(f"{waiting.home}grupper/{stage.group}")
    waiting.says("While you stand in line nobody sees you.")
    waiting.visitor.press(GO_ON)
    waiting.says("There was no free place, so you stand in line.", ".notice")
    expect(waiting.main).not_to_contain_text(ADDRESS)


def _leave(parent: Parent) -> None:
    parent.visitor.press("main a[href$='/forlad']")
    parent.says("Your place goes to the first in line at once.")
    parent.visitor.press("main form .button.danger")
    parent.says("You have left the group.", ".notice")


def _accept(waiting: Parent) -> None:
    waiting.visitor.go(waiting.home)
    waiting.says("There is a place for you in a group")
    waiting.visitor.press("#errands ~ article a.button[href*='/grupper/plads/']")
    waiting.says("There is a place for you")
    waiting.visitor.press(GO_ON)
    waiting.says("You have a place in the group.", ".notice")
    expect(waiting.main).to_contain_text(ADDRESS)
    expect(waiting.main).not_to_contain_text("Mette")
