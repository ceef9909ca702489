"""The town pack's settings, schools and templates as this journey's own rules take them."""

from datetime import date
from functools import lru_cache

from parentsite.readiness.rules.ends import Ends
from parentsite.readiness.rules.receivers import Institution
from parentsite.readiness.rules.vocabulary import DocumentKind, ReceiverKind
from parentsite.town import documents
from parentsite.town.documents import DocumentTemplate
from parentsite.town.town import Town


@lru_cache(maxsize=8)
def ends_of(town: Town) -> Ends:
    """When consents end."""
    settings = town.settings.readiness
    start = settings.school_start.value
    return Ends(
        days=settings.consent_days.value,
        after_start=settings.consent_after_start_days.value,
        age=start.age,
        month=start.month,
        day=start.day,
    )


@lru_cache(maxsize=8)
def institutions_of(town: Town) -> tuple[Institution, ...]:
    """The schools and after-school care that the town knows."""
    return tuple(
        Institution(ReceiverKind(one.kind.value), one.code, one.district, one.school) for one in town.receivers
    )


def template_for(town: Town, kind: DocumentKind, day: date) -> DocumentTemplate:
    """The template of a document that is begun on a day."""
    return town.template_for(documents.DocumentKind(kind.value), day)
