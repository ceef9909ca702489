"""Reading the versions of the health visitors' plan."""

from itertools import pairwise

from parentsite.town.facts import Fact
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import fact, provenance
from parentsite.town.visits import AgeUnit, PlannedVisit, VisitPlan

_DAYS = {AgeUnit.DAYS: 1, AgeUnit.WEEKS: 7, AgeUnit.MONTHS: 30}


def read_visit_plans(root: Table) -> tuple[VisitPlan, ...]:
    """Every `[[visit_plans]]`, newest first; their versions count up as their days do."""
    plans = [_plan(table) for table in root.tables("visit_plans")]
    if not plans:
        root.wrong("visit_plans", "is missing")
    for before, after in pairwise(plans):
        if after.version <= before.version or after.born_from <= before.born_from:
            root.wrong("visit_plans", f"version {after.version} must be later than version {before.version}")
    return tuple(reversed(plans))


def _plan(table: Table) -> VisitPlan:
    around = fact(table)
    visits = tuple(_visit(code, visit, around) for code, visit in table.named("visits"))
    if not visits:
        table.wrong("visits", "is missing")
    for before, after in pairwise(visits):
        if after.first * _DAYS[after.unit] < before.first * _DAYS[before.unit]:
            table.wrong("visits", f"{after.code} must not begin before {before.code}")
    return VisitPlan(
        version=table.integer("version", least=1),
        born_from=table.day("born_from"),
        visits=visits,
        on_need=table.text("on_need"),
        source=around.source,
        as_of=around.as_of,
    )


def _visit(code: str, table: Table, around: Fact) -> PlannedVisit:
    first, last = table.integer("first"), table.integer("last")
    if last < first:
        table.wrong("last", "must not be before first")
    return PlannedVisit(
        code=code,
        name=table.text("name"),
        text=table.text("text"),
        unit=table.choice("unit", AgeUnit),
        first=first,
        last=last,
        **provenance(table, around),
    )
