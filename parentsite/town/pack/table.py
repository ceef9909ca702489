"""Taking typed values out of a pack's tables.

What is wrong is noted and a blank given back, so that one reading finds every mistake.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from parentsite.town.facts import Text
from parentsite.town.pack.book import Book
from parentsite.town.pack.lines import Path

K = TypeVar("K")
E = TypeVar("E", bound=StrEnum)

_KINDS: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2025-01-31",
    dict: "a table",
    list: "a list",
}


class Table:
    """One table of the pack; each value is taken once, and a key nobody takes is a mistake."""

    def __init__(self, book: Book, path: Path, values: Mapping[str, object]) -> None:
        self.book, self.path, self.values = book, path, values
        self.unread = set(values)
        book.opened.append((path, self.unread))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def wrong(self, key: str, message: str) -> None:
        """Note a mistake in the value of `key`."""
        self.book.wrong.append(((*self.path, key), message))

    def find(self, key: str, kind: type[K]) -> K | None:
        """The value, or none when it is absent or of another kind."""
        self.unread.discard(key)
        value = self.values.get(key)
        if value is None or type(value) is kind:
            return value
        self.wrong(key, f"must be {_KINDS[kind]}")
        return None

    def _needed(self, key: str, found: K | None, blank: K) -> K:
        if found is None and key not in self.values:
            self.wrong(key, "is missing")
        return blank if found is None else found

    def string_or_none(self, key: str) -> str | None:
        value = self.find(key, str)
        if value is not None and not value.strip():
            self.wrong(key, "must not be empty")
        return value

    def string(self, key: str) -> str:
        return self._needed(key, self.string_or_none(key), "")

    def integer_or_none(self, key: str, least: int = 0, most: int | None = None) -> int | None:
        value = self.find(key, int)
        if value is not None and (value < least or (most is not None and value > most)):
            self.wrong(key, f"must be {least} or more" if most is None else f"must be from {least} to {most}")
        return value

    def integer(self, key: str, least: int = 0, most: int | None = None) -> int:
        return self._needed(key, self.integer_or_none(key, least, most), least)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.find(key, bool)
        return default if value is None else value

    def day_or_none(self, key: str) -> date | None:
        return self.find(key, date)

    def day(self, key: str) -> date:
        return self._needed(key, self.day_or_none(key), date.min)

    def parsed_or_none(self, key: str, parse: Callable[[str], K]) -> K | None:
        """A text that `parse` understands; its ValueError says what is wrong."""
        written = self.string_or_none(key)
        if not written:
            return None
        try:
            return parse(written)
        except ValueError as error:
            self.wrong(key, str(error))
            return None

    def choice(self, key: str, choices: type[E]) -> E:
        return self._needed(key, self.parsed_or_none(key, one_of(choices)), next(iter(choices)))

    def choice_or_none(self, key: str, choices: type[E]) -> E | None:
        return self.parsed_or_none(key, one_of(choices))

    def items(self, key: str, kind: type[K]) -> tuple[K, ...]:
        """A list whose elements are all of one kind; empty when absent."""
        values = self.find(key, list) or []
        for position, value in enumerate(values):
            if type(value) is not kind:
                self.book.wrong.append(((*self.path, key, position), f"must be {_KINDS[kind]}"))
        return tuple(value for value in values if type(value) is kind)

    def table_or_none(self, key: str) -> "Table | None":
        values = self.find(key, dict)
        return None if values is None else Table(self.book, (*self.path, key), values)

    def table(self, key: str) -> "Table":
        return self._needed(key, self.table_or_none(key), Table(self.book.blank(), (*self.path, key), {}))

    def named(self, key: str) -> "list[tuple[str, Table]]":
        """The tables inside a table, by their codes; none when it is absent."""
        outer = self.table_or_none(key)
        if outer is None:
            return []
        found = ((code, outer.table_or_none(code)) for code in outer.values)
        return [(code, table) for code, table in found if table is not None]

    def tables(self, key: str) -> "list[Table]":
        """A list of tables; empty when absent."""
        values = self.items(key, dict)
        return [Table(self.book, (*self.path, key, at), value) for at, value in enumerate(values)]

    def text_or_none(self, key: str) -> Text | None:
        """A text in every language of the site: a missing one is a mistake."""
        table = self.table_or_none(key)
        return None if table is None else {code: table.string(code) for code in self.book.languages}

    def text(self, key: str) -> Text:
        return self._needed(key, self.text_or_none(key), dict.fromkeys(self.book.languages, ""))


def one_of(choices: type[E]) -> Callable[[str], E]:
    """A parser of one of an enum's values."""

    def parse(written: str) -> E:
        if written not in list(choices):
            raise ValueError(f"must be one of {', '.join(choices)}; it is {written!r}")
        return choices(written)

    return parse
