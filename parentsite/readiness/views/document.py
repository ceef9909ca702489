"""One version of a document: short areas, what it says of school, what is new in it, and the parent's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Response

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work
from parentsite.readiness.rules.changes import Change, Passage, words_changed
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.sheet import Sheet, sheet_of
from parentsite.readiness.views.blueprint import VERSION, mit
from parentsite.town.documents import Area
from parentsite.town.service import current_town
from parentsite.town.town import Town


@dataclass(frozen=True)
class Part:
    """One area of a version; `area` is none when the town's pack has it no more; `passages` where words differ."""

    code: str
    area: Area | None
    text: str
    change: Change
    passages: Sequence[Passage] = ()


@mit.get("/<uuid:child>/<document:kind>")
@open_to(parents)
def document(child: UUID, kind: DocumentKind) -> Response:
    """The newest version."""
    return _show(sheet_of(work(), me(), child, kind))


@mit.get(VERSION)
@open_to(parents)
def version(child: UUID, kind: DocumentKind, number: int) -> Response:
    """One version, as it was published."""
    return _show(sheet_of(work(), me(), child, kind, number))


def _show(sheet: Sheet) -> Response:
    parts = _parts(sheet, current_town(work().session))
    return page(
        "readiness/document.html",
        sheet=sheet,
        parts=[one for one in parts if one.change is not Change.REMOVED],
        removed=[one for one in parts if one.change is Change.REMOVED],
        spoken=LANGUAGES,
    )


def _parts(sheet: Sheet, town: Town) -> list[Part]:
    areas = {one.code: one for one in town.areas}
    before = sheet.before.texts if sheet.before else {}
    now = sheet.version.texts
    found = []
    for code in [*now, *(gone for gone in before if gone not in now)]:
        change = sheet.changes.get(code, Change.SAME)
        is_marked = change in (Change.CHANGED, Change.REMOVED)
        passages = words_changed(before[code], now.get(code, "")) if is_marked else ()
        found.append(Part(code, areas.get(code), now.get(code, ""), change, passages))
    return found
