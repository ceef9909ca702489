"""The pages that are measured, what each may cost, and where the goals come from (`performance.md`)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.town_of import FilledTown

STATEMENTS = 8
MY_PAGE_STATEMENTS = 12
ANSWER_ON = {"sqlite": 0.35, "postgresql": 0.25}


@dataclass(frozen=True)
class Look:
    """A page, the cookie it needs, the least ratio to the bare page of the same bytes, the most statements."""

    name: str
    path: str
    goal: float
    cookie: str = ""
    statements: int = STATEMENTS


def looks(filled: FilledTown, language: str = "da") -> tuple[Look, ...]:
    """Each kind of page; the desk is in Danish only."""
    mit, desk, mine = f"mit={filled.parent.token}", f"desk={filled.clerk}", f"/mit/{language}"
    searched = urlencode({"district": filled.district})
    offered = filled.offered[0]
    return (
        Look("public front page", f"/{language}/", 2.0),
        Look("house list", f"/{language}/bornehuse", 2.0),
        Look("house list, searched", f"/{language}/bornehuse?{searched}", 0.5),
        Look("my page", f"{mine}/", 0.5, mit, MY_PAGE_STATEMENTS),
        Look("my applications", f"{mine}/plads", 0.5, mit),
        Look("case page", f"{mine}/plads/{filled.parent.about}", 0.5, mit),
        Look("form page (step 4)", f"{mine}/plads/{filled.draft}/familien", 0.5, mit),
        Look("offer page", f"{mine}/plads/tilbud/{offered.about}", 0.5, f"mit={offered.token}"),
        Look("desk: a waiting list", f"/desk/plads/huse/{filled.house}/0-2", 0.5, desk),
        Look("desk: applications", "/desk/plads?state=waiting", 0.5, desk),
    )
