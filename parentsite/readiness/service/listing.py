"""The school's list: the children about whom it may read something now, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.consent.service.effect import allowed_to
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named
from parentsite.readiness.models import DocumentVersion, SchoolDocument
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.facts import Office, offices_of, purpose_of, receivers_in

PAGE_SIZE = 30


@dataclass(frozen=True)
class Listed:
    """A document that may be read now: its newest version, without a word of it."""

    child_id: UUID
    child: Named
    kind: DocumentKind
    number: int
    office: Office


@dataclass(frozen=True)
class ListSheet:
    """One page of the list, and whether there is another."""

    rows: Sequence[Listed]
    number: int
    has_more: bool


_NEWEST = (
    select(SchoolDocument.child_id, SchoolDocument.kind, DocumentVersion.number)
    .join(
        DocumentVersion,
        and_(DocumentVersion.document_id == SchoolDocument.id, DocumentVersion.number == SchoolDocument.versions),
    )
    .where(SchoolDocument.child_id.in_(bindparam("children", expanding=True)))
)


def may_be_read(work: Work, number: int = 1) -> ListSheet:
    """A page of what this member of the staff may read now, by name; whoever shows it writes one entry with the ids.

    A child about whom nothing is allowed is not there at all. As many statements for many children as for one.
    """
    found = sorted(_all(work), key=lambda one: (one.child.name or "", one.child.born, one.child_id, one.kind))
    skip = PAGE_SIZE * (number - 1)
    return ListSheet(found[skip : skip + PAGE_SIZE], number, has_more=len(found) > skip + PAGE_SIZE)


def _all(work: Work) -> list[Listed]:
    purposes = {purpose_of(kind, Allowed.READING): kind for kind in DocumentKind}
    allowed: dict[tuple[UUID, DocumentKind], list[Office]] = {}
    for office in offices_of(work):
        for matter in allowed_to(work, purposes, office.kind.value, office.code):
            allowed.setdefault((matter.about, purposes[matter.purpose]), []).append(office)
    children = {child for child, _ in allowed}
    if not children:
        return []
    receivers, names = receivers_in(work, children), named(work.session, children)
    found = []
    for row in columns(work.session, _NEWEST, {"children": list(children)}):
        kind, goes_to = DocumentKind(row.kind), receivers.get(row.child_id)
        asked = allowed.get((row.child_id, kind), ())
        fitting = [one for one in asked if goes_to is not None and goes_to.has(one.kind, one.code)]
        if fitting:
            found.append(Listed(row.child_id, names[row.child_id], kind, row.number, fitting[0]))
    return found
