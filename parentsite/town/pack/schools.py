"""Reading schools and after-school care."""

from collections.abc import Iterable, Mapping

from parentsite.town.facilities import District
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance
from parentsite.town.schools import Receiver, ReceiverKind


def read_schools(root: Table, districts: Iterable[District]) -> tuple[Receiver, ...]:
    """Every `[schools.<code>]`, then every `[after_school.<code>]`; a town may not know the names of any."""
    names = {district.code: district.school for district in districts}
    schools = tuple(_school(code, table, names) for code, table in root.named("schools"))
    known = frozenset(school.code for school in schools)
    return schools + tuple(_after_school(code, table, known) for code, table in root.named("after_school"))


def _school(code: str, table: Table, names: Mapping[str, str]) -> Receiver:
    table.book.claim(code, table.path)
    name, district = table.string("name"), table.string_or_none("district")
    if district is not None and district not in names:
        table.wrong("district", f"no district {district!r}")
    elif district is not None and names[district] != name:
        table.wrong("name", f"is not what the district calls its school: {names[district]!r}")
    return Receiver(code=code, kind=ReceiverKind.SCHOOL, name=name, district=district, **provenance(table))


def _after_school(code: str, table: Table, schools: frozenset[str]) -> Receiver:
    table.book.claim(code, table.path)
    school = table.string("school")
    if school and school not in schools:
        table.wrong("school", f"no school {school!r}")
    name = table.string("name")
    return Receiver(code=code, kind=ReceiverKind.AFTER_SCHOOL, name=name, school=school, **provenance(table))
