"""Letters at school start: to each who may read what was published, and to the one who asked for a correction.

They hold ids only; their names say nothing of which document it is, nor of what it says.
"""

from uuid import UUID

from parentsite.foundation import outbox
from parentsite.foundation.work import Work
from parentsite.people.visibility import sights_of
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.service.facts import asks_with


def tell_published(work: Work, child_id: UUID, version_id: UUID) -> None:
    """A version is there to be read: every custody holder who may open it hears of it once."""
    for person in _readers(work, child_id):
        key = f"document_version:{version_id}:{person}"
        outbox.post(work, "readiness/published", person, key, version=version_id)


def tell_answered(work: Work, child_id: UUID, person: UUID, request_id: UUID) -> None:
    """The daycare has answered this parent's request, while the parent may still read what it is about."""
    if person in _readers(work, child_id):
        outbox.post(work, "readiness/answered", person, f"correction_request:{request_id}", request=request_id)


def _readers(work: Work, child_id: UUID) -> list[UUID]:
    found = sights_of(work.session, child_id, work.today)
    return sorted(person for person, sight in found.items() if may_open(asks_with(sight)))
