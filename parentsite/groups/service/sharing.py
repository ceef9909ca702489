"""The own phone number, shown to the other members by consent: a receipt for each time it was given and withdrawn."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, insert, select

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupConsent
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import own_place, own_place_seen
from parentsite.groups.service.seats import lock_group, withdraw


def share_phone(work: Work, person: UUID, member_id: UUID) -> None:
    """The other members may see my number from now on; again is the same receipt. Raises `NotFound` unless a member."""
    place = own_place_seen(work, person, member_id)
    lock_group(work, place.group_id)
    place = own_place(work, person, member_id)
    if place.state != MemberState.JOINED:
        raise NotFound(member_id)
    if not _is_shared(work, member_id):
        give(work, member_id, person)


def stop_sharing(work: Work, person: UUID, member_id: UUID) -> None:
    """Nobody sees it any more, from this moment; nothing shared is no error. Raises `NotFound`."""
    place = own_place(work, person, member_id)
    lock_group(work, place.group_id)
    if withdraw(work, member_id):
        audit.record(work, "group.phone_withdrawn", [person], about=("group_member", member_id))


def give(work: Work, member_id: UUID, person: UUID) -> None:
    """Write the receipt. The group is locked, and there is no open one."""
    receipt = new_id()
    change(work.session, insert(GroupConsent).values(id=receipt, member_id=member_id, given_at=work.now))
    audit.record(work, "group.phone_shared", [person], about=("group_consent", receipt))


def _is_shared(work: Work, member_id: UUID) -> bool:
    found = exists().where(GroupConsent.member_id == member_id, GroupConsent.withdrawn_at.is_(None))
    return bool(work.session.scalar(select(found)))


def shared_since(work: Work, member_id: UUID) -> datetime | None:
    """The moment of the receipt that is open, if there is one."""
    open_one = (GroupConsent.member_id == member_id, GroupConsent.withdrawn_at.is_(None))
    return work.session.scalar(select(GroupConsent.given_at).where(*open_one))
