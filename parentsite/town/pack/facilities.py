"""Reading districts, houses and childminding."""

from parentsite.town.facilities import (
    Ages,
    District,
    Facility,
    FacilityKind,
    Norm,
    OpenToAll,
    Places,
    Site,
)
from parentsite.town.facts import Fact
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import (
    address_or_none,
    fact,
    groups,
    hours_or_none,
    provenance,
    rough_date_or_none,
    url_or_none,
)


def read_districts(root: Table) -> tuple[District, ...]:
    """Every `[districts.<code>]`; at least one."""
    named = root.named("districts")
    if not named:
        root.wrong("districts", "there must be at least one")
    return tuple(_district(code, table) for code, table in named)


def read_facilities(root: Table, districts: frozenset[str]) -> tuple[Facility, ...]:
    """Every `[houses.<code>]` and `[childminding.<code>]`."""
    kinds = {"houses": FacilityKind.HOUSE, "childminding": FacilityKind.CHILDMINDING}
    named = ((kind, code, table) for key, kind in kinds.items() for code, table in root.named(key))
    return tuple(_facility(code, kind, table, districts) for kind, code, table in named)


def _district(code: str, table: Table) -> District:
    table.book.claim(code, table.path)
    around = fact(table)
    complete = table.flag("houses_complete", default=True)
    missing = table.integer_or_none("houses_unknown", least=1)
    if complete and missing:
        table.wrong("houses_unknown", "goes with houses_complete = false")
    norm = table.table_or_none("norm")
    return District(
        code=code,
        name=table.string("name"),
        school=table.string("school"),
        norm=_norm(norm, around) if norm else None,
        houses_complete=complete,
        houses_unknown=missing,
        page=url_or_none(table, "page"),
        note=table.text_or_none("note"),
        source=around.source,
        as_of=around.as_of,
    )


def _norm(table: Table, around: Fact) -> Norm:
    return Norm(
        under_three=table.integer("under_three"),
        from_three=table.integer("from_three"),
        **provenance(table, around),
    )


def _facility(code: str, kind: FacilityKind, table: Table, districts: frozenset[str]) -> Facility:
    table.book.claim(code, table.path)
    around = fact(table)
    planned = table.flag("planned")
    ages, places, to_all = (table.table_or_none(key) for key in ("ages", "places", "open_to_all"))
    return Facility(
        code=code,
        kind=kind,
        name=table.string("name"),
        district=_home_district(table, districts, kind is FacilityKind.HOUSE and not planned),
        sites=tuple(_site(site, around) for site in table.tables("sites")),
        ages=_ages(ages, around) if ages else None,
        places=_places(places, around) if places else None,
        earlier_places=tuple(_places(earlier, around) for earlier in table.tables("earlier_places")),
        hours=hours_or_none(table, "hours", around),
        opens=rough_date_or_none(table, "opens"),
        closes=rough_date_or_none(table, "closes"),
        planned=planned,
        to_be_confirmed=table.flag("to_be_confirmed"),
        open_to_all=_open_to_all(to_all, around) if to_all else None,
        annexe=table.string_or_none("annexe"),
        replaced=table.items("replaced", str),
        page=url_or_none(table, "page"),
        note=table.text_or_none("note"),
        source=around.source,
        as_of=around.as_of,
    )


def _home_district(table: Table, districts: frozenset[str], is_needed: bool) -> str | None:
    code = table.string("district") if is_needed else table.string_or_none("district")
    if code and code not in districts:
        table.wrong("district", f"no district {code!r}")
    return code


def _site(table: Table, around: Fact) -> Site:
    return Site(
        address=address_or_none(table),
        name=table.string_or_none("name"),
        groups=groups(table, "groups") if "groups" in table else None,
        **provenance(table, around),
    )


def _ages(table: Table, around: Fact) -> Ages:
    found = groups(table, "groups")
    if not found:
        table.wrong("groups", "must name a group; leave the whole table out when the ages are unknown")
    return Ages(groups=found, **provenance(table, around))


def _places(table: Table, around: Fact) -> Places:
    counts = ("under_three", "from_three", "total", "total_to", "units", "homes")
    places = Places(
        **{count: table.integer_or_none(count, least=1) for count in counts},
        about=table.flag("about"),
        **provenance(table, around),
    )
    if places.total_to is not None and (places.total is None or places.total_to <= places.total):
        table.wrong("total_to", "must be more than total")
    return places


def _open_to_all(table: Table, around: Fact) -> OpenToAll:
    return OpenToAll(places=table.integer("places", least=1), **provenance(table, around))
