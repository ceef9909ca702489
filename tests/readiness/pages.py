"""Where the parents' pages at school start are, and a parent with something to read on them."""

from dataclasses import dataclass
from uuid import UUID

from tests.readiness.scene import DESCRIPTION, Scene, published, scene
from tests.sites import Site
from tests.strict import Client, Page

START = "/mit/en/skolestart"
PUBLIC = "/en/skolestart"


@dataclass(frozen=True)
class Reader:
    """A family with one description, and the browsers of the two who hold custody."""

    site: Site
    of: Scene
    anne: Client
    bo: Client

    @property
    def home(self) -> str:
        """The child's page."""
        return f"{START}/{self.of.child}"

    @property
    def newest(self) -> str:
        """The newest description."""
        return f"{self.home}/beskrivelse"

    def publish(self, words: str) -> int:
        """Another version, with these words in every area."""
        with self.site.work() as now:
            return published(now, self.of, DESCRIPTION, words)


def reader(site: Site) -> Reader:
    """Version 1 is published."""
    with site.work() as now:
        of = scene(now)
        published(now, of)
    return Reader(site, of, site.parent(of.holders[0]), site.parent(of.holders[1]))


def stranger(site: Site, person: UUID) -> Client:
    """The browser of somebody else."""
    return site.parent(person)


def part(page: Page, heading: str) -> str:
    """What stands in the section that is labelled by this heading's id, with plain blanks."""
    (found,) = page.texts(f"//main//section[@aria-labelledby='{heading}']")
    return found.replace("\N{NO-BREAK SPACE}", " ")
