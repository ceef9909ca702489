"""How long things live: conversations by the day, sessions by steps of five minutes. Nothing keeps a finer time."""

from datetime import UTC, date, datetime, timedelta

AFTER_VISIT = timedelta(days=90)
AFTER_CLOSING = timedelta(days=30)
AUDIT_KEPT = timedelta(days=730)
ANSWER_KEPT = timedelta(days=1)
"""What a counsellor typed too late, until it is given back."""

STEP = timedelta(minutes=5)
IDLE_STEPS = 4
LONGEST_STEPS = 12
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def deleted_on(visited: date, closed: date | None) -> date:
    """The day on which a conversation is deleted by itself: 90 days after the parent's last visit, or 30 after it was
    closed, whichever comes first.
    """
    unvisited = visited + AFTER_VISIT
    return unvisited if closed is None else min(unvisited, closed + AFTER_CLOSING)


def is_over(visited: date, closed: date | None, today: date) -> bool:
    """Whether a conversation counts as deleted already, whether or not the worker has been there."""
    return today >= deleted_on(visited, closed)


def step_of(moment: datetime) -> int:
    """The five minutes that a moment lies in, counted from the year 2000."""
    return (moment - _BEGINNING) // STEP


def idle_until(moment: datetime) -> int:
    """The last step in which a session used now still lives: at least 20 minutes on, less than 25."""
    return step_of(moment) + IDLE_STEPS


def lives_until(moment: datetime) -> int:
    """The last step of a session begun now, however much it is used: at least 60 minutes on, less than 65."""
    return step_of(moment) + LONGEST_STEPS
