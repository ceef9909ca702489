"""Seniority (anciennitet): the day from which a wish has waited. Each wish has its own."""

from datetime import date

from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import SeniorityBase


def seniority(*, birth: date, wanted: date, applied: date, wished_on: date, policy: PlacementPolicy) -> date:
    """The seniority date of a wish made on `wished_on` in an application sent on `applied`.

    Wishes present when the application was sent count from the town's base. One added later counts from its
    own day, but never from an earlier day than they: with an unborn child the base may still lie ahead.
    """
    base = _base(birth, wanted, applied, policy)
    return base if wished_on <= applied else max(base, wished_on)


def _base(birth: date, wanted: date, applied: date, policy: PlacementPolicy) -> date:
    match policy.seniority_base:
        case SeniorityBase.BIRTH_DATE:
            return birth
        case SeniorityBase.APPLICATION_DATE:
            return applied
        case SeniorityBase.BIRTH_DATE_IF_TIMELY:
            timely = applied <= policy.deadline(birth, wanted)
            # Late but before the birth, the day of applying would be the better date: lateness must not pay.
            return birth if timely else max(birth, applied)
