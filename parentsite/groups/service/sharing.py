"""The own phone number, shown to the other members of one group by consent: a receipt each time it is given and
withdrawn. The group is the receiver: who comes back to it is asked again.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.consent.rules import Answer, Shown
from parentsite.consent.service import effect, saying
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember, ParentGroup
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service.errors import NotFound
from parentsite.groups.service.gate import own_place, own_place_seen
from parentsite.groups.service.phones import phone_matter
from parentsite.groups.service.seats import lock_group, withdraw
from parentsite.town.service import current_town

TEXT, VERSION = "groups.phone", 1
"""The words under the tick (templates/groups): a new version whenever they say something else."""


def share_phone(work: Work, person: UUID, member_id: UUID, *, language: str = "da") -> None:
    """The other members may see my number from now on; again is the same receipt. Raises `NotFound` unless a member.

    `language` is that of the page on which it was asked.
    """
    place = own_place_seen(work, person, member_id)
    lock_group(work, place.group_id)
    place = own_place(work, person, member_id)
    if place.state != MemberState.JOINED:
        raise NotFound(member_id)
    give(work, member_id, person, language=language)


def stop_sharing(work: Work, person: UUID, member_id: UUID) -> None:
    """Nobody sees it any more, from this moment; nothing shared is no error. Raises `NotFound`."""
    place = own_place(work, person, member_id)
    lock_group(work, place.group_id)
    withdraw(work, member_id)


_RECEIVER = (
    select(GroupMember.group_id, ParentGroup.kind)
    .join(ParentGroup, ParentGroup.id == GroupMember.group_id)
    .where(GroupMember.id == bindparam("member"))
)


def shared_since(work: Work, person: UUID, member_id: UUID) -> datetime | None:
    """The moment of the own receipt that holds, if there is one."""
    group = columns(work.session, _RECEIVER, {"member": member_id}).one()
    own = effect.standing(work, phone_matter(person, group.group_id), person).own
    return own.said_at if own is not None and own.answer is Answer.YES else None


def give(work: Work, member_id: UUID, person: UUID, *, language: str = "da") -> None:
    """Write the receipt, unless there is one that holds. The group is locked."""
    group = columns(work.session, _RECEIVER, {"member": member_id}).one()
    kind = current_town(work.session).group_kind(group.kind)
    if kind is None:
        raise NotFound(member_id)
    shown = Shown(kind.name[language], TEXT, VERSION, language)
    saying.say(work, person, phone_matter(person, group.group_id), Answer.YES, shown)
