"""A parent reads what the daycare writes before school, adds own words, has it corrected, asks for the assessment."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from parentsite.people.models import RelationKind
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import correcting, requests
from parentsite.readiness.service.reading import sealed_version
from tests import builders
from tests.browser import Device, Screen
from tests.readiness.scene import ASSESSMENT, BORN, DESCRIPTION, HOUSE, Scene, pedagogue
from tests.stories.conftest import NewVisitor
from tests.stories.readiness_scenes import AFTER, BEFORE, publish
from tests.stories.road import GO_ON, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

PARENTS = {
    "danish": Device(),
    "arabic": Device(language="ar", screen=Screen.NARROW),
    "without-script": Device(script=False),
}
NAME = "Alba-Sofie"
OWN = {"da": "Hun er genert i starten.", "ar": "هي خجولة في البداية."}
WRONG = {"da": "Hun maler også.", "ar": "هي ترسم بالألوان أيضًا."}


@dataclass(frozen=True)
class Stage:
    """A child with one description, and where its parent's letters go."""

    of: Scene
    mail: str
    town: RunningSite

    def hears(self, number: int) -> None:
        """The letter came, and tells nothing."""
        letter = str(self.town.post.wait_for(self.mail, number))
        assert NAME not in letter
        assert "beskrivelse" not in letter
        assert "vurdering" not in letter


@pytest.mark.parametrize("name", PARENTS)
def test_a_parent_reads_writes_beside_it_has_it_corrected_and_asks_for_the_assessment(
    name: str, town: RunningSite, new_visitor: NewVisitor
) -> None:
    device = PARENTS[name]
    stage = _stage(town, name, device.language)
    person = new_visitor(device)
    town.admit(person, stage.of.holders[0])
    parent = Parent(person)
    stage.hears(1)
    _read(parent, stage)
    _write(parent)
    _ask_for_correction(parent)
    _correct(stage)
    _see_what_is_new(parent, stage)
    _ask_for_assessment(parent, stage)
    person.calm(refusals=[422])


def _stage(town: RunningSite, name: str, language: str) -> Stage:
    mail = f"{name}@school.example.org"
    with town.work() as now:
        parent = builders.person(now, given_name="Leyla", email=mail, language=language)
        child = builders.child(now, born=BORN, name=NAME, district="hedegaarden")
        builders.lives_with(now, parent, child)
        builders.relate(now, builders.person(now, email=None), child, RelationKind.CUSTODY)
        builders.attends(now, child, HOUSE)
        of = Scene(child, (parent,), builders.clerk(now, name="Peter Stald"))
        publish(now, of, BEFORE, Readiness.IN_DOUBT)
    return Stage(of, mail, town)


def _read(parent: Parent, stage: Stage) -> None:
    person = parent.visitor
    person.go(parent.home)
    parent.says("The daycare has written about your child")
    person.press(f"main article h3 a[href$='{stage.of.child}/beskrivelse']")
    parent.says("The daycare is in doubt whether your child is ready for school (skoleparat).")
    text = parent.main.locator("section[aria-labelledby='social-udvikling'] p[lang=da]")
    expect(text).to_have_text(BEFORE)
    expect(text).to_have_attribute("dir", "ltr")
    assert parent.page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def _write(parent: Parent) -> None:
    person = parent.visitor
    person.press("#own-words a.button.secondary")
    person.press(GO_ON)
    parent.says("Write your own words.", ".error-summary")
    parent.page.locator("textarea[name=text]").fill(OWN[parent.language])
    person.press(GO_ON)
    parent.says("We have kept your words.", ".notice")
    expect(parent.main.locator(f"#own-words blockquote[lang={parent.language}]")).to_have_text(OWN[parent.language])


def _ask_for_correction(parent: Parent) -> None:
    person = parent.visitor
    person.press("#corrections a.button")
    parent.says("They correct it in a new version, or tell you why not. Their answer stays on the page.")
    parent.page.locator("textarea[name=text]").fill(WRONG[parent.language])
    person.press(GO_ON)
    parent.says("We have asked the daycare to correct it.", ".notice")
    parent.says("Waits for an answer", "#corrections")


def _correct(stage: Stage) -> None:
    """The daycare's side is walked in its own story."""
    with stage.town.work() as now:
        mine = pedagogue(now, stage.of)
        publish(now, stage.of, AFTER, Readiness.READY)
        second = sealed_version(now, stage.of.child, DESCRIPTION, 2)
        (request,) = requests.asked_of_house(mine, stage.of.child)
        correcting.correct(mine, request.correction.id, second.id)


def _see_what_is_new(parent: Parent, stage: Stage) -> None:
    person = parent.visitor
    stage.hears(3)
    person.go(f"{parent.home}skolestart/{stage.of.child}/beskrivelse/1")
    parent.says("Corrected", "#corrections")
    person.press("#corrections a[href$='/beskrivelse/2']")
    parent.says("The version before said:", "section[aria-labelledby=ready]")
    parent.main.locator("section[aria-labelledby='social-udvikling'] summary").click()
    expect(parent.main.locator("section[aria-labelledby='social-udvikling'] del")).to_contain_text(["mest,"])
    expect(parent.main.locator("section[aria-labelledby='social-udvikling'] ins").last).to_contain_text("og maler,")
    expect(parent.main.locator("#own-words blockquote")).to_have_text(OWN[parent.language])


def _ask_for_assessment(parent: Parent, stage: Stage) -> None:
    person = parent.visitor
    person.press("main a.back")
    parent.says("Everybody with custody can read it when it is written.", "#ask-assessment")
    for form, said in (
        ("/bed-om-vurdering", "You have asked for the assessment."),
        ("/tilbage", "You no longer ask for the assessment."),
        ("/bed-om-vurdering", "You have asked for the assessment."),
    ):
        person.press(f"#ask-assessment form[action$='{form}'] button")
        parent.says(said, ".notice")
    with stage.town.work() as now:
        publish(now, stage.of, BEFORE, Readiness.NOT_READY, ASSESSMENT)
    stage.hears(4)
    person.go(parent.home)
    person.press(f"main article h3 a[href$='{stage.of.child}/vurdering']")
    parent.says("The daycare finds that your child is not ready for school yet (skoleparat).")
    expect(parent.main.locator("#own-words blockquote")).to_have_count(0)
