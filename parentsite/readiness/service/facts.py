"""Who asks for a text: the facts that the gate decides on, read anew each time and told by nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.consent.rules import Matter, Subject
from parentsite.consent.service.effect import in_force
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.attendance import stays_of, where_now
from parentsite.people.children import ChildView, child_for
from parentsite.people.models import Child, RelationKind
from parentsite.people.visibility import Facet, Sight
from parentsite.readiness.policy import institutions_of
from parentsite.readiness.rules.gate import Asking, Side
from parentsite.readiness.rules.receivers import Receivers, receivers_of
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind, ReceiverKind
from parentsite.readiness.service.errors import NotFound
from parentsite.town.service import current_town

PEDAGOGUE = "pedagogue"
ROLES = {"school": ReceiverKind.SCHOOL, "bfo": ReceiverKind.AFTER_SCHOOL}
"""The staff roles at the receivers."""


def parent_asks(work: Work, person: UUID, child_id: UUID) -> tuple[ChildView, Asking]:
    """An adult asks for what is published about a child. Raises `NotFound` when for this adult there is no child."""
    child = child_for(work.session, person, child_id, work.today)
    if child is None:
        raise NotFound(child_id)
    return child, asks_with(child.sight)


def asks_with(sight: Sight) -> Asking:
    """An adult with this sight of the child asks for what is published about it."""
    return Asking(
        Side.PARENT,
        is_published=True,
        holds_custody=holds_custody(sight),
        is_kept_apart=not sight.sees(Facet.PLACE, Facet.TIME),
    )


def holds_custody(sight: Sight) -> bool:
    """Whether this adult holds custody; one who is shut out from the child has no sight of it at all."""
    return RelationKind.CUSTODY in sight.relations


def house_of(work: Work, child_id: UUID) -> str:
    """The house of this pedagogue to which the child goes today. Raises `NotFound`."""
    house = where_now(work.session, child_id, work.actor.institutions, work.today)
    if PEDAGOGUE not in work.actor.roles or house is None:
        raise NotFound(child_id)
    return house


def house_asks(work: Work, child_id: UUID, written_by: str) -> Asking:
    """A pedagogue asks for what a house has written. Raises `NotFound` when the child goes to none of the own."""
    return Asking(Side.HOUSE, is_own=house_of(work, child_id) == written_by)


@dataclass(frozen=True)
class Office:
    """A school or after-school care that a member of the staff works at."""

    kind: ReceiverKind
    code: str


def offices_of(work: Work) -> Sequence[Office]:
    """Those of the one who acts, in a stable order: both the role and the institution must fit."""
    kinds = {ROLES[role] for role in work.actor.roles if role in ROLES}
    known = institutions_of(current_town(work.session))
    own = {Office(one.kind, one.code) for one in known if one.kind in kinds and one.code in work.actor.institutions}
    return sorted(own, key=lambda one: (one.kind, one.code))


def acting_at(work: Work, office: Office) -> Work:
    """The same work, done at one office alone: who works at several is told of by the one that was allowed."""
    role = frozenset(role for role, kind in ROLES.items() if kind is office.kind)
    return replace(work, actor=replace(work.actor, roles=role, institutions=frozenset({office.code})))


def matter_of(child: UUID, kind: DocumentKind, allowed: Allowed, office: Office) -> Matter:
    """That this office may read a document about the child, or be talked with about it."""
    return Matter(Subject.CHILD, child, purpose_of(kind, allowed), office.kind.value, office.code)


def purpose_of(kind: DocumentKind, allowed: Allowed) -> str:
    """What a consent is for, as its receipts say it; each document and each use is a purpose of its own."""
    return f"readiness.{kind.value}.{allowed.value}"


def receiver_asks(work: Work, child_id: UUID, kind: DocumentKind, office: Office) -> Asking:
    """Somebody at a school or after-school care asks for what is published; it is for them to be sure of the lock."""
    matter = matter_of(child_id, kind, Allowed.READING, office)
    receivers = receivers_in(work, [child_id]).get(child_id)
    return Asking(
        Side.RECEIVER,
        is_published=True,
        is_receiver=office in offices_of(work) and receivers is not None and receivers.has(office.kind, office.code),
        is_allowed=in_force(work, [matter]) == {matter},
    )


_HOMES = select(Child.id, Child.district).where(
    Child.id.in_(bindparam("children", expanding=True)), Child.merged_into.is_(None), Child.died_on.is_(None)
)


def receivers_in(work: Work, children: Collection[UUID]) -> dict[UUID, Receivers]:
    """Where each child goes next; nobody for one who has died. Two statements, however many children there are."""
    if not children:
        return {}
    known = institutions_of(current_town(work.session))
    stays = stays_of(work.session, children, work.today)
    # Of a long list most go to the same house and live in the same part of town.
    goes_on = cache(partial(receivers_of, known))
    rows = columns(work.session, _HOMES, {"children": list(children)})
    return {row.id: goes_on(stays[row.id], row.district) for row in rows}
