"""A parent wonders who has looked: the data protection officer finds the child, reads its log, and proves the chain.

The parent reads afterwards that it was done, and why. On the way no name stands in any address.
"""

from uuid import uuid4

import pytest

from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.browser import Device
from tests.stories.conftest import NewVisitor
from tests.stories.road import Clerk, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_parent_asks_who_has_looked(script: bool, town: RunningSite, new_visitor: NewVisitor) -> None:
    name = f"Viktoria{uuid4().hex[:6]}"
    with town.work() as now:
        mother, child = builders.person(now), builders.child(now, name=name)
        builders.lives_with(now, mother, child)
        case = builders.sent(now, builders.Pair(mother, child), wishes=("himmel-og-hav",))
        staff = {role: Actor(ActorKind.STAFF, builders.clerk(now), frozenset({role})) for role in ("placement", "dpo")}
    clerk, officer = (Clerk(new_visitor(Device(script=script))) for _ in range(2))
    town.admit(clerk.visitor, staff["placement"])
    clerk.visitor.go("/desk/find")
    clerk.page.locator("#q").fill(name)
    clerk.visitor.press("main form .button.primary")
    clerk.visitor.press(f"main a[href$='{case}']")
    assert name in (clerk.page.locator("main").text_content() or "")

    town.admit(officer.visitor, staff["dpo"])
    officer.visitor.go("/desk/log")
    officer.visitor.press("main a[href='/desk/log/barn']")
    officer.page.locator("#q").fill(name)
    officer.visitor.press("main form .button.primary")
    assert officer.visitor.path == "/desk/log/barn"
    officer.visitor.press(f"main a[href$='{child}']")
    officer.page.locator("input[value=question]").check()
    officer.visitor.press("main form .button.primary")
    officer.says("Opened the application for a place.")
    officer.says("The placement office (Pladsanvisningen)")
    assert name not in officer.page.url
    officer.visitor.go("/desk/log")
    officer.visitor.press("main form[method=post] .button")
    officer.says("The chain proves itself: no entry among the newest is missing or has been changed.", ".notice")

    parent = Parent(new_visitor(Device(script=script)))
    town.admit(parent.visitor, Actor(ActorKind.PARENT, mother))
    parent.visitor.go(f"/mit/da/hvem-har-set/{child}")
    parent.says("To answer a question or a complaint")
    for each in (clerk, officer, parent):
        each.visitor.calm()
