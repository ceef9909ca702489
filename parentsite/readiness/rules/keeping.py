"""How long what is written before school is kept: the town says how many days after the child's school start.

A child who starts later than most is written of later: the days count from the last version, when that came after.
"""

from datetime import date, timedelta

from parentsite.readiness.rules.ends import Ends, school_start


def kept_until(ends: Ends, birth: date, last_written: date, days: int) -> date:
    """The first day on which a document is no longer there, unless something is written in it before."""
    return max(school_start(ends, birth), last_written) + timedelta(days=days)


def born_by(ends: Ends, days: int, today: date) -> date:
    """The last birthday with a school start that was so many days ago: only of these children anything is forgotten."""
    started = today - timedelta(days=days)
    has_begun = (started.month, started.day) >= (ends.month, ends.day)
    return date(started.year - ends.age - (not has_begun), 12, 31)
