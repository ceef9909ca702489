"""The town pack's settings as this journey's own rules take them."""

from functools import lru_cache

from parentsite.places.rules.policy import PlacementPolicy, TimelyRule
from parentsite.places.rules.vocabulary import Criterion, GuaranteeEffect, GuaranteeScope, SeniorityBase, TimelyKind
from parentsite.town.town import Town


@lru_cache(maxsize=8)
def policy_of(town: Town) -> PlacementPolicy:
    """Raises `BadPolicy` for a setting that is impossible or against the law."""
    settings = town.settings
    restart = settings.guarantee_restart_months
    return PlacementPolicy(
        right_from_weeks=settings.right_from_weeks.value,
        grace_weeks=settings.grace_weeks.value,
        cap_months=settings.cap_months.value,
        timely=TimelyRule(TimelyKind(settings.timely.value.kind.value), settings.timely.value.amount),
        answer_days=settings.answer_days.value,
        order=tuple(Criterion(criterion.value) for criterion in settings.waiting_list_order.value),
        seniority_base=SeniorityBase(settings.seniority_base.value.value),
        guarantee_scope=GuaranteeScope(settings.guarantee_scope.value.value),
        guarantee_after_no=GuaranteeEffect(settings.guarantee_after_no.value.value),
        guarantee_after_silence=GuaranteeEffect(settings.guarantee_after_silence.value.value),
        restart_months=restart.value if restart else None,
        older_from_months=settings.older_group_from_months.value,
        due_date_horizon_days=settings.due_date_horizon_days.value,
    )
