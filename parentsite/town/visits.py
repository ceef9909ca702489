"""The health visitors' plan: which visits a child is offered, at which age, and what each is for."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parentsite.town.facts import Fact, Text


class AgeUnit(StrEnum):
    """What a visit's ages are counted in; months are calendar months."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit(Fact):
    """One visit, offered while the child is from `first` to `last` units old, both included.

    Where the two are the same age, the setting `visit_margin_days` makes a window of it.
    """

    code: str
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    unit: AgeUnit
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan(Fact):
    """The visits in their order, for children born from a day on; `on_need` says what is offered outside of them."""

    version: int
    born_from: date
    visits: tuple[PlannedVisit, ...]
    on_need: Text = field(hash=False)
