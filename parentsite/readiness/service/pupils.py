"""The list of the children at a pedagogue's houses, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from parentsite.foundation.work import Work
from parentsite.people.attendance import children_at
from parentsite.people.casework import named
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.ends import school_start, starts_soon
from parentsite.readiness.service.facts import PEDAGOGUE
from parentsite.readiness.service.house import Pupil, described, oldest_first
from parentsite.town.service import current_town

PAGE_SIZE = 30


class Shelf(StrEnum):
    """Which children are listed."""

    SOON = "soon"
    """Those who start school this year or next year."""
    ALL = "all"


@dataclass(frozen=True)
class Row:
    """A child in the list, and the year in which it is to start school."""

    pupil: Pupil
    starts: int


@dataclass(frozen=True)
class PupilSheet:
    """One page of the list, and whether there is another."""

    rows: Sequence[Row]
    number: int
    has_more: bool


def listed(work: Work, shelf: Shelf, number: int = 1) -> PupilSheet:
    """A page of the children who go to this pedagogue's houses today, the oldest first; nobody for anybody else.

    Whoever shows it writes one entry with the ids. As many statements for many children as for one.
    """
    here = children_at(work.session, work.actor.institutions, work.today) if PEDAGOGUE in work.actor.roles else {}
    names = named(work.session, here) if here else {}
    ends = ends_of(current_town(work.session))
    wanted = [one for one in here if shelf is Shelf.ALL or starts_soon(ends, names[one].born, work.today)]
    wanted.sort(key=lambda one: oldest_first(one, names[one]))
    begin = PAGE_SIZE * (number - 1)
    shown = {one: here[one] for one in wanted[begin : begin + PAGE_SIZE]}
    rows = [Row(one, school_start(ends, one.child.born).year) for one in described(work, shown, names)]
    return PupilSheet(rows, number, has_more=len(wanted) > begin + PAGE_SIZE)
