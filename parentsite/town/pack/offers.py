"""Reading private institutions and special offers."""

from parentsite.town.facts import Fact
from parentsite.town.offers import OfferHours, OfferPlace, PrivateInstitution, SpecialOffer
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import address_or_none, fact, hours_or_none, provenance, url_or_none


def read_private_institutions(root: Table) -> tuple[PrivateInstitution, ...]:
    """Every `[private_institutions.<code>]`; the link out is a must, as nobody can apply for it here."""
    return tuple(_private_institution(code, table) for code, table in root.named("private_institutions"))


def read_special_offers(root: Table, houses: frozenset[str]) -> tuple[SpecialOffer, ...]:
    """Every `[special_offers.<code>]`."""
    return tuple(_special_offer(code, table, houses) for code, table in root.named("special_offers"))


def _private_institution(code: str, table: Table) -> PrivateInstitution:
    table.book.claim(code, table.path)
    around = fact(table)
    if "url" not in table:
        table.wrong("url", "is missing")
    return PrivateInstitution(
        code=code,
        name=table.string("name"),
        url=url_or_none(table, "url") or "",
        address=address_or_none(table),
        hours=hours_or_none(table, "hours", around),
        note=table.text_or_none("note"),
        source=around.source,
        as_of=around.as_of,
    )


def _special_offer(code: str, table: Table, houses: frozenset[str]) -> SpecialOffer:
    table.book.claim(code, table.path)
    around = fact(table)
    hours = table.table_or_none("hours")
    return SpecialOffer(
        code=code,
        name=table.text("name"),
        text=table.text("text"),
        places=tuple(_offer_place(place, houses, around) for place in table.tables("places")),
        children=table.integer_or_none("children", least=1),
        units=table.integer_or_none("units", least=1),
        hours=_offer_hours(hours, around) if hours else None,
        to_be_confirmed=table.flag("to_be_confirmed"),
        source=around.source,
        as_of=around.as_of,
    )


def _offer_hours(table: Table, around: Fact) -> OfferHours:
    weekly = table.items("weekly", int)
    if not weekly:
        table.wrong("weekly", "must list hours a week")
    return OfferHours(weekly=weekly, **provenance(table, around))


def _offer_place(table: Table, houses: frozenset[str], around: Fact) -> OfferPlace:
    house = table.string("house")
    if house and house not in houses:
        table.wrong("house", f"no house {house!r}")
    return OfferPlace(house=house, **provenance(table, around))
