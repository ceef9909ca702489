"""The town pack's plan and settings as this journey's own rules take them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from parentsite.town.town import Town
from parentsite.visits.rules.slots import Lengths
from parentsite.visits.rules.windows import AgeUnit, PlannedVisit


@dataclass(frozen=True, slots=True)
class VisitPolicy:
    """What the town decides about visits; minutes, hours and days as the names say."""

    lengths: Lengths
    margin_days: int
    cancel_hours: int
    hold_minutes: int
    silence_days: int
    reply_days: int


@lru_cache(maxsize=8)
def policy_of(town: Town) -> VisitPolicy:
    """The settings of home visits."""
    settings = town.settings.visits
    return VisitPolicy(
        lengths=Lengths(settings.visit_minutes.value, settings.visit_travel_minutes.value),
        margin_days=settings.visit_margin_days.value,
        cancel_hours=settings.visit_cancel_hours.value,
        hold_minutes=settings.visit_hold_minutes.value,
        silence_days=settings.visit_silence_days.value,
        reply_days=settings.visit_reply_days.value,
    )


@lru_cache(maxsize=64)
def plan_of(town: Town, birth: date) -> tuple[PlannedVisit, ...]:
    """The visits planned for a child born, or due, on a day."""
    planned = town.visit_plan(birth).visits
    return tuple(PlannedVisit(one.code, AgeUnit(one.unit.value), one.first, one.last) for one in planned)
