"""The whole circle: a parent writes without a name, a counsellor unlocks, answers and offers a time, the parent comes
back with the words, reads, takes the time and deletes everything.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import Device, Screen, Visitor
from tests.counselling.desks import ANSWER
from tests.counselling.people import TEXT
from tests.stories.conftest import NewVisitor
from tests.stories.road import GO_ON, Clerk
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

FRONT, INSIDE = "/samtale/da/", "/samtale/da/samtale"
BOX, KEYS = "/desk/samtaler", "/desk/samtaler/noegler"
UNLOCK = f"{BOX}/laas-op"
SEND = "#answer .button.primary"
LOCKED_AFTER = timedelta(minutes=26)
DEVICES = {"wide": Device(Screen.WIDE), "phone-without-script": Device(script=False)}


@pytest.mark.parametrize("name", DEVICES)
def test_from_the_first_word_to_the_last(name: str, town: RunningSite, new_visitor: NewVisitor) -> None:
    parent, desk = new_visitor(Device(script=name == "wide")), Clerk(new_visitor(DEVICES[name]))
    marker = f"{TEXT} ({name})"
    holder, _ = town.keyholders
    words = _writes(parent, marker)
    town.admit(desk.visitor, holder.actor)
    designation = _finds(desk, holder.words, marker)
    _answers(desk, designation)
    _reads_and_takes_a_time(parent, words)
    desk.visitor.go(f"{BOX}/tider")
    expect(desk.page.locator("#times .tag", has_text="Optaget").first).to_be_visible()
    expect(desk.main).not_to_contain_text(designation)
    _deletes(parent)
    desk.visitor.go(f"{BOX}/samtale/{designation}")
    desk.says("The parent may have deleted it, or its time was over. Nobody can bring it back.")
    _signs_out(desk)
    desk.visitor.calm(refusals=[404, 422])
    parent.calm()


def test_a_counsellor_gets_a_key_and_a_colleague_lets_in(town: RunningSite, new_visitor: NewVisitor) -> None:
    holder, _ = town.keyholders
    jette, inger = Clerk(new_visitor()), Clerk(new_visitor())
    jette.enter("jette-bro")
    jette.visitor.press(f"header nav a[href='{BOX}']")
    jette.says("You have no key yet")
    jette.visitor.press(f"main a[href='{KEYS}']")
    jette.visitor.press(f"main a[href='{KEYS}/ny']")
    jette.page.locator("#name").fill("Jette Bro")
    jette.visitor.press(GO_ON)
    words = " ".join(jette.page.locator("ol.secret li").all_inner_texts())
    jette.visitor.go(BOX)
    five = jette.page.locator("p.secret").inner_text().replace("-", " ")
    town.admit(inger.visitor, holder)
    inger.visitor.go(KEYS)
    row = inger.page.locator("#roster tr", has_text="Jette Bro")
    expect(row).to_contain_text(five)
    inger.visitor.press(row.locator("button"))
    inger.says("Your colleague can read now.", ".notice")
    jette.page.reload()
    _unlocks(jette, words)
    assert jette.visitor.path == BOX
    for one in (jette, inger):
        one.visitor.calm()


def test_what_was_being_written_is_there_after_the_lock(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent, desk = new_visitor(), Clerk(new_visitor())
    marker = f"{TEXT} (lås)"
    holder, _ = town.keyholders
    _writes(parent, marker)
    town.admit(desk.visitor, holder.actor)
    _finds(desk, holder.words, marker)
    desk.page.locator("#answer textarea").fill(ANSWER)
    town.later(LOCKED_AFTER)
    desk.visitor.press(SEND)
    desk.says("The mailbox had locked itself. Nothing was sent. Unlock it, and your text is there again.")
    _unlocks(desk, holder.words)
    expect(desk.page.locator("#answer textarea")).to_have_value(ANSWER)
    desk.visitor.press(SEND)
    expect(desk.page.locator("blockquote")).to_have_text([marker, ANSWER])
    desk.visitor.calm()


def _writes(parent: Visitor, text: str) -> str:
    """Writes for the first time; the words stand on paper afterwards, and the browser is closed upon them."""
    page = parent.go(FRONT)
    page.locator("#text").fill(text)
    parent.press(GO_ON)
    words = " ".join(page.locator("ol.secret li").all_inner_texts())
    parent.press(GO_ON)
    parent.context.clear_cookies()
    return words


def _unlocks(desk: Clerk, words: str) -> None:
    desk.page.locator("#phrase").fill(words)
    desk.visitor.press(GO_ON)
    assert words.split()[0] not in desk.page.url


def _finds(desk: Clerk, words: str, marker: str) -> str:
    """From the front door by the lock to the one who waits; returns the two words that it is called."""
    desk.visitor.go("/desk/")
    desk.visitor.press(f"main a[href='{BOX}'] >> nth=0")
    assert desk.visitor.path == UNLOCK
    _unlocks(desk, words)
    expect(desk.main).not_to_contain_text(TEXT)
    for link in desk.page.locator("#conversations th a").all_inner_texts():
        desk.visitor.go(f"{BOX}/samtale/{link}")
        if marker in desk.main.inner_text():
            return link
    raise AssertionError("the conversation is not in the list")


def _answers(desk: Clerk, designation: str) -> None:
    """Empty it is refused; written it is sent, and stands as unread."""
    desk.visitor.press(SEND)
    desk.says("Write your message.", ".error-summary")
    desk.page.locator("#answer textarea").fill(ANSWER)
    desk.visitor.press(SEND)
    desk.says("The answer is sent.", ".notice")
    expect(desk.page.locator("blockquote").last).to_have_text(ANSWER)
    desk.says("The parent has not read it yet.")


def _reads_and_takes_a_time(parent: Visitor, words: str) -> None:
    page = parent.go("/samtale/da/tilbage")
    page.locator("#phrase").fill(words)
    parent.press(GO_ON)
    expect(page.locator("blockquote").last).to_have_text(ANSWER)
    parent.press("main a[href$='/tid']")
    page.locator("input[name=slot]").first.check()
    parent.press(GO_ON)
    expect(page.locator(".notice.ok")).to_contain_text(re.compile(r"kl\. \d"))


def _deletes(parent: Visitor) -> None:
    parent.go(INSIDE)
    parent.press("main a[href$='/slet']")
    parent.press("main form .button.danger")
    parent.go(INSIDE)
    assert parent.path == "/samtale/da/tilbage"


def _signs_out(desk: Clerk) -> None:
    """Back at the desk the mailbox is locked."""
    desk.sign_out()
    desk.visitor.go(BOX)
    assert desk.visitor.path != BOX
