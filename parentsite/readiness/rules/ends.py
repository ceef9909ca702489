"""When a consent at school start ends by itself (domain.md 3.3: it has an end; the older rule was a year)."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Ends:
    """What the town decides: a consent holds so many `days` at most, and ends `after_start` days after school start.

    School begins on day `day` of month `month` of the year in which a child turns `age`.
    """

    days: int
    after_start: int
    age: int
    month: int
    day: int


def school_start(ends: Ends, birth: date) -> date:
    """The child's first day of school duty; a child who starts later is asked anew."""
    return date(birth.year + ends.age, ends.month, ends.day)


def starts_soon(ends: Ends, birth: date, today: date) -> bool:
    """Whether the child starts school this year or next year; also one that should have started already."""
    return school_start(ends, birth).year <= today.year + 1


def settled_on(ends: Ends, birth: date) -> date:
    """The day on which school has begun well: consents end then, and nobody is asked for one any more."""
    return school_start(ends, birth) + timedelta(days=ends.after_start)


def consent_ends(ends: Ends, birth: date, today: date) -> date:
    """The first day on which a yes of today no longer holds: the earlier of the two, of those that lie ahead."""
    at_most = today + timedelta(days=ends.days)
    settled = settled_on(ends, birth)
    return min(at_most, settled) if settled > today else at_most
