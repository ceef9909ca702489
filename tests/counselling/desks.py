"""Counsellors at the desk, each in a browser of their own, with what stands on their paper."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

BOX, UNLOCK, LOCK, TIMES = "/desk/samtaler", "/desk/samtaler/laas-op", "/desk/samtaler/laas", "/desk/samtaler/tider"
KEYS, ENROL, FOUND = "/desk/samtaler/noegler", "/desk/samtaler/noegler/ny", "/desk/samtaler/noegler/begynd"
REPHRASE, LOST = "/desk/samtaler/noegler/nye-ord", "/desk/samtaler/noegler/mistet"
PAPER, TAKE_OVER = "/desk/samtaler/noegler/papir", "/desk/samtaler/noegler/gendan"
COUNSELLOR = frozenset({"counsellor"})
COUNSELLORS_FORMS = {
    f"counselling_desk.{name}"
    for name in (
        *("conversations", "thread", "close", "unlock", "lock", "times"),
        *("enrol", "rephrase", "start_over", "take_over", "found", "admit", "remove", "renew_paper"),
    )
}
"""Every form of the counsellors' desk, by its endpoint: what they write stands in a database of its own, so that they
are tried here, in `test_desk` and `test_desk_keys`.
"""
ANSWER = "Godt at du skriver. Hvad ville hjælpe jer i aften?"


@dataclass
class Counsellor:
    """One counsellor; `words` stand on their paper."""

    site: Site
    id: UUID
    name: str
    browser: Client
    words: str = ""

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.id, COUNSELLOR)

    def signs_in(self) -> "Counsellor":
        """Anew, in the same browser."""
        with self.site.work() as work:
            self.browser.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, self.actor))
        return self

    def enrols(self) -> "Counsellor":
        page = self.browser.submit(self.browser.get(ENROL), action=ENROL, status=200, name=self.name)
        self.words = words_on(page)
        return self

    def unlocks(self) -> Page:
        return self.browser.submit(self.browser.get(UNLOCK), action=UNLOCK, phrase=self.words)

    def opens(self, designation: str) -> Page:
        return self.browser.get(thread(designation))

    def answers(self, designation: str, text: str = ANSWER, status: int | None = None) -> Page:
        at = thread(designation)
        return self.browser.submit(self.browser.get(at), action=at, status=status, text=text)


def thread(designation: str) -> str:
    """Where a conversation stands at the desk."""
    return f"{BOX}/samtale/{quote(designation)}"


def words_on(page: Page) -> str:
    """The words that a page shows once."""
    return " ".join(page.texts("//ol[contains(@class, 'secret')]/li"))


def designations(page: Page) -> list[str]:
    """The conversations of the list, in its order."""
    return page.texts("//table[@id='conversations']//th[@scope='row']")


def tags(page: Page) -> list[str]:
    """What a list says of each row, in a word or two."""
    return page.texts("//main//table//span[contains(@class, 'tag')]")


def is_locked(one: Counsellor) -> bool:
    """Whether the mailbox leads to its lock."""
    page = one.browser.get(BOX, status={200, 303})
    return page.status == 303 and page.location == UNLOCK


def counsellor(site: Site, name: str = "Jette Bro") -> Counsellor:
    """A new counsellor, signed in."""
    with site.work() as work:
        made = builders.clerk(work, name=name)
    return Counsellor(site, made, name, site.client()).signs_in()


def holding(site: Site, count: int = 2) -> tuple[list[Counsellor], str]:
    """So many counsellors who hold the key, their mailboxes unlocked; and the words of the paper copy."""
    all_of_them = [counsellor(site, f"Rådgiver {number}").enrols() for number in range(count)]
    first = all_of_them[0].browser
    paper = words_on(first.submit(first.get(FOUND), action=FOUND, status=200))
    for one in all_of_them:
        one.unlocks()
    return all_of_them, paper
