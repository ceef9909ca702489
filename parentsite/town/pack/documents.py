"""Reading the areas that daycare writes about, and the templates that put them in order."""

from collections import Counter

from parentsite.town.documents import Area, DocumentKind, DocumentTemplate
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance


def read_areas(root: Table) -> tuple[Area, ...]:
    """Every `[areas.<code>]`."""
    return tuple(_area(code, table) for code, table in root.named("areas"))


def read_templates(root: Table, areas: frozenset[str]) -> tuple[DocumentTemplate, ...]:
    """Every `[document_templates.<code>]`, the newest first; each kind has one, and no two begin on the same day."""
    found = [_template(code, table, areas) for code, table in root.named("document_templates")]
    counted = Counter((one.kind, one.valid_from) for one in found)
    for one in found:
        if counted[one.kind, one.valid_from] > 1:
            root.wrong("document_templates", f"two of the kind {one.kind.value} begin on {one.valid_from}")
    for kind in DocumentKind:
        if kind not in {one.kind for one in found}:
            root.wrong("document_templates", f"there must be one of the kind {kind.value}")
    return tuple(sorted(found, key=lambda one: one.valid_from, reverse=True))


def _area(code: str, table: Table) -> Area:
    table.book.claim(code, table.path)
    return Area(code=code, name=table.text("name"), text=table.text("text"), **provenance(table))


def _template(code: str, table: Table, areas: frozenset[str]) -> DocumentTemplate:
    table.book.claim(code, table.path)
    listed = table.items("areas", str)
    if not listed or len(set(listed)) < len(listed) or not areas.issuperset(listed):
        table.wrong("areas", "must list areas of this pack, each once")
    return DocumentTemplate(
        code=code,
        kind=table.choice("kind", DocumentKind),
        valid_from=table.day("valid_from"),
        areas=listed,
        **provenance(table),
    )
