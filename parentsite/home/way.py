"""A child's way from birth to school, put together: what the rules say of any child, and in its place what the journeys
tell of this one. The birth and the language assessment belong to no journey.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from parentsite.foundation.journey import Journey, Stop
from parentsite.foundation.web.language import gettext
from parentsite.foundation.work import Work
from parentsite.home.asking import ask_each
from parentsite.home.stations import Station, along
from parentsite.people.visibility import Facet, Sight
from parentsite.town.service import current_town
from parentsite.town.town import Town

BIRTH, LANGUAGE = "birth", "language"
EARLY_WEEKS = 3
"""Born so long before the due date, a child counts as born early (præmatur): before week 37 of 40."""


class AnyChild(Protocol):
    """A child, or a date alone: then `id` is none."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def due_date(self) -> date | None: ...
    @property
    def counts_from(self) -> date: ...


@dataclass(frozen=True)
class SomeChild:
    """A child of whom only a date is known: typed by anybody, kept nowhere."""

    counts_from: date
    birth_date: date | None
    due_date: date | None = None
    id: None = None


def shows_way(sight: Sight) -> bool:
    """Whether an adult is shown the way of a child: without its times it would tell of a child to whom nothing has
    happened.
    """
    return sight.sees(Facet.TIME)


def some_child(day: date, today: date) -> SomeChild:
    """A day that has come is a birth date, one ahead a due date."""
    return SomeChild(day, day) if day <= today else SomeChild(day, None, day)


def ways_of(
    journeys: Sequence[Journey], work: Work, children: Sequence[AnyChild], told: Iterable[Stop]
) -> tuple[Mapping[UUID | None, tuple[Station, ...]], frozenset[str]]:
    """Each child's way, by the child's id; and the journeys that could not say what their rules are."""
    found: dict[UUID | None, dict[str, Stop]] = {child.id: _own(work, child) for child in children}
    by_rule, missing = ask_each(
        journeys, lambda journey: [(child.id, stop) for child in children for stop in journey.stops(work, child)]
    )
    for whose, stop in by_rule:
        found[whose][stop.code] = stop
    for stop in told:
        if stop.child in found:
            found[stop.child][stop.code] = stop
    return {whose: along(stops.values(), work.today) for whose, stops in found.items()}, missing


def weeks_early(child: AnyChild) -> int:
    """How many whole weeks too early it was born, as far as both days are known; 0 for one that was not."""
    if child.birth_date is None or child.due_date is None:
        return 0
    weeks = (child.due_date - child.birth_date).days // 7
    return weeks if weeks >= EARLY_WEEKS else 0


def _own(work: Work, child: AnyChild) -> dict[str, Stop]:
    stops = (_birth(child, work.today), _language(current_town(work.session), child.counts_from))
    return {stop.code: stop for stop in stops}


def _birth(child: AnyChild, today: date) -> Stop:
    if child.birth_date is not None:
        return Stop(BIRTH, gettext("Your child is born"), "", first=child.birth_date, is_done=True)
    text = gettext("All days here are counted from this one. They move when the child is born.")
    if child.counts_from < today:
        text = gettext("Is the child born? When the people register (CPR) knows it, all days here are counted anew.")
    return Stop(BIRTH, gettext("Your child is expected"), text, first=child.counts_from)


def _language(town: Town, counts_from: date) -> Stop:
    """At about three years, so the month is told and not a day (§ 11 of the Daycare Act)."""
    fact: Any = town.settings.language_assessment_months
    year, month0 = divmod(counts_from.year * 12 + counts_from.month - 1 + fact.value, 12)
    month = month0 + 1
    return Stop(
        LANGUAGE,
        gettext("Language assessment (sprogvurdering)"),
        gettext("All children are offered it. A child who is not in daycare must take part: then we contact you."),
        "help.directory",
        first=date(year, month, 1),
        last=date(year, month, monthrange(year, month)[1]),
        is_about=True,
        fact=fact,
    )
