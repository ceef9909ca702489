"""A parent in a browser: writing for the first time, and what stands on the page then."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.sites import Site
from tests.strict import Client, Page

FRONT, BACK, INSIDE = "/samtale/en/", "/samtale/en/tilbage", "/samtale/en/samtale"
WORDS, NEW_WORDS = "/samtale/en/ord", "/samtale/en/nye-ord"
SAVE, DELETE, TIME, LEAVE = "/samtale/en/gem", "/samtale/en/slet", "/samtale/en/tid", "/samtale/en/forlad"
ANONYMOUS_FORMS: Mapping[str, str] = {
    "counselling.front": FRONT,
    "counselling.back": BACK,
    "counselling.inside": INSIDE,
    "counselling.phrase": WORDS,
    "counselling.change": NEW_WORDS,
    "counselling.delete": DELETE,
    "counselling.time": TIME,
    "counselling.leave": LEAVE,
}
"""Every form of the zone, by its endpoint."""
BEHIND_THE_DOOR = (INSIDE, WORDS, NEW_WORDS, SAVE, DELETE, TIME)
TEXT = "Vi skændes hele tiden, og jeg ved ikke hvad jeg skal gøre."


@dataclass
class Writer:
    """Somebody who has written, with what they have on paper."""

    browser: Client
    words: str
    digits: str

    def read(self) -> Page:
        return self.browser.get(INSIDE)

    def times(self) -> Page:
        return self.browser.get(TIME)

    @property
    def token(self) -> str:
        """What the forms of this browser carry."""
        return str(self.read().all("//input[@name='csrf_token']/@value")[0])


def beginner(site: Site, text: str = TEXT) -> Client:
    """A new browser in which somebody has just written for the first time, and has the words before them."""
    browser = site.client()
    browser.submit(browser.get(FRONT), action=FRONT, text=text)
    return browser


def writer(site: Site, text: str = TEXT) -> Writer:
    """The same, and the words are written down."""
    browser = beginner(site, text)
    page = browser.get(WORDS)
    words, digits = " ".join(page.texts("//ol[@class='secret']/li")), page.texts("//p[@class='secret']")[0]
    browser.submit(page, action=WORDS)
    return Writer(browser, words, digits)


def said(page: Page) -> list[str]:
    """The messages on the page."""
    return page.texts("//blockquote")
