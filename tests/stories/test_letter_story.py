"""A letter from the first word to the last, as a mother, her team and the child's father meet it.

In Danish on a phone, in Arabic, and without JavaScript.
"""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.browser import Device
from tests.contact.scene import FAMILY, OFFICE, home
from tests.databases import MOMENT
from tests.foundation.test_files import picture
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Clerk, Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

TODAY = local_date(MOMENT)
DEVICES = {"danish": Device(), "arabic": Device(language="ar"), "without-script": Device(script=False)}
QUESTION, MORE, LAST = "Hvem henter Asta, når jeg er på arbejde?", "Hvad med fredag?", "Et spørgsmål mere."
DESK = "/desk/beskeder"
SEND_ANSWER, CLOSE = "#answer .button", "#close button"
LAST_WORDS = "#_conversation > li:last-child"


@pytest.mark.parametrize("name", DEVICES)
def test_a_letter_from_the_first_word_to_the_last(
    name: str, town: RunningSite, new_visitor: NewVisitor, tmp_path: Path
) -> None:
    device, mail = DEVICES[name], f"{name}@letters.example.org"
    mother, father, child = _family(town, device.language, mail)
    hers, his = (_enter(town, new_visitor, device, person) for person in (mother, father))
    clerk, colleague = (_at_desk(town, new_visitor, device, "placement", who) for who in ("Karin Vester", "Tommy Ravn"))
    letter = _begin(hers, child, _photo(tmp_path))
    _nothing_for(his, letter)

    _take(colleague, letter)
    _answer_in_two_languages(clerk, hers.language, letter)
    _news_without_content(town, f"1-{mail}", 1)
    _reads_the_answer(hers, letter)
    _write(hers, MORE)
    hers.visitor.press(f"main a[href$='/{letter}/del']")
    hers.says("You cannot take it back.")
    hers.visitor.press(GO_ON)
    _news_without_content(town, f"2-{mail}", 1)
    his.visitor.go(f"{his.home}beskeder/{letter}")
    expect(his.main).to_contain_text(QUESTION)

    _hand_over(clerk, letter)
    hers.visitor.go(hers.page.url)
    expect(hers.main).to_contain_text(_team(hers.language, FAMILY))
    team = _at_desk(town, new_visitor, device, "family_team", "Birgit Holm")
    _close(team, letter)
    hers.visitor.go(hers.page.url)
    hers.says(
        "The team has closed the letter. Write here until %(date)s to open it again.",
        date=_day(hers, TODAY + timedelta(days=30)),
    )
    _write(hers, LAST)
    hers.says("Waiting for an answer")
    team.visitor.go(DESK)
    expect(team.main).to_contain_text("Mette Lund")
    for person in (hers, clerk, colleague, team):
        person.visitor.calm(refusals=[404, 422])


def test_a_letter_that_was_closed_a_month_ago_stays_closed(town: RunningSite, new_visitor: NewVisitor) -> None:
    mother, _, child = _family(town, "da", "late@letters.example.org")
    parent = _enter(town, new_visitor, Device(), mother)
    parent.visitor.go(f"{parent.home}beskeder/ny/{OFFICE}/{child}")
    parent.page.locator("textarea[name=text]").fill(QUESTION)
    parent.page.locator("input[name=shared][value=no]").check()
    parent.go_on()
    letter = parent.id_in_path()
    _close(_at_desk(town, new_visitor, Device(), "placement", "Karin Vester"), letter)
    town.later(timedelta(days=31))
    town.admit(parent.visitor, mother)
    parent.visitor.go(f"{parent.home}beskeder/{letter}")
    parent.says("The letter is closed.")
    expect(parent.page.locator("main textarea")).to_have_count(0)
    expect(parent.page.locator(f"main a[href='{parent.home}beskeder/ny']")).to_be_visible()
    parent.visitor.calm()


def _family(town: RunningSite, language: str, mail: str) -> tuple[UUID, UUID, UUID]:
    """A child that lives with its mother; the father holds custody too and lives elsewhere."""
    with town.work() as now:
        of = home(now, language=language, mail=mail)
    return of.mother, of.father, of.child


def _enter(town: RunningSite, new_visitor: NewVisitor, device: Device, person: UUID) -> Parent:
    visitor = new_visitor(device)
    town.admit(visitor, person)
    return Parent(visitor)


def _at_desk(town: RunningSite, new_visitor: NewVisitor, device: Device, role: str, name: str) -> Clerk:
    with town.work() as now:
        actor = Actor(ActorKind.STAFF, builders.clerk(now, name=name), frozenset({role}))
    visitor = new_visitor(Device(script=device.script))
    town.admit(visitor, actor)
    return Clerk(visitor)


def _begin(parent: Parent, child: UUID, photo: Path) -> UUID:
    """From my page, by what a person presses: who reads it and how fast is said before a word is written."""
    parent.visitor.go(parent.home)
    parent.page.locator("header .nav .menu summary").click()
    parent.visitor.press(f"header .nav a[href='{parent.home}beskeder']")
    parent.visitor.press(f"main a[href='{parent.home}beskeder/ny']")
    parent.visitor.press(f"main a[href$='/{OFFICE}/{child}']")
    parent.says("Only the staff of this team read your letter.")
    soon = LANGUAGES[parent.language].ngettext
    many = soon("You get an answer within one working day.", "You get an answer within %(count)s working days.", 3)
    expect(parent.main).to_contain_text(many.partition("%")[0])
    parent.page.locator("textarea[name=text]").fill(QUESTION)
    parent.go_on()
    parent.says("Choose who may read the letter.", ".error-summary")
    expect(parent.page.locator("textarea[name=text]")).to_have_value(QUESTION)
    parent.page.locator("input[name=shared][value=no]").check()
    parent.page.locator("input[type=file]").set_input_files(photo)
    parent.go_on()
    expect(parent.page.locator(LAST_WORDS)).to_contain_text(QUESTION)
    parent.says("Only you and the team see this letter.")
    _photo_tells_nothing(parent.page)
    return parent.id_in_path()


def _photo(folder: Path) -> Path:
    """As a telephone takes it: with where it was taken."""
    made = folder / "IMG_0001.jpg"
    made.write_bytes(picture("JPEG", (80, 60)))
    return made


def _photo_tells_nothing(page: Page) -> None:
    """It comes back as a file to be kept, without the place where it was taken."""
    with page.expect_download() as kept:
        page.locator("main a[href*='/fil/']").click()
    assert kept.value.suggested_filename.endswith(".jpg")
    with Image.open(BytesIO(Path(kept.value.path()).read_bytes())) as found:
        assert not found.getexif()


def _nothing_for(other: Parent, letter: UUID) -> None:
    """What was not shared does not exist for the other parent."""
    other.visitor.go(f"{other.home}beskeder")
    other.says("You have no letters yet.")
    answer = other.page.goto(f"{other.home}beskeder/{letter}")
    assert answer
    assert answer.status == 404


def _take(clerk: Clerk, letter: UUID) -> None:
    """From the front of the desk, by the list."""
    clerk.visitor.go("/desk/")
    clerk.visitor.press(clerk.page.locator(f"main a[href='{DESK}']").first)
    clerk.visitor.press(f"main a[href='{DESK}/{letter}']")
    clerk.visitor.press("#claim button")
    clerk.says("Give the letter back")


def _answer_in_two_languages(clerk: Clerk, language: str, letter: UUID) -> None:
    """Take it over from the colleague who has it, and begin from a template: the parent's language with the Danish
    beside it.
    """
    clerk.visitor.go(f"{DESK}/{letter}")
    expect(clerk.main).to_contain_text("Tommy Ravn")
    clerk.visitor.press("#claim button")
    clerk.says("Give the letter back")
    clerk.visitor.press("button[name=template][value=ring-til-os]")
    expect(clerk.page.locator("textarea[name=text]")).to_have_value(re.compile(_template(language)[:20]))
    if language != "da":
        expect(clerk.page.locator("textarea[name=danish]")).to_have_value(re.compile("Ring til os"))
    clerk.visitor.press(SEND_ANSWER)
    expect(clerk.page.locator(LAST_WORDS)).to_contain_text("Ring til os")


def _template(language: str) -> str:
    return {"da": "Tak for din besked. Vi vil gerne", "ar": "شكرًا على رسالتك. نود أن"}[language]


def _news_without_content(town: RunningSite, mail: str, number: int) -> None:
    letter = town.post.wait_for(mail, number)
    told = "".join(str(part.get_content()) for part in letter.walk() if part.get_content_maintype() == "text")
    for secret in ("Asta", "Ring til os", "Hvem henter", "Pladsanvisningen", "beskeder"):
        assert secret not in f"{letter['Subject']}{told}"


def _reads_the_answer(parent: Parent, letter: UUID) -> None:
    """My page leads to it; both languages stand there, and that the team has read."""
    parent.visitor.go(parent.home)
    parent.visitor.press(f"#letter-{letter} a")
    expect(parent.page.locator(LAST_WORDS)).to_contain_text(_template(parent.language))
    expect(parent.page.locator(LAST_WORDS)).to_contain_text("Ring til os")
    parent.says("Read by the team on %(date)s", date=_day(parent, TODAY))
    parent.visitor.go(parent.home)
    expect(parent.page.locator(f"#letter-{letter}")).to_have_count(0)
    parent.visitor.go(f"{parent.home}beskeder/{letter}")


def _write(parent: Parent, text: str) -> None:
    parent.page.locator("textarea[name=text]").fill(text)
    parent.go_on()
    expect(parent.page.locator(LAST_WORDS)).to_contain_text(text)


def _hand_over(clerk: Clerk, letter: UUID) -> None:
    clerk.visitor.go(f"{DESK}/{letter}/videre")
    clerk.page.locator("select[name=team]").select_option(FAMILY)
    clerk.visitor.press(GO_ON)
    assert clerk.visitor.path == DESK
    answer = clerk.page.goto(f"{DESK}/{letter}")
    assert answer
    assert answer.status == 404, "who has handed it over reads it no more"


def _close(clerk: Clerk, letter: UUID) -> None:
    clerk.visitor.go(f"{DESK}/{letter}")
    clerk.visitor.press(CLOSE)
    assert clerk.visitor.path == DESK


def _team(language: str, code: str) -> str:
    assert code == FAMILY
    return {"da": "Familieteamet", "ar": "فريق العائلات"}[language]


def _day(parent: Parent, day: date) -> str:
    return LANGUAGES[parent.language].day(day)
