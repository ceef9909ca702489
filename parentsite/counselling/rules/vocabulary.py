"""The few words that a conversation is described in."""

from enum import StrEnum


class Side(StrEnum):
    """Who wrote; part of what each message is sealed with, so that nobody's words become another's."""

    PARENT = "parent"
    HOUSE = "house"

    @property
    def other(self) -> "Side":
        """Who reads."""
        return Side.HOUSE if self is Side.PARENT else Side.PARENT


class HouseMode(StrEnum):
    """Who holds the house key: nobody yet, a file beside the instance, or the counsellors alone."""

    NONE = "none"
    EMBEDDED = "embedded"
    COUNSELLORS = "counsellors"


class Act(StrEnum):
    """What the counsellors' audit tells of, by the day."""

    UNLOCKED = "unlocked"
    OPENED = "opened"
    ANSWERED = "answered"
    CLOSED = "closed"
    ENROLLED = "enrolled"
    ADMITTED = "admitted"
    REMOVED = "removed"
    FOUNDED = "founded"
    RECOVERED = "recovered"
    REPHRASED = "rephrased"
