"""Reading services, help numbers, and the town's own words."""

from collections.abc import Collection, Iterable

from parentsite.town.directory import Access, DistrictContact, HelpNumber, Service, ServiceCode, ServiceOffer
from parentsite.town.facilities import District
from parentsite.town.facts import Fact, Phone
from parentsite.town.guidance import CriterionText, Passage, PassageCode, Route, RouteCode
from parentsite.town.pack.table import E, Table
from parentsite.town.pack.values import (
    address_or_none,
    fact,
    hours_or_none,
    mail_or_none,
    phone_or_none,
    provenance,
    url_or_none,
)
from parentsite.town.settings import Criterion


def read_services(root: Table, districts: Iterable[District]) -> tuple[Service, ...]:
    """Every `[services.<code>]`; the placement office is a must."""
    codes = frozenset(district.code for district in districts)
    services = tuple(_service(code, table, codes) for code, table in _coded(root, "services", ServiceCode))
    if all(service.code is not ServiceCode.PLACEMENT_OFFICE for service in services):
        root.wrong("services", f"{ServiceCode.PLACEMENT_OFFICE} is missing")
    return services


def read_help_numbers(root: Table) -> tuple[HelpNumber, ...]:
    """Every `[[help_numbers]]`, in the order in which pages show them."""
    return tuple(
        HelpNumber(
            phone=phone_or_none(table, "phone") or _no_phone(table),
            name=table.text("name"),
            text=table.text("text"),
            checked_on=table.day_or_none("checked_on"),
            **provenance(table),
        )
        for table in root.tables("help_numbers")
    )


def read_routes(root: Table) -> tuple[Route, ...]:
    """Every `[routes.<code>]`, in the pack's order."""
    return tuple(
        Route(
            code=code,
            name=table.text("name"),
            text=table.text("text"),
            decides=table.text("decides"),
            start=table.text("start"),
            **provenance(table),
        )
        for code, table in _coded(root, "routes", RouteCode)
    )


def read_passages(root: Table) -> dict[PassageCode, Passage]:
    """Every `[passages.<code>]`; pages count on each of them."""
    found = {
        code: Passage(code=code, text=table.text("text"), **provenance(table))
        for code, table in _coded(root, "passages", PassageCode)
    }
    for code in PassageCode:
        if code not in found:
            root.wrong("passages", f"{code} is missing")
    return found


def read_criteria(root: Table, order: tuple[Criterion, ...]) -> dict[Criterion, CriterionText]:
    """Every `[criteria.<code>]`; each step of the waiting list's order needs its words."""
    found = {
        code: CriterionText(code, table.text("name"), table.text("text"))
        for code, table in _coded(root, "criteria", Criterion)
    }
    for criterion in order:
        if criterion not in found:
            root.wrong("criteria", f"{criterion} is missing; the waiting list's order names it")
    return found


def _coded(root: Table, key: str, codes: type[E]) -> list[tuple[E, Table]]:
    found = []
    for code, table in root.named(key):
        if code in list(codes):
            found.append((codes(code), table))
        else:
            root.book.wrong.append((table.path, f"must be one of {', '.join(codes)}"))
    return found


def _service(code: ServiceCode, table: Table, districts: Collection[str]) -> Service:
    around = fact(table)
    return Service(
        code=code,
        name=table.text("name"),
        text=table.text("text"),
        access=table.choice("access", Access),
        per_district=table.flag("per_district"),
        contacts=tuple(_contact(contact, districts, around) for contact in table.tables("contacts")),
        phone=phone_or_none(table, "phone"),
        checked_on=table.day_or_none("checked_on"),
        mail=mail_or_none(table, "mail"),
        address=address_or_none(table),
        hours=hours_or_none(table, "hours", around),
        url=url_or_none(table, "url"),
        offers=tuple(_offer(offer) for offer in table.tables("offers")),
        source=around.source,
        as_of=around.as_of,
    )


def _offer(table: Table) -> ServiceOffer:
    return ServiceOffer(table.text("name"), table.choice("access", Access), table.text_or_none("text"))


def _contact(table: Table, districts: Collection[str], around: Fact) -> DistrictContact:
    district = table.string("district")
    if district and district not in districts:
        table.wrong("district", f"no district {district!r}")
    return DistrictContact(
        district=district,
        phone=phone_or_none(table, "phone") or _no_phone(table),
        checked_on=table.day_or_none("checked_on"),
        **provenance(table, around),
    )


def _no_phone(table: Table) -> Phone:
    if "phone" not in table:
        table.wrong("phone", "is missing")
    return Phone("")
