"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; it never says which group.

Each asks the gate when it is sent: who may not come to the group any more is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.groups.service import news
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.overview import standing


def about_place(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the place, also when it has ended."""
    try:
        found = standing(work, receiver, UUID(ids["member"]))
    except NotFound:
        return None
    return {"path": f"grupper/plads/{found.place.id}"}


def about_meeting(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the place of a member of the meeting's group."""
    return _inside(news.member_at_meeting(work, receiver, UUID(ids["meeting"])))


def about_message(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the place of a member of the group that was written to."""
    return _inside(news.member_written_to(work, receiver, UUID(ids["message"])))


def about_group(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the group, while it can be joined."""
    group = UUID(ids["group"])
    return {"path": f"grupper/{group}"} if news.may_see(work, receiver, group) else None


def _inside(member: UUID | None) -> Mapping[str, Any] | None:
    return {"path": f"grupper/plads/{member}"} if member else None


LETTERS: Mapping[str, BuildLetter] = {
    **dict.fromkeys(("joined", "offered", "offer_expired", "ended"), about_place),
    **dict.fromkeys(("meeting_planned", "meeting_moved", "meeting_cancelled"), about_meeting),
    "message": about_message,
    "invited": about_group,
}
