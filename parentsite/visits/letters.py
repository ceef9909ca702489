"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; it never says what it is.

Each asks the gate when it is sent: who may not change the appointment by then is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.visits.service.booking import standing
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.telling import has_start_talk


def about_appointment(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the appointment."""
    try:
        found = standing(work, receiver, UUID(ids["visit"]))
    except NotFound:
        return None
    return {"path": f"besog/aftale/{found.id}"}


def start_talk(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the start talk: another has said yes and this one is asked, or it is arranged."""
    child = UUID(ids["child"])
    return {"path": f"besog/{child}/start-samtale"} if has_start_talk(work, receiver, child) else None


LETTERS: Mapping[str, BuildLetter] = {
    **dict.fromkeys(("booked", "confirmed", "moved", "cancelled", "proposed"), about_appointment),
    "start_talk": start_talk,
}
