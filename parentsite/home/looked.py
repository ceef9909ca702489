"""Who has looked: what staff have read of a child, told to its parents by office, time and reason; never by name.

A page, and the parent's own file of it. Who is told of what is decided in `people/looked.py`.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Journey
from parentsite.foundation.reading import Reading
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import PageForm, asked
from parentsite.foundation.web.language import gettext
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.spreadsheet import cell_of, spreadsheet
from parentsite.foundation.web.transactions import work
from parentsite.people.children import ChildView, child_for, children_of
from parentsite.people.looked import Look, all_looks, looks
from parentsite.people.oversight import READINGS as OVERSIGHT
from parentsite.town.service import current_town

SOMEBODY = N_("Somebody who works for the town")
SOMETHING = N_("Looked at the case.")
NO_REASON = N_("No reason is noted.")


@dataclass(frozen=True)
class Told:
    """One read in the reader's language; `place` is the house or school where the staff work, if there is one.

    `times` is how often the same person read the same for the same reason on that day; `at` is the last of them.
    """

    at: datetime
    who: str
    place: str | None
    what: str
    why: str
    times: int = 1


def looked_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `looked`, over what the staff of all journeys read."""
    pages = Blueprint("looked", __name__, url_prefix="/mit/<lang>/hvem-har-set")
    readings = [*OVERSIGHT, *(one for journey in journeys for one in journey.readings)]

    @pages.get("")
    @open_to(parents)
    def front() -> Response:
        """The children to choose from."""
        return page("home/looked.html", children=children_of(work().session, me(), work().today))

    @pages.get("/<uuid:child>")
    @open_to(parents)
    def child(child: UUID) -> Response:
        """The reads of one child, newest first."""
        return _child_page(child, readings)

    @pages.get("/<uuid:child>/hvem-har-set.csv")
    @open_to(parents)
    def file(child: UUID) -> Response:
        """All of them, to keep."""
        return _file(child, readings)

    return pages


def _child_page(child: UUID, readings: Iterable[Reading]) -> Response:
    seen = _seen(child)
    sheet = looks(work(), me(), child, readings, asked(PageForm).number)
    return page("home/looked_child.html", child=seen, sheet=sheet, rows=_folded(sheet.rows))


def _file(child: UUID, readings: Iterable[Reading]) -> Response:
    _seen(child)
    heads = [gettext("When (Danish time)"), gettext("Who"), gettext("Where"), gettext("What"), gettext("Why")]
    found = _told(all_looks(work(), me(), child, readings))
    rows = ((cell_of(one.at), one.who, one.place or "", one.what, one.why) for one in found)
    return spreadsheet("hvem-har-set", heads, rows)


def _seen(child: UUID) -> ChildView:
    """The child, for an adult who may know of it; there is no such page for anybody else."""
    return child_for(work().session, me(), child, work().today) or abort(404)


def _told(found: Iterable[Look]) -> list[Told]:
    town = current_town(work().session)
    return [
        Told(one.at, _who(one), town.place_name(one.institution) if one.institution else None, _what(one), _why(one))
        for one in found
    ]


def _folded(found: Sequence[Look]) -> list[Told]:
    """The same, with what one person read on one day for one reason told once: each click stands in the file."""
    times = Counter(map(_same, found))
    first = {_same(one): one for one in reversed(found)}
    newest = sorted(first.values(), key=found.index)
    return [replace(told, times=times[_same(one)]) for one, told in zip(newest, _told(newest), strict=True)]


def _same(look: Look) -> Hashable:
    return (
        local_date(look.at),
        look.by,
        look.roles,
        look.institution,
        look.reading and look.reading.action,
        look.purpose,
    )


def _who(look: Look) -> str:
    offices = look.reading.offices if look.reading else {}
    found = [gettext(words) for role, words in offices.items() if role in look.roles]
    return found[0] if found else gettext(SOMEBODY)


def _what(look: Look) -> str:
    return gettext(look.reading.words if look.reading else SOMETHING)


def _why(look: Look) -> str:
    purposes = look.reading.purposes if look.reading else {}
    return gettext(purposes.get(look.purpose, NO_REASON))
