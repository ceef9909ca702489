"""A child's way from birth to school, pure: the stops in their order, each behind, at hand or ahead of a day.

A tick is for what has really happened: a stop whose days went by without the site knowing more is past, and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from parentsite.foundation.journey import Stop

NEXT = 2
"""So many of the stops ahead are shown where the way is told in short."""


class Where(StrEnum):
    """Where a stop lies, seen from today."""

    DONE = auto()
    PAST = auto()
    NOW = auto()
    AHEAD = auto()


BEHIND = (Where.DONE, Where.PAST)


@dataclass(frozen=True)
class Station:
    """A stop at its place on the line; `is_next` for the first one ahead."""

    stop: Stop
    where: Where
    is_next: bool = False


def along(stops: Iterable[Stop], today: date) -> tuple[Station, ...]:
    """The stops in their order.

    One whose days nobody knows lies behind as soon as a later one has begun, whether or not anything came of it.
    """
    line = _in_order(list(stops))
    begun = [at for at, stop in enumerate(line) if stop.first is not None and stop.first <= today]
    furthest = max(begun, default=-1)
    where = [_where(stop, today, is_left_behind=at < furthest) for at, stop in enumerate(line)]
    ahead = where.index(Where.AHEAD) if Where.AHEAD in where else -1
    return tuple(Station(stop, here, at == ahead) for at, (stop, here) in enumerate(zip(line, where, strict=True)))


def in_short(stations: Sequence[Station]) -> tuple[Station, ...]:
    """The last one behind, all that are at hand, and the next ones."""
    behind = [one for one in stations if one.where in BEHIND]
    now = [one for one in stations if one.where is Where.NOW]
    ahead = [one for one in stations if one.where is Where.AHEAD]
    shown = {id(one) for one in (*behind[-1:], *now, *ahead[:NEXT])}
    return tuple(one for one in stations if id(one) in shown)


def _where(stop: Stop, today: date, *, is_left_behind: bool) -> Where:
    if stop.is_done:
        return Where.DONE
    if stop.first is None or stop.ends is None:
        return Where.PAST if is_left_behind else Where.AHEAD
    if stop.ends < today:
        return Where.PAST
    return Where.NOW if stop.first <= today else Where.AHEAD


def _in_order(stops: Sequence[Stop]) -> list[Stop]:
    """A stop that stands before one which is not on this line goes last."""
    line = sorted((stop for stop in stops if _day(stop)), key=lambda stop: _day(stop) or date.max)
    for stop in stops:
        if _day(stop) is None:
            codes = [one.code for one in line]
            line.insert(codes.index(str(stop.stands)) if stop.stands in codes else len(line), stop)
    return line


def _day(stop: Stop) -> date | None:
    """None for a stop that only stands before another."""
    return stop.first or (stop.stands if isinstance(stop.stands, date) else None)
