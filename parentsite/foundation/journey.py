"""How a journey takes part in the site: the descriptor that app, home, desk and worker ask, and nothing else.

A journey knows none of those who ask, and none of the other journeys.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any, Protocol
from uuid import UUID

from parentsite.foundation.acts import Act
from parentsite.foundation.calendar import CalendarEntry
from parentsite.foundation.reading import Reading
from parentsite.foundation.work import Work


@dataclass(frozen=True)
class Errand:
    """Something that waits for the parent's answer (the soonest `due` first), or that goes on by itself.

    With a `child` it stands in that child's card instead: the ways to what the journey has for the child. `template` is
    a fragment that is given `facts`; it says the thing in one sentence with one clear button.
    """

    template: str
    facts: Mapping[str, Any]
    due: date | None = None
    waits: bool = True
    child: UUID | None = None


@dataclass(frozen=True)
class Stop:
    """A stop on a child's way from birth to school, in the reader's language: its name, one sentence, the page it leads
    to and, where the journey has one, its own calendar `file`; both are given `values`.

    `first` to `last` are its days, both included (`is_about`: the month, roughly). None while nobody knows them: then
    it `stands` on this day of the line, or before the stop of this code. `at` is a moment agreed; `is_done` when it has
    happened. `fact` is what the days rest on, for its source. With a `child` it is told of that child, in place of what
    the rules alone say.
    """

    code: str
    name: str
    text: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    stands: date | str = ""
    is_about: bool = False
    at: datetime | None = None
    is_done: bool = False
    file: str = ""
    fact: Any = None
    child: UUID | None = None

    @property
    def ends(self) -> date | None:
        """The last of its days."""
        return self.last or self.first

    def leading_to(self, endpoint: str, **values: Any) -> "Stop":
        """The same stop, with this page behind it."""
        return replace(self, endpoint=endpoint, values=values)


class Spot(StrEnum):
    """Where the site shows ways into its journeys."""

    MENU = auto()
    MY_MENU = auto()
    DESK_MENU = auto()
    HERO = auto()
    """The one thing to do on the front page: the first journey that has one."""
    FRONT = auto()


@dataclass(frozen=True)
class Way:
    """A way into the journey: its page and its words (marked with `N_`); `more` says in a sentence what is found there.

    `role` hides it from staff without the role.
    """

    endpoint: str
    text: str
    more: str = ""
    role: str | None = None


@dataclass(frozen=True)
class QueueItem:
    """What waits for staff of a `role`, the first of it until `due`; `template` says it in one sentence from `facts`,
    without anybody's name or words.
    """

    role: str
    template: str
    endpoint: str
    facts: Mapping[str, Any]
    due: date | None = None


@dataclass(frozen=True)
class Hit:
    """A case that was found: `template` names it from `facts`; its page at the desk is `endpoint` with `values`.

    `shown` is what the line tells of whom: each child with whose the thing is.
    """

    template: str
    facts: Mapping[str, Any]
    endpoint: str
    values: Mapping[str, Any]
    shown: tuple[tuple[UUID, UUID], ...]


@dataclass(frozen=True)
class Search:
    """How staff of a `role` find a case by what they type. `find` answers with what this member of the staff may open,
    and with nothing else; that they were shown it is the `reading`, for the `purpose`.
    """

    role: str
    reading: Reading
    purpose: StrEnum
    find: Callable[[Work, str], Sequence[Hit]]


class Unit(StrEnum):
    """What a figure counts."""

    CASES = auto()
    DAYS = auto()


@dataclass(frozen=True)
class Figure:
    """A plain number with its words (marked with `N_`); none when there are too few cases to reckon it from."""

    words: str
    number: int | None
    unit: Unit = Unit.CASES


@dataclass(frozen=True)
class Figures:
    """What staff of a `role` see of how their work stands, under a heading."""

    role: str
    words: str
    rows: Sequence[Figure]


class BuildLetter(Protocol):
    """Turns a letter's ids into what its templates say.

    `None` when there is nothing left to tell, or nothing that the receiver may be told any more.
    """

    def __call__(self, work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None: ...


def _nothing_referred(work: Work, codes: frozenset[str]) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Journey:
    """One journey's parts. `errands` is asked for all of a parent's children at once, as `people` shows them to that
    parent, and tells in the same breath which stops have come otherwise than the rules say; so is `calendar`, for what
    stands in the parent's own calendar. `stops` is asked for one child, of whom a date may be all that is known (then
    its `id` is none): what the law and the town say of any child.

    `blueprints` by zone (public, mit, desk); `ways` lead into the journey, so that nobody else names its pages;
    `readings` are what its staff read of a child, told to its parents; `acts` are the words of all else that it writes
    into the audit, for the data protection officer's log; `searches` and `figures` are for the desk's own pages,
    `counting` the roles that have figures; `chores` are what the worker does in
    one write transaction each; `in_use` answers which of the given town-pack codes live cases refer to; `town_changed`
    is called when the pack or the people register has been loaded.
    """

    name: str
    blueprints: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    ways: Mapping[Spot, Sequence[Way]] = field(default_factory=dict)
    letters: Mapping[str, BuildLetter] = field(default_factory=dict)
    errands: Callable[[Work, UUID, Sequence[Any]], Sequence[Errand | Stop]] = lambda work, person, children: ()
    stops: Callable[[Work, Any], Sequence[Stop]] = lambda work, child: ()
    calendar: Callable[[Work, UUID, Sequence[Any]], Sequence[CalendarEntry]] = lambda work, person, children: ()
    queue: Callable[[Work], Sequence[QueueItem]] = lambda work: ()
    searches: Sequence[Search] = ()
    figures: Callable[[Work], Sequence[Figures]] = lambda work: ()
    counting: frozenset[str] = frozenset()
    readings: Sequence[Reading] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    town_changed: Callable[[Work], object] = lambda work: None
    chores: Mapping[str, Callable[[Work], int]] = field(default_factory=dict)
    in_use: Callable[[Work, frozenset[str]], frozenset[str]] = _nothing_referred
