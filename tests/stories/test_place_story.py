"""The main job, from the first look to an accepted offer, as three families do it.

In Danish on a phone, in Arabic, and without JavaScript: the same road, the same words, by the same buttons.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import DANISH, LANGUAGES
from tests.browser import Device, Visitor
from tests.databases import MOMENT
from tests.stories.conftest import NewVisitor
from tests.stories.road import UUID_IN_PATH, Clerk, Parent, words
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

TODAY = local_date(MOMENT)
FREE_FROM = date(2026, 9, 1)


@dataclass(frozen=True)
class Family:
    """Who walks the road, with what in hand. Each has houses of its own, so that no line has a stranger in it."""

    parent: str
    child: str
    device: Device
    houses: tuple[str, str]
    house_name: str

    @property
    def given_name(self) -> str:
        """The child's."""
        return self.child.partition("-")[0].capitalize()


FAMILIES = (
    Family("rikke-lysgaard", "elias-lysgaard", Device(), ("fregatten", "globen"), "Globen"),
    Family("layla-haddad", "yusuf-haddad", Device(language="ar"), ("kaerlodden", "regnbuen"), "Regnbuen"),
    Family("nadia-friis", "storm-friis", Device(script=False), ("stjernehoej", "birkegaarden"), "Birkegården"),
)


@pytest.mark.parametrize("family", FAMILIES, ids=("danish", "arabic", "without-script"))
def test_from_the_first_look_to_an_accepted_offer(family: Family, town: RunningSite, new_visitor: NewVisitor) -> None:
    person = new_visitor(family.device)
    parent, clerk = Parent(person), Clerk(new_visitor(Device(script=family.device.script)))
    before = town.letters_so_far(family.parent)
    _look_around(person)
    case_number = _apply(parent, family, town)
    town.post.wait_for(town.mail_of(family.parent), before + 1)
    _offer(clerk, family, case_number)
    letter = town.post.wait_for(town.mail_of(family.parent), before + 2)
    newcomer = Parent(new_visitor(family.device))
    _read_letter(letter, newcomer, family, case_number)
    _answer_yes(newcomer, family)
    for each in (parent, clerk, newcomer):
        each.visitor.calm()


def _look_around(person: Visitor) -> None:
    """Signed out: the guide, the dates of a child, a house found in spite of its spelling."""
    page, code = person.go(f"/{person.language}/plads"), person.language
    assert page.locator("html").get_attribute("dir") == LANGUAGES[code].dir
    expect(page.locator("details.more")).to_have_count(4)
    born = TODAY - timedelta(weeks=4)
    page.locator("input[name=birth]").fill(born.isoformat())
    page.locator("form.panel button").click()
    right_from = born + timedelta(weeks=26)
    expect(page.locator("#_dates")).to_contain_text(LANGUAGES[code].long_date(right_from))
    expect(page.locator(f"#_dates .fact time[datetime='{right_from}']")).to_be_visible()
    assert page.context.cookies() == []

    person.go(f"/{code}/bornehuse")
    page.locator("input[name=q]").fill("soendergaarden")
    page.locator("form.filter button").click()
    found = page.locator("#_houses .ways a")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Søndergården")
    person.press(found)
    expect(page.locator("h1")).to_contain_text("Søndergården")
    expect(page.locator("main .known").first).to_be_visible()
    assert page.context.cookies() == []


def _apply(parent: Parent, family: Family, town: RunningSite) -> str:
    """Five steps, by way of the house's own button; returns the case number."""
    code = parent.language
    parent.visitor.press(f"main a[href='/mit/{code}/plads']")
    parent.sign_in(family.parent)
    parent.visitor.press(f"main a[href='/mit/{code}/plads/ny']")
    parent.says("Step %(current)s of %(total)s", current=1, total=5)
    parent.begin(town.child(family.child))
    parent.says("Step %(current)s of %(total)s", current=2, total=5)
    parent.want(date(2026, 8, 17))
    parent.wish(*family.houses, "dagplejen")
    assert len(parent.wishes()) == 3
    parent.change_wishes("up", 1)
    assert parent.wishes()[0] == family.house_name
    parent.go_on()
    parent.tell_family(hours="37", home_languages="dansk, العربية")
    parent.says("Check your answers")
    expect(parent.main).to_contain_text("العربية")
    parent.go_on()
    parent.says("We have got your application")
    expect(parent.page.locator(".fact time")).to_be_visible()
    number = parent.case_number()
    parent.visitor.press(f"main a[href='/mit/{code}/plads/{parent.id_in_path()}']")
    parent.says("Sent, not read yet")
    expect(parent.page.locator(".card h3 bdi").first).to_have_text(family.house_name)
    expect(parent.page.locator(".queue").first).to_contain_text(
        words(code, "Number %(number)s of %(total)s in line", number=_shown(code, 1), total=_shown(code, 1))
    )
    return number


def _offer(clerk: Clerk, family: Family, case_number: str) -> None:
    """The office reads the application, and offers a free place with one press."""
    clerk.enter()
    clerk.visitor.press("main .ways a[href='/desk/plads']")
    clerk.read(case_number)
    clerk.says("On the waiting list")
    clerk.open_vacancy(family.houses[1], FREE_FROM)
    expect(clerk.main).to_contain_text(family.given_name)
    clerk.offer_to_first()
    clerk.says("Offered, waits for an answer")


def _read_letter(letter: EmailMessage, parent: Parent, family: Family, case_number: str) -> None:
    """It says that there is news and nothing more, in the receiver's language and then in Danish."""
    code = parent.language
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert letter["Subject"] == words(code, "There is news for you")
    assert letter["Content-Language"] == code
    spoken = [code] if code == DANISH.code else [code, DANISH.code]
    places = [text.index(words(each, "Sign in with MitID to read it:")) for each in spoken]
    assert places == sorted(places)
    for secret in (family.given_name, family.house_name, case_number, "2026"):
        assert secret not in f"{letter['Subject']}{text}{html}"
    assert f'dir="{LANGUAGES[code].dir}"' in html
    link = re.search(r"https?://\S+", text)
    assert link
    parent.visitor.go(link[0])
    parent.sign_in(family.parent)
    assert re.fullmatch(rf"/mit/{code}/plads/tilbud/{UUID_IN_PATH.pattern}", parent.visitor.path)


def _answer_yes(parent: Parent, family: Family) -> None:
    """What follows from each answer is read before the button; then the case shows the place."""
    code = parent.language
    parent.says("Read what follows from each answer. You can only answer once.")
    parent.says("The place is yours. Leaving it later takes notice.")
    parent.says("The place goes on to the next child.")
    expect(parent.main).to_contain_text(LANGUAGES[code].long_date(FREE_FROM))
    expect(parent.page.locator("main .deadline time").first).to_be_visible()
    heading = parent.page.locator("#yes-heading").bounding_box()
    button = parent.page.locator("button[name=answer][value=yes]").bounding_box()
    assert heading
    assert button
    assert heading["y"] < button["y"]
    parent.visitor.press("button[name=answer][value=yes]")
    parent.says("You said Yes")
    parent.visitor.press("main a.back")
    parent.says("Place agreed")
    expect(parent.page.locator(".notice.ok")).to_contain_text(family.house_name)
    parent.visitor.go(parent.home)
    waiting = parent.page.locator("section[aria-labelledby=errands]")
    expect(waiting).to_be_visible()
    expect(waiting.locator("a[href*='/plads/']")).to_have_count(0)


def _shown(code: str, number: int) -> str:
    return LANGUAGES[code].number(number)
