"""The stops of the journey on a child's way to school: the visits of the plan, and the start talk at the daycare."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from parentsite.foundation.clock import local_date
from parentsite.foundation.journey import Stop
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.work import Work
from parentsite.town.service import current_town
from parentsite.town.town import Town
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import is_at_school
from parentsite.visits.rules.windows import Window
from parentsite.visits.service.gate import may_open_start_talk
from parentsite.visits.service.plans import Appointment, OfferedVisit, Plan, dated_windows

TALK = "start-talk"
BEFORE_FIRST_DAY = "first-day"
"""The stop of the first day in daycare, whoever tells of it: the talk stands before it."""


def by_rule(work: Work, child: Any) -> list[Stop]:
    """The plan for any child; nobody has moved anything for it. A pupil's leads to no page: a pupil has none."""
    known = _Known(child.id, child.counts_from, child.birth_date)
    stops = _by_rule(current_town(work.session), language().code, known)
    if is_at_school(child.birth_date, work.today):
        return [replace(stop, endpoint="", values={}) for stop in stops]
    return list(stops)


@dataclass(frozen=True)
class _Known:
    """A child as far as its plan goes."""

    id: UUID | None
    counts_from: date
    birth_date: date | None


@lru_cache(maxsize=1024)
def _by_rule(town: Town, spoken: str, child: _Known) -> tuple[Stop, ...]:
    """Made once in each language (`spoken`, that of the page): "my page" asks at each look."""
    planned = {one.code: one for one in town.visit_plan(child.counts_from).visits}
    visits = (_visit(planned[window.visit], window) for window in dated_windows(town, child, ()))
    return tuple(_leading_to_all(stop, child) for stop in (*visits, _talk()))


def happened(work: Work, plan: Plan) -> list[Stop]:
    """What the health visitors have moved, what is agreed, and what was held, of one child."""
    if not plan.shows_time:
        return []
    town, child = current_town(work.session), plan.child
    facts = {one.code: one for one in town.visit_plan(child.counts_from).visits}
    other = (one for one in plan.visits if _is_otherwise(one, plan, work.today))
    stops = [_told(facts[one.window.visit], one, plan, work.today) for one in other]
    if may_open_start_talk(child, work.today):
        stops.append(replace(_talk(), child=child.id).leading_to("visits.start_talk", child=child.id))
    return stops


def _leading_to_all(stop: Stop, child: Any) -> Stop:
    if child.id is None:
        return stop.leading_to("visits_public.guide")
    return stop.leading_to("visits.front", _anchor=f"child-{child.id}")


def _visit(fact: Any, window: Window) -> Stop:
    words = language().words
    name, text = words(fact.name), words(fact.text)
    return Stop(window.visit, name, text, first=window.first, last=window.last, fact=fact)


def _is_otherwise(offer: OfferedVisit, plan: Plan, today: date) -> bool:
    """Whether there is more to tell than the rules say already."""
    is_open = plan.child.sight.may_apply and offer.may_be_chosen(today)
    return offer.appointment is not None or offer.window.shifted_days != 0 or is_open


def _told(fact: Any, offer: OfferedVisit, plan: Plan, today: date) -> Stop:
    one, child = offer.appointment, plan.child
    stop = _leading_to_all(replace(_visit(fact, offer.window), child=child.id), child)
    if one is not None and (one.is_live or one.state is VisitState.DONE):
        return _agreed(stop, one)
    if child.sight.may_apply and offer.may_be_chosen(today):
        return stop.leading_to("visits.pick", child=child.id, visit=offer.window.visit)
    return stop


def _agreed(stop: Stop, one: Appointment) -> Stop:
    """Who may not change it has no page of it, and no file."""
    day = local_date(one.starts_at)
    stop = replace(stop, first=day, last=day, fact=None, is_done=one.state is VisitState.DONE)
    if one.is_live:
        stop = replace(stop, at=one.starts_at)
    if one.may_act:
        stop = replace(stop, file="visits.entry" if one.is_live else "")
        return stop.leading_to("visits.appointment", appointment=one.id)
    return stop


def _talk() -> Stop:
    """Its day is the daycare's to say."""
    text = gettext(
        "You and the staff talk about your child before the first day. You can ask the health visitor to come."
    )
    return Stop(TALK, gettext("Start talk at the daycare (start-samtale)"), text, stands=BEFORE_FIRST_DAY)
