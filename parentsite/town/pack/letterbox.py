"""Reading the teams that answer letters, and their templates of answers."""

from collections.abc import Collection, Sequence

from parentsite.town.directory import Service
from parentsite.town.letterbox import LetterReach, LetterRole, LetterTeam, LetterTemplate
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance

_LONGEST_ANSWER = 60
"""Working days; nobody waits a quarter of a year for an answer."""


def read_letter_teams(root: Table, services: Sequence[Service]) -> tuple[LetterTeam, ...]:
    """Every `[letter_teams.<code>]`, in the order in which the page shows them; a town may have none."""
    return tuple(_team(code, table, services) for code, table in root.named("letter_teams"))


def read_letter_templates(root: Table, teams: Collection[str]) -> tuple[LetterTemplate, ...]:
    """Every `[letter_templates.<code>]`, in the order in which staff are shown them."""
    return tuple(_template(code, table, teams) for code, table in root.named("letter_templates"))


def _team(code: str, table: Table, services: Sequence[Service]) -> LetterTeam:
    table.book.claim(code, table.path)
    return LetterTeam(
        code=code,
        role=table.choice("role", LetterRole),
        reach=table.choice("reach", LetterReach),
        answer_days=table.integer("answer_days", least=1, most=_LONGEST_ANSWER),
        name=table.text("name"),
        text=table.text("text"),
        service=_service(table, services),
        **provenance(table),
    )


def _service(table: Table, services: Sequence[Service]) -> Service | None:
    written = table.string_or_none("service")
    found = next((service for service in services if service.code == written), None)
    if written and found is None:
        table.wrong("service", f"names {written!r}, which the pack does not have")
    return found


def _template(code: str, table: Table, teams: Collection[str]) -> LetterTemplate:
    table.book.claim(code, table.path)
    listed = table.items("teams", str)
    if not set(teams).issuperset(listed):
        table.wrong("teams", "must list letter_teams of this pack")
    return LetterTemplate(
        code=code, name=table.string("name"), text=table.text("text"), teams=listed, **provenance(table)
    )
