"""Why a verb could not be done; the pages say it in words."""

from datetime import date


class NotFound(Exception):
    """For this person there is no such child, visit or request."""


class NotOffered(Exception):
    """There is no time to pick for this visit: the child is not born, or the visit is not in its plan."""


class SlotGone(Exception):
    """The time is no longer free; others are."""


class AlreadyBooked(Exception):
    """The child has an appointment for this visit; it can be moved."""


class TooLate(Exception):
    """The appointment has begun, was cancelled, or is too near to be changed here: call the health visitors."""


class TooSoon(Exception):
    """The health visitors still have until `day` to make contact."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


class CannotAsk(Exception):
    """Nothing of the kind is offered at the child's age, or the family has an appointment already."""


class NoSuchHouse(Exception):
    """The town has no such daycare, or the child's daycare is another one by now."""


class ReasonNeeded(Exception):
    """A written reason is demanded."""
