"""The pages that are measured, what each may cost, and where the goals come from (`performance.md`)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.times_of import VISIT
from tests.bench.town_of import FilledTown, Visitor

CLIENTS = 4
STATEMENTS = 8
MY_PAGE_STATEMENTS = 12
PACKED_BYTES = 8 * 1024
"""The most that brotli makes of a page's HTML (`frontend.md`)."""
OFFER_PAGE, PICKER, CONSENTS, ANONYMOUS = "offer page", "slot page", "consents page", "samtale: first page"
RECEIVED = "/desk/skolestart/modtaget"
WRITTEN_DOWN_GOAL, LIST_STATEMENTS, OPENING_STATEMENTS = 0.35, 12, 21
"""Of a page that asks anew whether everybody says yes (an opening before the lock and below it), and commits an entry
of the audit before it is shown.
"""


@dataclass(frozen=True)
class Look:
    """A page, the cookie it needs, the least ratio to the bare page of the same bytes, the most statements; how many
    clients ask at a time.
    """

    name: str
    path: str
    goal: float
    cookie: str = ""
    statements: int = STATEMENTS
    clients: int = CLIENTS


def answer_path(visitor: Visitor, language: str = "da") -> str:
    """Where the offer is read and answered."""
    return f"/mit/{language}/plads/tilbud/{visitor.about}"


def picker_path(visitor: Visitor, language: str = "da") -> str:
    """Where the free times of a home visit are."""
    return f"/mit/{language}/besog/{visitor.about}/{VISIT}"


def consents_path(visitor: Visitor, language: str = "da") -> str:
    """Where the questions before school are answered."""
    return f"/mit/{language}/skolestart/{visitor.about}/samtykke"


def looks(filled: FilledTown, language: str = "da") -> tuple[Look, ...]:
    """Each kind of page; the desk is in Danish only."""
    mit, desk, mine = f"mit={filled.parent.token}", f"desk={filled.clerk}", f"/mit/{language}"
    searched = urlencode({"district": filled.district})
    offered, described = filled.offered[0], filled.described
    return (
        Look("public front page", f"/{language}/", 2.0),
        Look("house list", f"/{language}/bornehuse", 2.0),
        Look("house list, searched", f"/{language}/bornehuse?{searched}", 0.5),
        Look(ANONYMOUS, f"/samtale/{language}/", 0.5),
        Look("my page", f"{mine}/", 0.5, mit, MY_PAGE_STATEMENTS),
        Look("my applications", f"{mine}/plads", 0.5, mit),
        Look("case page", f"{mine}/plads/{filled.parent.about}", 0.5, mit),
        Look("form page (step 4)", f"{mine}/plads/{filled.draft}/familien", 0.5, mit),
        Look(OFFER_PAGE, answer_path(offered, language), 0.5, f"mit={offered.token}"),
        Look(PICKER, picker_path(filled.picking, language), 0.5, f"mit={filled.picking.token}"),
        Look("description page", f"{mine}/skolestart/{described.about}/beskrivelse", 0.5, f"mit={described.token}"),
        Look(CONSENTS, consents_path(described, language), 0.5, f"mit={described.token}"),
        Look("letters", f"{mine}/beskeder", 0.5, f"mit={filled.writing.token}"),
        Look("letterbox thread", f"{mine}/beskeder/{filled.writing.about}", 0.5, f"mit={filled.writing.token}"),
        Look("desk: letters", "/desk/beskeder", WRITTEN_DOWN_GOAL, desk, LIST_STATEMENTS),
        Look("desk: a waiting list", f"/desk/plads/huse/{filled.house}/0-2", 0.5, desk),
        Look("desk: applications", "/desk/plads?state=waiting", 0.5, desk),
        Look("school: documents it may read", RECEIVED, WRITTEN_DOWN_GOAL, f"desk={filled.school}", LIST_STATEMENTS),
        Look(
            "school: a description",
            f"{RECEIVED}/{described.about}/beskrivelse?formaal=support",
            WRITTEN_DOWN_GOAL,
            f"desk={filled.school}",
            OPENING_STATEMENTS,
        ),
    )
