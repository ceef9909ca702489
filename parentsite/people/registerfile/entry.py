"""One entry of a register file, read field by field; what is missing, unknown or misshapen is named."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

_LANGUAGES = frozenset({"da", "en"})
"""Every short text of a register file is in both."""


class RegisterError(Exception):
    """The file is no register; `problems` are sentences, without personal numbers."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Entry:
    """A table of the file. Fields are taken out one by one; none may be left over."""

    def __init__(self, where: str, fields: Mapping[str, Any], today: date) -> None:
        self._where = where
        self._left = dict(fields)
        self._today = today

    @classmethod
    def all_of(cls, document: Mapping[str, Any], section: str, today: date) -> "list[Entry]":
        """The entries of a section; an absent section has none."""
        entries = document.get(section, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise RegisterError((f"{section}: write each entry below a line [[{section}]]",))
        return [
            cls(f"{section} {number} ({entry.get('key') or entry.get('child') or '?'})", entry, today)
            for number, entry in enumerate(entries, 1)
        ]

    @contextmanager
    def read(self) -> Iterator["Entry"]:
        """Take fields within; afterwards nothing may be left over."""
        yield self
        if self._left:
            raise self.wrong(f"unknown field {', '.join(sorted(self._left))}")

    def text(self, name: str, pattern: str = r".+") -> str:
        value = self.optional_text(name, pattern)
        if value is None:
            raise self.wrong(f"{name} is missing")
        return value

    def optional_text(self, name: str, pattern: str = r".+") -> str | None:
        value = self._left.pop(name, None)
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            raise self.wrong(f"{name} is not well written")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when absent."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{name} is neither true nor false")
        return value

    def texts(self, name: str) -> frozenset[str]:
        """A list of words; empty when absent."""
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise self.wrong(f"{name} is not a list of words")
        return frozenset(value)

    def words(self, name: str) -> dict[str, str]:
        """A short text in Danish and English, or more languages."""
        value = self._left.pop(name, None)
        if not isinstance(value, dict) or not all(isinstance(text, str) and text for text in value.values()):
            raise self.wrong(f"{name} is not a text by language")
        if missing := _LANGUAGES - value.keys():
            raise self.wrong(f"{name} lacks {', '.join(sorted(missing))}")
        return value

    def day(self, name: str, days_ago: str) -> date | None:
        """A date, written as such under `name` or as days before today under `days_ago`; not both."""
        absolute, relative = self._left.pop(name, None), self._left.pop(days_ago, None)
        if absolute is not None and relative is not None:
            raise self.wrong(f"{name} and {days_ago} exclude each other")
        if absolute is not None:
            if not isinstance(absolute, date) or isinstance(absolute, datetime):
                raise self.wrong(f"{name} is no date")
            return absolute
        if relative is None:
            return None
        if not isinstance(relative, int) or isinstance(relative, bool):
            raise self.wrong(f"{days_ago} is no whole number")
        return self._today - timedelta(days=relative)

    def wrong(self, what: str) -> RegisterError:
        """An error that says where in the file it is."""
        return RegisterError((f"{self._where}: {what}",))
