"""What a town states, and how well it is known: texts in every language, rough dates, facts with a source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeAlias

Text: TypeAlias = Mapping[str, str]
"""One text in every language of the site, by language code."""

_ROUGH_DATE = re.compile(r"(~?)(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class SourceKind(StrEnum):
    """Who says so; `SITE` is the site's own choice, `DEMO` a stand-in until the town has answered."""

    LAW = "law"
    TOWN = "town"
    NOTE = "note"
    OTHER = "other"
    SITE = "site"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class RoughDate:
    """A day, a month or a year, as exact as the source is; `about` marks a date that was inferred."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> "RoughDate":
        """Read `2022`, `2020-02`, `2019-01-01`, or one of them after `~`; ValueError for anything else."""
        match = _ROUGH_DATE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no year, month or day")
        about, year, month, day = match.groups()
        rough = cls(int(year), int(month) if month else None, int(day) if day else None, bool(about))
        date(rough.year, rough.month or 1, rough.day or 1)
        return rough

    @property
    def exact(self) -> date | None:
        """The day, when it is known."""
        return self.first if self.day else None

    @property
    def first(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that it can mean."""
        if self.day:
            return self.first
        following = date(self.year + 1, 1, 1)
        if self.month and self.month < 12:
            following = date(self.year, self.month + 1, 1)
        return following - timedelta(days=1)

    def __str__(self) -> str:
        parts = (self.month, self.day)
        return f"{self.year:04d}" + "".join(f"-{part:02d}" for part in parts if part)


@dataclass(frozen=True, slots=True)
class Source:
    """A page, a law or a note that facts come from; the built-in `SITE` and `DEMO` have no title."""

    code: str
    kind: SourceKind
    title: Text | None = field(default=None, hash=False)
    url: str | None = None
    as_of: RoughDate | None = None


SITE = Source("site", SourceKind.SITE)
DEMO = Source("demo", SourceKind.DEMO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something stated: by whom, and as of when (`None`: the source bears no date)."""

    source: Source
    as_of: RoughDate | None

    @property
    def is_demo(self) -> bool:
        """Whether this is a stand-in that must never be shown as the town's own word."""
        return self.source.kind is SourceKind.DEMO


@dataclass(frozen=True, slots=True)
class Phone:
    """A Danish phone number: eight digits, or a short one such as 112."""

    digits: str

    @property
    def shown(self) -> str:
        """In groups, as it is written on paper."""
        size = {8: 2, 6: 3}.get(len(self.digits), len(self.digits))
        return " ".join(self.digits[at : at + size] for at in range(0, len(self.digits), size))

    @property
    def uri(self) -> str:
        """For a link; short numbers take no country code."""
        return f"tel:+45{self.digits}" if len(self.digits) == 8 else f"tel:{self.digits}"


@dataclass(frozen=True, slots=True)
class DayHours:
    """Open from `opens` to `closes` on each weekday from `first` to `last` (ISO: Monday is 1)."""

    first: int
    last: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours(Fact):
    """The opening hours of an ordinary week."""

    rows: tuple[DayHours, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """As much of an address as is known; a street may lack its number, and a postcode its town."""

    street: str
    postcode: str | None = None
    city: str | None = None

    def __str__(self) -> str:
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return f"{self.street}, {place}" if place else self.street
