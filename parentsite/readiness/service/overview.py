"""A parent's children on the way to school, and the newest that is published about each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.people.visibility import Sight
from parentsite.readiness.models import DocumentVersion, SchoolDocument
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.ends import settled_on
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.rules.near import is_near_school
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.facts import asks_with, holds_custody
from parentsite.readiness.service.reading import Published
from parentsite.town.service import current_town


class Reach(StrEnum):
    """How far an adult may see: read; only be told whom to ask, because the place is kept; or no custody is known."""

    READS = auto()
    KEPT = auto()
    NO_CUSTODY = auto()


@dataclass(frozen=True)
class OnTheWay:
    """A child on the way to school; `newest` is empty for one who may not read."""

    child: ChildView
    reach: Reach
    newest: Mapping[DocumentKind, Published]


_NEWEST = (
    select(
        SchoolDocument.child_id,
        SchoolDocument.kind,
        DocumentVersion.number,
        DocumentVersion.facility,
        DocumentVersion.published_at,
    )
    .join(
        DocumentVersion,
        and_(DocumentVersion.document_id == SchoolDocument.id, DocumentVersion.number == SchoolDocument.versions),
    )
    .where(SchoolDocument.child_id.in_(bindparam("children", expanding=True)))
    .order_by(SchoolDocument.kind.desc())
)


def near_school(work: Work, children: Sequence[ChildView]) -> list[ChildView]:
    """Those of kindergarten age, and those who began school within the last year."""
    ends = ends_of(current_town(work.session))
    return [one for one in children if one.birth_date and is_near_school(ends, one.birth_date, work.today)]


def is_asked_about(work: Work, child: ChildView) -> bool:
    """Whether "my page" still asks for consents: not once they would have ended by themselves."""
    ends = ends_of(current_town(work.session))
    return child.birth_date is not None and work.today < settled_on(ends, child.birth_date)


def on_the_way(work: Work, children: Sequence[ChildView]) -> Sequence[OnTheWay]:
    """Those near school, and those about whom there is something to read, in the order given. One statement."""
    near = {one.id for one in near_school(work, children)}
    reach = {one.id: reach_of(one.sight) for one in children}
    newest = newest_of(work, [one.id for one in children if reach[one.id] is Reach.READS])
    shown = [one for one in children if one.id in near or one.id in newest]
    return tuple(OnTheWay(one, reach[one.id], newest.get(one.id, {})) for one in shown)


def newest_of(work: Work, children: Collection[UUID]) -> Mapping[UUID, Mapping[DocumentKind, Published]]:
    """The newest version of each document of these children, whom the caller may read of. One statement."""
    found: dict[UUID, dict[DocumentKind, Published]] = {}
    for row in columns(work.session, _NEWEST, {"children": list(children)}) if children else ():
        kind = DocumentKind(row.kind)
        found.setdefault(row.child_id, {})[kind] = Published(kind, row.number, row.facility, row.published_at)
    return found


def reach_of(sight: Sight) -> Reach:
    """How far an adult with this sight of a child may see."""
    if may_open(asks_with(sight)):
        return Reach.READS
    return Reach.KEPT if holds_custody(sight) else Reach.NO_CUSTODY
