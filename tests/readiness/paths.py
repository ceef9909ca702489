"""Every way in to the journey: those that show something of what was written about a child, and why the others do not.

A new page fails the suite until it stands here. What a page shows is named by whose words they are: `VERSION` (what is
published), `DRAFT`, `OWN` (the parent's who asks), `COMMENTS` (each custody holder's own, for who receives), `REQUEST`
(what a parent asks to have corrected; `ASKED` for the one who asked alone); or `NAME`, for lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parentsite.readiness.rules.gate import Side
from tests.heard import Paper
from tests.strict import Page

VERSION, DRAFT, OWN, COMMENTS, NAME = "version", "draft", "own", "comments", "name"
REQUEST, ASKED = "request", "own request"
NOTHING = frozenset[str]()


def as_text(page: Page) -> str:
    """What an answer says, as a browser gets it."""
    return page.response.get_data(as_text=True)


def as_heard(page: Page) -> str:
    """What a PDF says; where there is none, the page in its place."""
    is_pdf = page.headers["Content-Type"] == "application/pdf"
    return Paper(page.response.data).text() if is_pdf else as_text(page)


@dataclass(frozen=True)
class Path:
    """A page for one `side`: what it `shows` to those who may open it, and what it `may` show besides."""

    address: str
    side: Side
    shows: frozenset[str]
    may: frozenset[str] = NOTHING
    read: Callable[[Page], str] = as_text


def to(side: Side, address: str, *shows: str, may: tuple[str, ...] = ()) -> Path:
    return Path(address, side, frozenset(shows), frozenset(may), as_heard if ".pdf" in address else as_text)


RECEIVED = "/desk/skolestart/modtaget"
MINE = "/mit/da/skolestart/{child}/beskrivelse"
PATHS: Mapping[str, Path] = {
    "readiness.document": to(Side.PARENT, MINE, VERSION, OWN, may=(ASKED,)),
    "readiness.version": to(Side.PARENT, f"{MINE}/1", VERSION, OWN, may=(ASKED,)),
    "readiness.pdf": to(Side.PARENT, f"{MINE}/1.pdf", VERSION, OWN),
    "readiness.comment": to(Side.PARENT, f"{MINE}/kommentar", OWN),
    "readiness.delete_comment": to(Side.PARENT, f"{MINE}/kommentar/slet", may=(OWN,)),
    "readiness.correction": to(Side.PARENT, f"{MINE}/1/rettelse", may=(ASKED,)),
    "readiness_desk.received": to(Side.RECEIVER, RECEIVED, NAME),
    "readiness_desk.received_document": to(
        Side.RECEIVER, f"{RECEIVED}/{{child}}/beskrivelse?formaal=support", VERSION, COMMENTS
    ),
    "readiness_desk.received_pdf": to(
        Side.RECEIVER, f"{RECEIVED}/{{child}}/beskrivelse.pdf?formaal=support", VERSION, COMMENTS
    ),
}
WITHOUT_TEXT: Mapping[str, str] = {
    "readiness_public.guide": "Tells of the journey; it knows no child.",
    "readiness.front": "Names the children of the parent who asks, and that something is published.",
    "readiness.child": "Tells which versions there are, with links to them.",
    "readiness.ask_assessment": "A press; it leads back to the child's page.",
    "readiness.take_back_assessment": "A press; it leads back to the child's page.",
}
"""By endpoint, why nothing that was written about a child stands there."""
