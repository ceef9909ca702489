"""Reading price lists and closing days."""

from datetime import date

from parentsite.town.facilities import AgeGroup
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance
from parentsite.town.prices import ClosingDays, PriceItem, PriceList


def read_price_items(root: Table) -> tuple[PriceItem, ...]:
    """Every `[price_items.<code>]`, in the order in which pages show them."""
    return tuple(
        PriceItem(code, table.text("name"), table.choice_or_none("group", AgeGroup))
        for code, table in root.named("price_items")
    )


def read_price_lists(root: Table, items: frozenset[str]) -> tuple[PriceList, ...]:
    """Every `[[prices]]`, newest first."""
    lists = [_price_list(table, items) for table in root.tables("prices")]
    return tuple(sorted(lists, key=_valid_from, reverse=True))


def read_closing_days(root: Table) -> tuple[ClosingDays, ...]:
    """Every `[[closing_days]]`."""
    return tuple(_closing_days(table) for table in root.tables("closing_days"))


def _price_list(table: Table, items: frozenset[str]) -> PriceList:
    kroner = table.table("kroner")
    for item in kroner.values:
        if item not in items:
            kroner.wrong(item, f"no price item {item!r}")
    return PriceList(
        valid_from=table.day("valid_from"),
        kroner={item: kroner.integer(item) for item in kroner.values},
        **provenance(table),
    )


def _closing_days(table: Table) -> ClosingDays:
    first, last = table.day("first"), table.day("last")
    if last < first:
        table.wrong("last", "must not be before first")
    return ClosingDays(first=first, last=last, **provenance(table))


def _valid_from(prices: PriceList) -> date:
    return prices.valid_from
