"""The numbers and choices that the journeys' rules work with, each with its source.

A journey's rules have their own vocabulary with the same values; its service carries these over.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from parentsite.town.facts import Fact

T = TypeVar("T")


class TimelyKind(StrEnum):
    """From what the last day of a timely application is counted."""

    DAYS_AFTER_BIRTH = "days_after_birth"
    WEEKS_AFTER_BIRTH = "weeks_after_birth"
    MONTHS_AFTER_BIRTH = "months_after_birth"
    DAYS_BEFORE_WANTED = "days_before_wanted"
    WEEKS_BEFORE_WANTED = "weeks_before_wanted"
    MONTHS_BEFORE_WANTED = "months_before_wanted"


class Criterion(StrEnum):
    """What the waiting list is ordered by, one after the other."""

    SPECIAL_NEED = "special_need"
    SIBLING = "sibling"
    OWN_DISTRICT = "own_district"
    SENIORITY = "seniority"
    BIRTH_DATE = "birth_date"


class SeniorityBase(StrEnum):
    """The day that seniority counts from; the last one is the birth for those who applied in time."""

    BIRTH_DATE = "birth_date"
    APPLICATION_DATE = "application_date"
    BIRTH_DATE_IF_TIMELY = "birth_date_if_timely"


class GuaranteeScope(StrEnum):
    """Where the guaranteed place may lie; the law asks for the municipality only (dagtilbudsloven § 23)."""

    DISTRICT = "district"
    MUNICIPALITY = "municipality"


class GuaranteeEffect(StrEnum):
    """What happens to the guarantee when a place that would have met it is not taken."""

    RESTARTS = "restarts"
    LAPSES = "lapses"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Timely:
    """The last day of a timely application, as an amount of the kind's weeks or months."""

    kind: TimelyKind
    amount: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Notice when leaving: so many months, to one of these days of a month."""

    months: int
    to_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Fact, Generic[T]):
    """A value and its source; `promises` when a date or a right that a parent is shown stands on it."""

    value: T
    promises: bool = True


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """The settings of home visits, by their names in the pack; minutes, hours and days as the names say."""

    visit_minutes: Setting[int]
    """How long a visit lasts."""
    visit_travel_minutes: Setting[int]
    """What a health visitor needs from one home to the next."""
    visit_margin_days: Setting[int]
    """Days before and after, for a visit that the plan puts at one age ("2 months")."""
    visit_cancel_hours: Setting[int]
    """How long before a visit it may be moved or cancelled at the latest."""
    visit_hold_minutes: Setting[int]
    """How long a time is held for a parent who has picked it."""
    visit_silence_days: Setting[int]
    """A family counts as not contacted when it has heard nothing so many days after the birth."""
    visit_reply_days: Setting[int]
    """Days within which the health visitors write back to a family that asks to be contacted."""
    visit_keep_days: Setting[int]
    """Days that times nobody took, and requests that are answered, are kept."""

    def named(self) -> dict[str, Setting[Any]]:
        """Every setting by its name in the pack."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """The settings of parents' groups, by their names in the pack; hours and weeks as the names say."""

    group_offer_hours: Setting[int]
    """How long a place that fell free is kept for the first in line."""
    group_size: Setting[int]
    """How many a new group is proposed to hold; staff decide."""
    group_birth_weeks: Setting[int]
    """How far apart the children of a new group are proposed to be born; staff decide."""

    def named(self) -> dict[str, Setting[Any]]:
        """Every setting by its name in the pack."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class SchoolStart:
    """School begins on this day of the year in which a child turns `age`."""

    age: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class ReadinessSettings:
    """The settings of the consents at school start, by their names in the pack; days as the names say."""

    consent_days: Setting[int]
    """How long a consent holds at most, also one to passing on from the health visitors."""
    consent_after_start_days: Setting[int]
    """So long after the child's school start a consent given before it ends, if it has not ended yet."""
    consent_reminder_days: Setting[int]
    """Days after a document is published when those who have not answered are reminded, once."""
    document_keep_days: Setting[int]
    """So long after school start, or after the last version when that came later, a document is deleted."""
    consent_proof_days: Setting[int]
    """So long after a consent has ended its receipt, and a paper behind it, are kept to prove it; all journeys'."""
    school_start: Setting[SchoolStart]
    after_school_start: Setting[YearDay]
    """When those who begin school that year move to after-school care (BFO)."""

    def named(self) -> dict[str, Setting[Any]]:
        """Every setting by its name in the pack."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """The settings of letters between parents and teams, by their names in the pack; days as the names say."""

    letter_reopen_days: Setting[int]
    """So long after a letter is closed the parent may open it again."""
    letter_quiet_days: Setting[int]
    """A letter that is answered closes by itself when nobody has written for so long."""
    letter_keep_days: Setting[int]
    """So long after it is closed a letter is deleted, with all that was attached to it."""

    def named(self) -> dict[str, Setting[Any]]:
        """Every setting by its name in the pack."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class TownSettings:
    """Every setting. Weeks, months and days are counted as their names say; months are calendar months."""

    right_from_weeks: Setting[int]
    """The child's age when the right to a place begins (§ 23(3))."""
    grace_weeks: Setting[int]
    """What the municipality may take beyond that, for a place directly after it (§ 23(3))."""
    cap_months: Setting[int]
    """A place at the latest so long after the application, however late it came (the order, § 3(3))."""
    timely: Setting[Timely]
    answer_days: Setting[int]
    """Days to answer an offer, the day it was sent not counted."""
    waiting_list_order: Setting[tuple[Criterion, ...]]
    seniority_base: Setting[SeniorityBase]
    guarantee_scope: Setting[GuaranteeScope]
    guarantee_after_no: Setting[GuaranteeEffect]
    guarantee_after_silence: Setting[GuaranteeEffect]
    guarantee_restart_months: Setting[int] | None
    """From the planned start of the place not taken; there exactly when one of the two effects restarts."""
    notice: Setting[Notice]
    expected_reply_days: Setting[int]
    """Days within which the office writes back to a new application."""
    older_group_from_months: Setting[int]
    """The age at which a child goes from the group 0-2 to 3+."""
    language_assessment_months: Setting[int]
    """The age, roughly, at which a child's language is assessed (§ 11)."""
    part_time_hours: Setting[int]
    """Hours a week of the part-time place on leave (§ 27 b)."""
    draft_keep_days: Setting[int]
    """Days that an unsent application is kept after it was last saved."""
    due_date_horizon_days: Setting[int]
    """How far ahead a due date may lie."""
    visits: VisitSettings
    groups: GroupSettings
    readiness: ReadinessSettings
    letters: LetterSettings

    def named(self) -> dict[str, Setting[Any]]:
        """Every setting that there is, by its name in the pack."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return (
            {name: found for name, found in pairs if isinstance(found, Setting)}
            | self.visits.named()
            | self.groups.named()
            | self.readiness.named()
            | self.letters.named()
        )


SITE_ONLY = frozenset(
    {
        "draft_keep_days",
        "due_date_horizon_days",
        "visit_hold_minutes",
        "visit_keep_days",
        "group_size",
        "group_birth_weeks",
        "consent_reminder_days",
    }
)
"""Settings of the site's own housekeeping: nothing is promised on them."""
