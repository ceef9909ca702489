"""Why a verb could not be done; the pages say it in words."""

from enum import StrEnum, auto

from parentsite.places.rules.shown import Part


class Problem(StrEnum):
    """What an application still lacks before it can be sent, or why it cannot be."""

    NO_CARE = auto()
    WRONG_AGE = auto()
    NO_DATE = auto()
    BEFORE_RIGHT = auto()
    IN_PAST = auto()
    AFTER_SCHOOL_START = auto()
    NO_WISH = auto()
    WISH_NOT_OPEN = auto()
    FAMILY_NOT_ASKED = auto()
    APPLIED_ALREADY = auto()


class NotFound(Exception):
    """For this person there is no such record."""


class Incomplete(Exception):
    """The application cannot be sent; `problems` says why, the first to mend first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class OtherParentMustAgree(Exception):
    """The child lives with two parents (delt bopæl), and nobody has said that the other one agrees."""


class Stale(Exception):
    """The record changed after the page was made: what was on the page no longer holds."""


class ConsequencesChanged(Exception):
    """What follows from an answer is no longer what the page said; `parts` say what."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        super().__init__(", ".join(parts))
        self.parts = parts


class VacancyGone(Exception):
    """The vacancy is offered or withdrawn already."""


class CannotOffer(Exception):
    """The wish no longer waits, or its family already has an open offer."""


class ReasonNeeded(Exception):
    """The offer is not to the first in line: a written reason is demanded."""


class TooLate(Exception):
    """The offer can no longer be answered; `state` is what became of it."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state
