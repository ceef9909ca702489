"""The words of a daycare place. Tables and town packs hold the values; names for people are elsewhere."""

from enum import StrEnum, auto


class AgeGroup(StrEnum):
    """The two groups a child may stand in line for, once each (§ 27 c(1) of the Act)."""

    NURSERY = "0-2"
    KINDERGARTEN = "3+"


class Care(StrEnum):
    """What a parent applies for."""

    NURSERY = auto()
    KINDERGARTEN = auto()
    PART_TIME = auto()
    """30 hours a week while a parent is on leave (§ 27 b of the Act)."""
    CHILDMINDING = auto()


class ApplicationState(StrEnum):
    DRAFT = auto()
    SENT = auto()
    WAITING = auto()
    WITHDRAWN = auto()
    CLOSED = auto()


class WishState(StrEnum):
    WAITING = auto()
    OFFERED = auto()
    FULFILLED = auto()
    REMOVED = auto()
    """By the parent, never by the town alone (§ 27 c(4) of the Act)."""


class OfferState(StrEnum):
    OPEN = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    EXPIRED = auto()
    TAKEN_BACK = auto()


class PlacementState(StrEnum):
    AGREED = auto()
    RUNNING = auto()
    NOTICE_GIVEN = auto()
    ENDED = auto()


class VacancyState(StrEnum):
    OPEN = auto()
    OFFERED = auto()
    FILLED = auto()
    WITHDRAWN = auto()


class Purpose(StrEnum):
    """Why something was done or read, for the audit: a short list, never words of anybody's own."""

    CASEWORK = auto()
    IN_ORDER = auto()
    OUT_OF_ORDER = auto()
    TOGETHER = auto()
    """Both parents, who share the residence, agree."""
    SPECIAL_NEED_GRANTED = auto()
    SPECIAL_NEED_NOT_GRANTED = auto()


class Criterion(StrEnum):
    """One step of the published order of the waiting list (§ 27(1) of the Act)."""

    SPECIAL_NEED = auto()
    SIBLING = auto()
    OWN_DISTRICT = auto()
    SENIORITY = auto()
    BIRTH_DATE = auto()


class SeniorityBase(StrEnum):
    """From which day the wishes of an application count."""

    BIRTH_DATE = auto()
    APPLICATION_DATE = auto()
    BIRTH_DATE_IF_TIMELY = auto()


class TimelyKind(StrEnum):
    """How a town counts the last day to apply in time."""

    DAYS_AFTER_BIRTH = auto()
    WEEKS_AFTER_BIRTH = auto()
    MONTHS_AFTER_BIRTH = auto()
    DAYS_BEFORE_WANTED = auto()
    WEEKS_BEFORE_WANTED = auto()
    MONTHS_BEFORE_WANTED = auto()


class GuaranteeScope(StrEnum):
    """Where the guaranteed place may lie: the law asks for the municipality (§ 23 of the Act), a town may be kinder."""

    MUNICIPALITY = auto()
    DISTRICT = auto()


class GuaranteeEffect(StrEnum):
    """A town's choice of what happens to the guarantee when a place that would have met it is not taken."""

    RESTARTS = auto()
    LAPSES = auto()
    UNCHANGED = auto()
