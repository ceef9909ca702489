"""Whether a child can take a certain place at all, before anybody asks who comes first."""

from datetime import date
from enum import StrEnum, auto

from parentsite.places.rules.calendar import age_group
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import AgeGroup


class Unfit(StrEnum):
    """Why a place is not for this child."""

    NOT_YET_WANTED = auto()
    """The place begins before the day the parents want."""
    OTHER_AGE = auto()
    """On the day the place begins the child belongs to the other age group."""


def unfit(*, birth: date, wanted: date, group: AgeGroup, starts: date, policy: PlacementPolicy) -> Unfit | None:
    """What keeps a child from a place of `group` that begins on `starts`; none when it can take it."""
    if wanted > starts:
        return Unfit.NOT_YET_WANTED
    if age_group(birth, starts, policy.older_from_months) is not group:
        return Unfit.OTHER_AGE
    return None
