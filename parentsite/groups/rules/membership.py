"""What may become of a group, of a place in it and of a meeting, and how long a free place is kept for one parent.

Who comes back after leaving stands last in line: a place that was let go is somebody else's.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from parentsite.groups.rules.moves import Moves


class GroupState(StrEnum):
    OPEN = auto()
    CLOSED = auto()
    """Nobody new joins; the members go on meeting."""
    CANCELLED = auto()


class MemberState(StrEnum):
    WAITING = auto()
    OFFERED = auto()
    """A place is kept for this parent until the offer ends."""
    JOINED = auto()
    LEFT = auto()
    """By the parent: a member who left, an offer that was declined, a place in line given up."""
    EXPIRED = auto()
    """The offer was not answered in time."""
    ENDED = auto()
    """By the town: the group was closed to newcomers, or cancelled, or the member was taken out."""


class MeetingState(StrEnum):
    PLANNED = auto()
    CANCELLED = auto()


GROUP = Moves(
    "parent_group",
    {
        GroupState.OPEN: frozenset({GroupState.CLOSED, GroupState.CANCELLED}),
        GroupState.CLOSED: frozenset({GroupState.OPEN, GroupState.CANCELLED}),
        GroupState.CANCELLED: frozenset(),
    },
)

_OUT = frozenset({MemberState.LEFT, MemberState.ENDED})
MEMBER = Moves(
    "group_member",
    {
        MemberState.WAITING: _OUT | {MemberState.OFFERED},
        MemberState.OFFERED: _OUT | {MemberState.JOINED, MemberState.EXPIRED},
        MemberState.JOINED: _OUT,
        MemberState.LEFT: frozenset(),
        MemberState.EXPIRED: frozenset(),
        MemberState.ENDED: frozenset(),
    },
)

MEETING = Moves(
    "group_meeting",
    {MeetingState.PLANNED: frozenset({MeetingState.CANCELLED}), MeetingState.CANCELLED: frozenset()},
)

SEATED = (MemberState.JOINED.value, MemberState.OFFERED.value)
"""Who takes up a place, as stored: a place that is offered is kept."""
LIVE = (MemberState.WAITING.value, *SEATED)
"""Who has anything to do with the group, as stored."""


def offer_until(now: datetime, hours: int, last_meeting: datetime | None) -> datetime:
    """The moment from which a place that is offered now goes to the next: never after the last meeting has begun."""
    until = now + timedelta(hours=hours)
    return until if last_meeting is None else min(until, last_meeting)


def is_over(now: datetime, last_meeting: datetime | None) -> bool:
    """Whether a place in the group is worth nothing any more. Without meetings nobody has said when it ends."""
    return last_meeting is not None and last_meeting <= now
