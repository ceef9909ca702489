"""The town pack's kinds and settings as this journey's own rules take them."""

from dataclasses import dataclass
from functools import lru_cache

from parentsite.town.town import Town


@dataclass(frozen=True, slots=True)
class GroupPolicy:
    """What the town decides about groups; hours and weeks as the names say."""

    offer_hours: int
    size: int
    birth_weeks: int


@lru_cache(maxsize=8)
def policy_of(town: Town) -> GroupPolicy:
    """The settings of parents' groups."""
    settings = town.settings.groups
    return GroupPolicy(
        offer_hours=settings.group_offer_hours.value,
        size=settings.group_size.value,
        birth_weeks=settings.group_birth_weeks.value,
    )
