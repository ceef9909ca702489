"""Reading what many tables hold: sources and who says so, addresses, phone numbers, opening hours."""

import re
from datetime import time
from typing import TypedDict

from parentsite.town.facilities import AgeGroup
from parentsite.town.facts import (
    Address,
    DayHours,
    Fact,
    Phone,
    RoughDate,
    Source,
    SourceKind,
    WeekHours,
)
from parentsite.town.pack.table import Table, one_of

UNDATED = "undated"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DECLARABLE = (SourceKind.LAW, SourceKind.TOWN, SourceKind.NOTE, SourceKind.OTHER)


class Provenance(TypedDict):
    """The two fields that every `Fact` has."""

    source: Source
    as_of: RoughDate | None


def read_sources(root: Table) -> None:
    """Fill the book's sources; `site` and `demo` are built in and need no declaring."""
    for code, table in root.named("sources"):
        if code in root.book.sources:
            root.book.wrong.append((table.path, "is built in"))
        kind = table.choice("kind", SourceKind)
        if kind not in _DECLARABLE:
            table.wrong("kind", "is only for the built-in source of that name")
        root.book.sources[code] = Source(
            code, kind, table.text("title"), url_or_none(table, "url"), _as_of(table, needed=True)
        )


def provenance(table: Table, around: Fact | None = None) -> Provenance:
    """A fact's own `source`, or that of the fact around it; `as_of` is the source's unless stated."""
    if "source" not in table and around is not None:
        return {"source": around.source, "as_of": _as_of(table) if "as_of" in table else around.as_of}
    code = table.string("source")
    if code and code not in table.book.sources:
        table.wrong("source", f"no source {code!r}")
    source = table.book.sources.get(code, Source(code, SourceKind.OTHER))
    return {"source": source, "as_of": _as_of(table) if "as_of" in table else source.as_of}


def fact(table: Table) -> Fact:
    """A table's own provenance, for the facts inside it that name none."""
    return Fact(**provenance(table))


def _as_of(table: Table, needed: bool = False) -> RoughDate | None:
    if needed and "as_of" not in table:
        table.wrong("as_of", f"is missing; write {UNDATED!r} when the source bears no date")
    if table.string_or_none("as_of") == UNDATED:
        return None
    return rough_date_or_none(table, "as_of")


def rough_date_or_none(table: Table, key: str) -> RoughDate | None:
    """A day, a month or a year."""
    return table.parsed_or_none(key, RoughDate.parse)


def url_or_none(table: Table, key: str) -> str | None:
    """An address on the web."""

    def parse(written: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", written):
            raise ValueError("must be an address that begins with http:// or https://")
        return written

    return table.parsed_or_none(key, parse)


def mail_or_none(table: Table, key: str) -> str | None:
    """A mail address of an office."""

    def parse(written: str) -> str:
        if not _MAIL.fullmatch(written):
            raise ValueError("must be a mail address")
        return written

    return table.parsed_or_none(key, parse)


def phone_or_none(table: Table, key: str) -> Phone | None:
    """A Danish number, spaces allowed."""

    def parse(written: str) -> Phone:
        digits = written.replace(" ", "")
        if not digits.isdecimal() or not 3 <= len(digits) <= 8:
            raise ValueError("must be a Danish phone number of 3 to 8 digits")
        return Phone(digits)

    return table.parsed_or_none(key, parse)


def address_or_none(table: Table) -> Address | None:
    """`street`, `postcode` and `city` of a table; none without a street."""
    street = table.string_or_none("street")
    postcode, city = table.string_or_none("postcode"), table.string_or_none("city")
    if postcode is not None and not re.fullmatch(r"\d{4}", postcode):
        table.wrong("postcode", "must have four digits")
    return Address(street, postcode, city) if street else None


def groups(table: Table, key: str) -> frozenset[AgeGroup]:
    """A list of age groups."""
    found = set()
    for written in table.items(key, str):
        try:
            found.add(one_of(AgeGroup)(written))
        except ValueError as error:
            table.wrong(key, str(error))
    return frozenset(found)


def hours_or_none(table: Table, key: str, around: Fact) -> WeekHours | None:
    """Opening hours: rows such as `{ days = "mon-thu", opens = "7.00", closes = "16.45" }`."""
    hours = table.table_or_none(key)
    if hours is None:
        return None
    rows = tuple(_day_hours(row) for row in hours.tables("rows"))
    return WeekHours(rows=rows, **provenance(hours, around))


def _day_hours(row: Table) -> DayHours:
    first, last = row.parsed_or_none("days", _days) or (1, 1)
    opens = row.parsed_or_none("opens", _time) or time.min
    closes = row.parsed_or_none("closes", _time) or time.max
    for key in ("days", "opens", "closes"):
        if key not in row:
            row.wrong(key, "is missing")
    if closes <= opens:
        row.wrong("closes", "must be later than it opens")
    return DayHours(first, last, opens, closes)


def _days(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
        raise ValueError("must be a weekday or two, such as fri or mon-thu")
    days = _WEEKDAYS.index(first) + 1, _WEEKDAYS.index(last or first) + 1
    if days[0] > days[1]:
        raise ValueError("must run forward from Monday to Sunday")
    return days


def _time(written: str) -> time:
    match = re.fullmatch(r"(\d\d?)\.(\d\d)", written)
    if match is None:
        raise ValueError("must be a time such as 7.00")
    return time(int(match[1]), int(match[2]))
