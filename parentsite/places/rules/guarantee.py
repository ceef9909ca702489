"""The guarantee (pasningsgaranti): the day by which the town must give a place somewhere in the town.

It is no promise of a certain house. The day wanted (behovsdato) and the day guaranteed (garantidato) are two
dates, and are shown as two. Refuses nothing: what parents may ask for is checked by `wanted_problems`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from parentsite.places.rules.calendar import add_months, school_start
from parentsite.places.rules.policy import PlacementPolicy


class GuaranteeRule(StrEnum):
    """Which rule gave the guaranteed day."""

    IN_TIME = auto()
    """Applied in time: the day wanted, or the end of the grace (§ 23(3) of the Act)."""
    LATE_WITHOUT_LOSS = auto()
    """Applied late, and yet the same day: the three months are over before it (§ 3(3) of the Order)."""
    PUSHED_BY_DELAY = auto()
    """Moved by as many days as the application was late (§ 3(2) of the Order)."""
    CAPPED_AT_THREE_MONTHS = auto()
    """The delay would move it further, but three months after applying is the end (§ 3(3) of the Order)."""


@dataclass(frozen=True)
class Guarantee:
    """What the parents are told in writing (§ 3(4) of the Order), and where it comes from."""

    right_from: date
    base: date
    """The day guaranteed to those who apply in time."""
    deadline: date
    """The last day to apply in time, by the town's rule."""
    lateness_days: int
    guaranteed_by: date
    rule: GuaranteeRule
    ends: date
    """School start: from this day there is no right to a place."""

    @property
    def is_empty(self) -> bool:
        """Whether school begins before the guarantee would: then no day can be promised."""
        return self.guaranteed_by >= self.ends


def guarantee(*, birth: date, wanted: date, applied: date, policy: PlacementPolicy) -> Guarantee:
    """The guarantee of an application: max(base, min(base + lateness, applied + 3 months)).

    base is the later of the day wanted and the end of the grace. Applying later never improves it, and it is
    never before the right begins or the parents want. How § 3(3) of the Order goes together with the delay of
    § 3(2) is a question to the municipality; this is the reading of the field notes (1.5).
    """
    right_from = policy.right_from(birth)
    base = max(wanted, right_from + policy.grace)
    deadline = policy.deadline(birth, wanted)
    lateness = max(applied - deadline, timedelta())
    cap = add_months(applied, policy.cap_months)
    guaranteed_by = max(base, min(base + lateness, cap))
    return Guarantee(
        right_from=right_from,
        base=base,
        deadline=deadline,
        lateness_days=lateness.days,
        guaranteed_by=guaranteed_by,
        rule=_rule(base, lateness, guaranteed_by),
        ends=school_start(birth),
    )


def _rule(base: date, lateness: timedelta, guaranteed_by: date) -> GuaranteeRule:
    if not lateness:
        return GuaranteeRule.IN_TIME
    if guaranteed_by == base:
        return GuaranteeRule.LATE_WITHOUT_LOSS
    if guaranteed_by == base + lateness:
        return GuaranteeRule.PUSHED_BY_DELAY
    return GuaranteeRule.CAPPED_AT_THREE_MONTHS


class WantedProblem(StrEnum):
    """Why a wanted day cannot be asked for."""

    BEFORE_RIGHT = auto()
    IN_PAST = auto()
    AFTER_SCHOOL_START = auto()


def wanted_problems(*, birth: date, wanted: date, today: date, policy: PlacementPolicy) -> tuple[WantedProblem, ...]:
    """All that is wrong with a wanted day, the most telling first; empty when it may be asked for."""
    checks = (
        (WantedProblem.BEFORE_RIGHT, wanted < policy.right_from(birth)),
        (WantedProblem.IN_PAST, wanted < today),
        (WantedProblem.AFTER_SCHOOL_START, wanted >= school_start(birth)),
    )
    return tuple(problem for problem, wrong in checks if wrong)
