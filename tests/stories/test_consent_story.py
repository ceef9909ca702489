"""Two parents say yes one after the other; only then the school may read; one takes it back, and it may not.

With htmx, without script, and in Arabic on a narrow phone.
"""

from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import RelationKind
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.service.facts import receiver_asks
from tests import builders
from tests.browser import Device, Screen, focused
from tests.databases import MOMENT
from tests.readiness.scene import BORN, DESCRIPTION, DISTRICT, HOUSE, SCHOOL, Scene, published, staff
from tests.readiness.test_service_receiving import HERE, READING
from tests.stories.conftest import NewVisitor
from tests.stories.road import Parent, words
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

PARENTS = {
    "danish": Device(),
    "arabic": Device(language="ar", screen=Screen.NARROW),
    "without-script": Device(script=False),
}
BOX = f"#_switch-{READING.key}"


@pytest.mark.parametrize("name", PARENTS)
def test_the_school_may_read_while_both_say_yes(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    device = PARENTS[name]
    of = _family(town)
    hers, his = (_enter(town, new_visitor, device, person) for person in of.holders)
    hers.visitor.go(hers.home)
    hers.visitor.press(f"#consent-{of.child} a.button")
    _answers_weigh_the_same(hers)
    _says(hers, "You have not answered")
    _press(hers, f"{BOX} button[value=yes]", "You have said yes")
    _says(hers, "Another person with custody (forældremyndighed) has not answered yet.")
    assert not _is_read(town, of)
    his.visitor.go(f"{his.home}skolestart/{of.child}/samtykke")
    _says(his, "Another person with custody (forældremyndighed) has answered.")
    _press(his, f"{BOX} button[value=yes]", "You have said yes")
    assert _is_read(town, of)
    his.page.locator(f"{BOX} summary").click()
    _press(his, f"{BOX} form[action$='/tilbage'] button", "Not allowed")
    assert not _is_read(town, of)
    hers.visitor.press(hers.page.locator(f"main a[href$='/{of.child}/kvitteringer']"))
    hers.says("Counts now")
    hers.visitor.go(hers.home)
    expect(hers.page.locator(f"#consent-{of.child}")).to_have_count(0)
    for person in (hers, his):
        person.visitor.calm()


def _press(parent: Parent, button: str, then: str) -> None:
    """Answer; with script the box alone changes, is told to a screen reader, and has the focus."""
    where = parent.page.locator(button)
    if not parent.visitor.device.script:
        parent.visitor.press(where)
        _says(parent, then)
        return
    before = parent.page.url
    where.click()
    _says(parent, then)
    assert parent.page.url == before
    expect(parent.page.locator("#live")).not_to_be_empty()
    assert focused(parent.page)["id"] == f"ask-{READING.key}"


def _says(parent: Parent, message: str) -> None:
    expect(_box(parent)).to_contain_text(words(parent.language, message))


def _box(parent: Parent) -> Locator:
    return parent.page.locator(BOX)


def _answers_weigh_the_same(parent: Parent) -> None:
    looks = []
    for answer in ("yes", "no"):
        button = _box(parent).locator(f"button[value={answer}]")
        box = button.bounding_box()
        assert box
        assert box["height"] >= 48
        colours = button.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).fontWeight]")
        looks.append((round(box["width"]), round(box["height"]), *colours))
    assert looks[0] == looks[1]


def _family(town: RunningSite) -> Scene:
    with town.work() as now:
        holders = tuple(builders.person(now, given_name=name, district=DISTRICT) for name in ("Anne", "Bo"))
        child = builders.child(now, born=BORN, name="Asta", district=DISTRICT)
        builders.lives_with(now, holders[0], child)
        builders.relate(now, holders[1], child, RelationKind.CUSTODY)
        builders.attends(now, child, HOUSE)
        of = Scene(child, holders, builders.clerk(now, name="Peter Stald"))
        published(now, of)
        return of


def _enter(town: RunningSite, new_visitor: NewVisitor, device: Device, person: UUID) -> Parent:
    visitor = new_visitor(device)
    town.admit(visitor, person)
    return Parent(visitor)


def _is_read(town: RunningSite, of: Scene) -> bool:
    with town.look() as session:
        asking = staff(Work(session, MOMENT, SYSTEM), "school", SCHOOL)
        return may_open(receiver_asks(asking, of.child, DESCRIPTION, HERE))
