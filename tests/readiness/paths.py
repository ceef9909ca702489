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


DESK = "/desk/skolestart"
RECEIVED, DRAFTED = f"{DESK}/modtaget", f"{DESK}/kladde/{{draft}}"
MINE = "/mit/da/skolestart/{child}/beskrivelse"
PATHS: Mapping[str, Path] = {
    "readiness.document": to(Side.PARENT, MINE, VERSION, OWN, may=(ASKED,)),
    "readiness.version": to(Side.PARENT, f"{MINE}/1", VERSION, OWN, may=(ASKED,)),
    "readiness.pdf": to(Side.PARENT, f"{MINE}/1.pdf", VERSION, OWN),
    "readiness.comment": to(Side.PARENT, f"{MINE}/kommentar", OWN),
    "readiness.delete_comment": to(Side.PARENT, f"{MINE}/kommentar/slet", may=(OWN,)),
    "readiness.correction": to(Side.PARENT, f"{MINE}/1/rettelse", may=(ASKED,)),
    "readiness_desk.version": to(Side.HOUSE, f"{DESK}/udgave/{{version}}", VERSION),
    "readiness_desk.correction": to(Side.HOUSE, f"{DESK}/rettelse/{{request}}", REQUEST, may=(VERSION,)),
    "readiness_desk.draft": to(Side.HOUSE, DRAFTED, may=(DRAFT,)),
    "readiness_desk.area": to(Side.HOUSE, f"{DRAFTED}/social-udvikling", DRAFT),
    "readiness_desk.preview": to(Side.HOUSE, f"{DRAFTED}/vis", DRAFT),
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
    "readiness.consents": "Questions and answers, in the site's own words.",
    "readiness.take_all_back": "A press; it leads back to the parent's children.",
    "readiness.take_back": "A press; it leads back to the consents.",
    "readiness.receipts": "The parent's own answers, in the site's own words.",
    "readiness.receipts_file": "The same as a file.",
    "readiness_desk.pupils": "Names the children of the own house, and what is written about each.",
    "readiness_desk.pupil": "Tells which versions and drafts there are, with links to them.",
    "readiness_desk.begin": "A press; it leads to the draft.",
    "readiness_desk.readiness": "One answer of three, in the site's own words.",
    "readiness_desk.discard": "Asks whether a draft is to go, without its words.",
    "readiness_desk.publish": "Asks whether a draft is to be published; its words stand on the preview.",
    "readiness_desk.corrected": "A press; it leads back to the child's page.",
    "readiness_desk.paper": "Names who may answer on paper.",
    "readiness_desk.paper_of": "One adult's answers on paper.",
    "readiness_desk.paper_form_to_sign": "The questions of a consent, in the site's own words.",
    "readiness_desk.paper_file": "The paper that was signed: a consent, no description.",
}
"""By endpoint, why nothing that was written about a child stands there."""
