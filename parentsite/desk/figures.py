"""How the work stands, in plain figures: for each role its own, drawn by the server, with a table that says the same.

What is so few that one might guess whom it is about is not told exactly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, g

from parentsite.desk.acts import say
from parentsite.foundation.journey import Figure, Figures, Journey, Unit
from parentsite.foundation.web.access import open_to, staff
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work

FEW = 5
"""Fewer cases than this are not told exactly; none at all are."""
FULL = 100
"""How long the longest bar of a chart is."""


@dataclass(frozen=True)
class Bar:
    """One figure as it is shown: `few` when it is not told exactly; `number` is none when it cannot be reckoned."""

    words: str
    number: int | None
    is_few: bool
    unit: Unit
    length: int


@dataclass(frozen=True)
class Chart:
    """The figures that are compared with one another."""

    words: str
    bars: Sequence[Bar]


def figure_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `desk_figures`, over what all journeys count."""
    pages = Blueprint("desk_figures", __name__, url_prefix="/desk/tal")

    @pages.get("")
    @open_to(staff(*roles_that_count(journeys)))
    def figures() -> Response:
        """The figures of one's own work."""
        found = [one for journey in journeys for one in journey.figures(work()) if one.role in g.actor.roles]
        return page("desk/figures.html", charts=[chart for one in found for chart in charts(one, say)])

    return pages


def roles_that_count(journeys: Sequence[Journey]) -> list[str]:
    """Who has figures."""
    return sorted({role for journey in journeys for role in journey.counting})


def charts(figures: Figures, in_words: Callable[[str], str]) -> list[Chart]:
    """A chart for each unit, its words as `in_words` says them: days are not compared with cases."""
    units = list(dict.fromkeys(one.unit for one in figures.rows))
    return [
        Chart(in_words(figures.words), _bars(in_words, [one for one in figures.rows if one.unit is unit]))
        for unit in units
    ]


def _bars(in_words: Callable[[str], str], rows: Sequence[Figure]) -> list[Bar]:
    most = max((_told(one) or 0 for one in rows), default=0)
    return [_bar(in_words(one.words), one, most) for one in rows]


def _bar(words: str, one: Figure, most: int) -> Bar:
    told = _told(one)
    length = round(FULL * (told or 0) / most) if most else 0
    return Bar(words, told, told != one.number, one.unit, length)


def _told(one: Figure) -> int | None:
    """The figure as far as it is told: a few cases are all shown as so many."""
    is_few = one.unit is Unit.CASES and one.number is not None and 0 < one.number < FEW
    return FEW if is_few else one.number
