"""The road through the site, as a parent and as a clerk walk it: by pressing what a person presses.

Fields and buttons are found by what they do (name, value, address), words are asked of the catalogue, so that one road
is walked in every language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from parentsite.foundation.i18n import DANISH, LANGUAGES
from tests.browser import Visitor

UUID_IN_PATH = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMES_OF_WISHES = ".wishes li > span:first-child > bdi"
GO_ON = "main form .button.primary"


def words(code: str, message: str, **facts: object) -> str:
    """A message of the site as it reads in a language."""
    found = LANGUAGES[code].gettext(message)
    return found % facts if facts else found


@dataclass
class Road:
    """What parents and clerks have in common."""

    visitor: Visitor
    zone: str

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sign_in(self, person: str) -> Page:
        """Choose who to be, where the site has led to its provider."""
        assert "/authorize" in self.page.url, f"not at the provider but at {self.page.url}"
        return self.visitor.press(f"button[name=person][value={person}]")

    def sign_out(self) -> Page:
        return self.visitor.press(f"header form[action='/{self.zone}/log-ud'] button")

    def says(self, message: str, where: str = "main", **facts: object) -> None:
        """The page says this, in its own language."""
        expect(self.page.locator(where)).to_contain_text(words(self.language, message, **facts))

    @property
    def language(self) -> str:
        return self.visitor.language


@dataclass
class Parent(Road):
    """A parent with a browser."""

    zone: str = "mit"

    @property
    def home(self) -> str:
        return f"/mit/{self.language}/"

    def enter(self, person: str) -> Page:
        """Go to my page, and sign in with the demo's MitID."""
        self.visitor.go(self.home)
        self.sign_in(person)
        assert self.visitor.path == self.home
        return self.page

    def begin(self, child: UUID, care: str = "nursery") -> UUID:
        """Step 1; leaves at step 2. Returns the draft."""
        self.visitor.go(f"{self.home}plads/ny")
        self.page.locator(f"input[name=child][value='{child}']").check()
        self.page.locator(f"input[name=care][value={care}]").check()
        self.go_on()
        return self.id_in_path()

    def want(self, day: date | None = None) -> None:
        """Step 2; the day proposed, unless another is named."""
        if day:
            self.page.locator("input[name=wanted]").fill(day.isoformat())
        self.go_on()

    def wish(self, *houses: str) -> None:
        """Step 3: add wishes, in this order."""
        for house in houses:
            self.page.locator("select[name=facility]").select_option(house)
            self.change_wishes("add")

    def change_wishes(self, button: str, number: int = 0) -> None:
        """Press a button of step 3: `add`, or `up`, `down`, `remove` of a wish by its place in the order."""
        before = self.wishes()
        row = self.page.locator(".wishes li").nth(number) if button != "add" else self.page.locator("#add")
        found = row.locator(f"button[name={button}]")
        if self.visitor.device.script:
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                found.click()
            expect(self.page.locator(NAMES_OF_WISHES)).not_to_have_text(before)
        else:
            self.visitor.press(found)

    def wishes(self) -> list[str]:
        """The houses wished for, in order."""
        return self.page.locator(NAMES_OF_WISHES).all_text_contents()

    def tell_family(self, *, special_need: bool = False, **fields: str) -> None:
        """Step 4."""
        self.page.locator(f"input[name=special_need][value={'yes' if special_need else 'no'}]").check()
        for name, text in fields.items():
            self.page.locator(f"input[name={name}]").fill(text)
        self.go_on()

    def go_on(self) -> Page:
        return self.visitor.press(self.page.locator(GO_ON).last)

    def apply(self, child: UUID, houses: Sequence[str], care: str = "nursery") -> UUID:
        """All five steps, sent. Leaves at the receipt."""
        draft = self.begin(child, care)
        self.want()
        self.wish(*houses)
        self.go_on()
        self.tell_family()
        self.go_on()
        assert self.visitor.path == f"{self.home}plads/{draft}/kvittering"
        return draft

    def case_number(self) -> str:
        """On the receipt."""
        return self.page.locator(".receipt .code").inner_text().strip()

    def id_in_path(self) -> UUID:
        found = UUID_IN_PATH.search(self.visitor.path)
        assert found, f"no id in {self.visitor.path}"
        return UUID(found[0])


@dataclass
class Clerk(Road):
    """Somebody at the placement office."""

    zone: str = "desk"

    @property
    def language(self) -> str:
        return DANISH.code

    def enter(self, person: str = "karin-moelgaard") -> Page:
        self.visitor.go("/desk/")
        self.sign_in(person)
        assert self.visitor.path == "/desk/"
        return self.page

    def read(self, case_number: str) -> None:
        """Find a new application on the list, read it, confirm it."""
        self.visitor.go("/desk/plads")
        self.visitor.press(self.page.get_by_role("link", name=case_number))
        self.visitor.press("#confirm button")

    def open_vacancy(self, house: str, starts_on: date, group: str = "0-2") -> None:
        """Say that a place is free; leaves at the place."""
        self.visitor.go(f"/desk/plads/huse/{house}/{group}")
        self.page.locator("input[name=starts_on]").fill(starts_on.isoformat())
        self.visitor.press("main form button")
        self.visitor.press(self.page.locator("main .ways a").last)

    def offer_to_first(self) -> None:
        """One press."""
        self.visitor.press("main .button.primary")

    def offer_to(self, number: int, reason: str) -> Any:
        """Offer out of order, to the one with this number in the table; returns the page's answer."""
        row = self.page.locator("#others tbody tr").nth(number - 1)
        if not row.locator("details[open]").count():
            row.locator("summary").click()
        row.locator("textarea").fill(reason)
        with self.page.expect_navigation() as answer:
            row.locator("button").click()
        return answer.value.status if answer.value else None
