"""What a town decides about places. Its settings have no default: the town pack says them, with their source.

What the law decides is a limit: a pack may be kinder to families than the law, never harsher.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from parentsite.places.rules.calendar import add_months
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind

RIGHT_FROM_WEEKS_AT_MOST = 26
"""§ 23(3) of the Act."""
GRACE_WEEKS_AT_MOST = 4
"""§ 23(3) of the Act: when the place is wanted directly after week 26."""
CAP_MONTHS_AT_MOST = 3
"""§ 3(3) of the Order: in every case a place this long after the application."""


class BadPolicy(ValueError):
    """A setting that is impossible or against the law; `field` names it as in `PlacementPolicy`."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


@dataclass(frozen=True)
class TimelyRule:
    """The last day to apply in time, as the town must publish it.

    "8 weeks after birth": WEEKS_AFTER_BIRTH, 8. "3 months before the day wanted": MONTHS_BEFORE_WANTED, 3.
    """

    kind: TimelyKind
    amount: int

    def __post_init__(self) -> None:
        _within("timely", self.amount, 0, 366)

    def deadline(self, birth: date, wanted: date) -> date:
        """The last day on which an application is in time."""
        match self.kind:
            case TimelyKind.DAYS_AFTER_BIRTH:
                return birth + timedelta(days=self.amount)
            case TimelyKind.WEEKS_AFTER_BIRTH:
                return birth + timedelta(weeks=self.amount)
            case TimelyKind.MONTHS_AFTER_BIRTH:
                return add_months(birth, self.amount)
            case TimelyKind.DAYS_BEFORE_WANTED:
                return wanted - timedelta(days=self.amount)
            case TimelyKind.WEEKS_BEFORE_WANTED:
                return wanted - timedelta(weeks=self.amount)
            case TimelyKind.MONTHS_BEFORE_WANTED:
                return add_months(wanted, -self.amount)


@dataclass(frozen=True, kw_only=True)
class PlacementPolicy:
    """A town's settings for places, as its pack gives them. Raises `BadPolicy`.

    Weeks, days and months as the names say. `restart_months` count from the planned start of the place not
    taken, and are there exactly when one of the two effects is RESTARTS.
    """

    right_from_weeks: int
    grace_weeks: int
    timely: TimelyRule
    answer_days: int
    order: tuple[Criterion, ...]
    seniority_base: SeniorityBase
    guarantee_scope: GuaranteeScope
    guarantee_after_no: GuaranteeEffect
    guarantee_after_silence: GuaranteeEffect
    restart_months: int | None
    older_from_months: int
    """The age at which a child goes from the group 0-2 to 3+."""
    due_date_horizon_days: int
    """A due date lies at most so far ahead."""
    cap_months: int = CAP_MONTHS_AT_MOST

    def __post_init__(self) -> None:
        _within("right_from_weeks", self.right_from_weeks, 0, RIGHT_FROM_WEEKS_AT_MOST)
        _within("grace_weeks", self.grace_weeks, 0, GRACE_WEEKS_AT_MOST)
        _within("cap_months", self.cap_months, 0, CAP_MONTHS_AT_MOST)
        _within("answer_days", self.answer_days, 1, 365)
        _within("older_from_months", self.older_from_months, 1, 72)
        _within("due_date_horizon_days", self.due_date_horizon_days, 1, 366)
        if len(set(self.order)) != len(self.order):
            raise BadPolicy("order", "a criterion stands twice")
        if Criterion.SENIORITY not in self.order:
            raise BadPolicy("order", "seniority is missing; § 27(1) of the Act asks for it")
        self._check_restart()

    def _check_restart(self) -> None:
        restarts = GuaranteeEffect.RESTARTS in (self.guarantee_after_no, self.guarantee_after_silence)
        if restarts != (self.restart_months is not None):
            raise BadPolicy("restart_months", "must be given exactly when a guarantee restarts")
        if self.restart_months is not None:
            _within("restart_months", self.restart_months, 0, 12)

    def right_from(self, birth: date) -> date:
        """The day the right to a place begins (§ 23(3) of the Act)."""
        return birth + timedelta(weeks=self.right_from_weeks)

    def deadline(self, birth: date, wanted: date) -> date:
        """The last day to apply in time; a day wanted before the right begins counts as that day."""
        return self.timely.deadline(birth, max(wanted, self.right_from(birth)))

    @property
    def grace(self) -> timedelta:
        """The time the town has on top when the place is wanted as soon as the right begins."""
        return timedelta(weeks=self.grace_weeks)


def _within(field: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise BadPolicy(field, f"{value} is not between {low} and {high}")
