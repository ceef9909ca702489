"""What one custody holder has answered before school, whenever and to whomever."""

from collections.abc import Sequence
from uuid import UUID

from parentsite.consent.rules import Matter
from parentsite.consent.service.receipts import Kept, kept_about
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.facts import purpose_of
from parentsite.readiness.service.reading import custody_holder

_PURPOSES = {purpose_of(kind, allowed): (kind, allowed) for kind in DocumentKind for allowed in Allowed}


def kept_of(work: Work, person: UUID, child_id: UUID) -> Sequence[Kept]:
    """The receipts of one who answers, newest first; who may see them is for the caller to ask."""
    return kept_about(work, person, child_id, _PURPOSES)


def receipts_of_child(work: Work, person: UUID, child_id: UUID) -> tuple[ChildView, Sequence[Kept]]:
    """The child, and this custody holder's own receipts about it, newest first. Raises `NotFound`."""
    child, _ = custody_holder(work, person, child_id)
    return child, kept_of(work, person, child_id)


def asked_in(matter: Matter) -> tuple[DocumentKind, Allowed]:
    """Which document the matter of a receipt was about, and what for."""
    return _PURPOSES[matter.purpose]
