"""The stops of the journey on a child's way to school: apply in time, the right, the guaranteed day, the first day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import Stop
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.places.policy import policy_of
from parentsite.places.rules.preview import PreviewDates, dates_of
from parentsite.places.service.cases import CasePlacement
from parentsite.places.service.overview import CaseLine
from parentsite.town.service import current_town
from parentsite.town.town import Town

APPLY, RIGHT, GUARANTEE, START = "apply", "right", "guarantee", "first-day"


def by_rule(work: Work, child: Any) -> list[Stop]:
    """What the law and the town say of a child who has not applied: for a place as soon as possible."""
    return list(_by_rule(current_town(work.session), work.today, language().code, child.counts_from, child.id))


@lru_cache(maxsize=1024)
def _by_rule(town: Town, today: date, spoken: str, counts_from: date, child: UUID | None) -> tuple[Stop, ...]:
    """Made once in each language (`spoken`, that of the page): "my page" asks for it twice, and again when it is read
    again.
    """
    dates = dates_of(birth=counts_from, today=today, policy=policy_of(town))
    guaranteed = _guaranteed(town, dates)
    stops = (_apply(town, dates), _right(town, dates, today), guaranteed, _start(guaranteed.first, today))
    if child is None:
        return tuple(one.leading_to("places_public.guide") for one in stops)
    return tuple(one.leading_to("places.front", barn=child, _anchor="apply") for one in stops)


def happened(work: Work, child: ChildView, lines: Sequence[CaseLine]) -> list[Stop]:
    """What has come of the cases of one child, newest first: its application, its promised day, its first day. Of a
    child that the town knows in a house, whoever applied, the first day alone.
    """
    mine = [one for one in lines if one.matters]
    if not (mine or child.daycare_since):
        return []
    of_rule = {one.code: one for one in by_rule(work, child)}
    if not mine:
        return [replace(one, child=child.id) for one in _known_there(of_rule, child.daycare_since, work.today)]
    case = next((one for one in mine if one.placements), mine[0])
    found = [_applied(of_rule[APPLY])]
    if case.guaranteed_by:
        found.append(_promised(of_rule[GUARANTEE], case, work.today))
    if case.placements:
        first = min(case.placements, key=lambda one: one.starts_on)
        found.append(_begins(of_rule[START], current_town(work.session), first, work.today))
    return [replace(one.leading_to("places.case", application=case.id), child=child.id) for one in found]


def _known_there(of_rule: Mapping[str, Stop], since: date | None, today: date) -> list[Stop]:
    """Nothing is promised, or can be missed, that the child has already."""
    had = [
        replace(of_rule[code], first=None, stands=_day(of_rule[code]), text="", fact=None)
        for code in (APPLY, GUARANTEE)
    ]
    text = gettext("Your child has a place in daycare.")
    first = replace(of_rule[START], text=text, first=since, is_done=since is not None and since <= today)
    return [*(replace(one, is_done=True) for one in had), first]


def _apply(town: Town, dates: PreviewDates) -> Stop:
    text = gettext("Apply for a place by this day if you want one as soon as the right begins.")
    if dates.if_today:
        text = gettext("The day is past. You can still apply. Then the guaranteed day may move.")
    name = gettext("Last day to apply in time")
    return Stop(APPLY, name, text, first=dates.in_time.deadline, fact=town.settings.timely)


def _right(town: Town, dates: PreviewDates, today: date) -> Stop:
    day = dates.in_time.right_from
    name = gettext("%(weeks)s weeks: the right to a place begins") % {"weeks": town.settings.right_from_weeks.value}
    text = gettext("From this day your child has a right to a place. The town may take up to %(weeks)s weeks more.")
    more = text % {"weeks": town.settings.grace_weeks.value}
    return Stop(RIGHT, name, more, first=day, is_done=day <= today, fact=town.settings.right_from_weeks)


def _guaranteed(town: Town, dates: PreviewDates) -> Stop:
    """Stands on the town's rule of what is in time, and on the law's four weeks."""
    name, settings = gettext("The guaranteed day (garantidato)"), town.settings
    fact = settings.timely if settings.timely.is_demo else settings.grace_weeks
    promise = dates.if_today or dates.in_time
    if promise.is_empty:
        text = gettext("School begins before we can promise a place. Call the placement office.")
        return Stop(GUARANTEE, name, text, stands=dates.in_time.guaranteed_by, fact=fact)
    text = gettext("If you apply in time, you have a place no later than this day.")
    if dates.if_today:
        text = gettext("If you apply today, you have a place no later than this day.")
    return Stop(GUARANTEE, name, text, first=promise.guaranteed_by, fact=fact)


def _start(guaranteed_by: date | None, today: date) -> Stop:
    name, text = gettext("First day in daycare"), gettext("You know the day when you have said yes to an offer.")
    return Stop(START, name, text, stands=max(guaranteed_by or today, today))


def _applied(stop: Stop) -> Stop:
    """When it was sent is told on the case's own page."""
    text = gettext("See how your application stands.")
    return replace(
        stop,
        name=gettext("You have applied for a place"),
        text=text,
        first=None,
        stands=_day(stop),
        fact=None,
        is_done=True,
    )


def _promised(stop: Stop, case: CaseLine, today: date) -> Stop:
    began = any(one.starts_on <= today for one in case.placements)
    text = gettext("You have a place no later than this day. The town has promised it.")
    return replace(stop, text=text, first=case.guaranteed_by, is_done=began, fact=None)


def _begins(stop: Stop, town: Town, place: CasePlacement, today: date) -> Stop:
    house = town.place_name(place.facility)
    text = gettext("Your child has a place at %(house)s.") % {"house": house} if house else stop.text
    return replace(stop, text=text, first=place.starts_on, is_done=place.starts_on <= today)


def _day(stop: Stop) -> date | str:
    return stop.first or stop.stands
