"""Where news leads, asked when a letter of the outbox is sent: to a letter that the receiver still sees."""

from uuid import UUID

from parentsite.contact.service.errors import NotFound
from parentsite.contact.service.gate import seen
from parentsite.foundation.work import Work


def may_open(work: Work, person: UUID, letter_id: UUID) -> bool:
    """Whether this parent sees the letter, now."""
    try:
        seen(work, person, letter_id)
    except NotFound:
        return False
    return True
