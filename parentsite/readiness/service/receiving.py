"""The school's side: the children about whom it may read something now, and opening what is published.

Opening is a write transaction of its own: what was allowed a moment ago may have been taken back, so the chain of
consents is locked, everything is asked again, the read is written down, and only what is committed is unsealed. Who
takes a yes back holds the same lock: a text is opened before that, and in the audit, or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from parentsite.consent.rules import Subject
from parentsite.consent.service.chain import lock_chain
from parentsite.consent.service.effect import allowed_to
from parentsite.foundation import audit
from parentsite.foundation.database import columns
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named
from parentsite.people.visibility import sights_of
from parentsite.readiness.models import COMMENT, DocumentVersion, ParentComment, SchoolDocument
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind, Reason
from parentsite.readiness.service import gate
from parentsite.readiness.service.commenting import Comment
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import (
    Office,
    holds_custody,
    offices_of,
    purpose_of,
    receiver_asks,
    receivers_in,
)
from parentsite.readiness.service.gate import Sealed
from parentsite.readiness.service.reading import Version, unsealed
from parentsite.readiness.service.versions import newest
from parentsite.town.service import current_town

Beginning = Callable[[], AbstractContextManager[Work]]
"""Begins a write transaction of its own, committed when the block ends well."""


@dataclass(frozen=True)
class Listed:
    """A document that may be read now: its newest version, without a word of it."""

    child_id: UUID
    child: Named
    kind: DocumentKind
    number: int
    office: Office


@dataclass(frozen=True)
class Opened:
    """What the school reads: the newest version, and the own words of those who hold custody, without their names."""

    version: Version
    comments: Sequence[Comment]


_NEWEST = (
    select(SchoolDocument.child_id, SchoolDocument.kind, DocumentVersion.number)
    .join(
        DocumentVersion,
        and_(DocumentVersion.document_id == SchoolDocument.id, DocumentVersion.number == SchoolDocument.versions),
    )
    .where(SchoolDocument.child_id.in_(bindparam("children", expanding=True)))
)


def may_be_read(work: Work) -> Sequence[Listed]:
    """What this member of the staff may read now; a child about whom nothing is allowed is not there at all.

    Whoever shows it writes one entry with the ids. As many statements for many children as for one.
    """
    purposes = {purpose_of(kind, Allowed.READING): kind for kind in DocumentKind}
    allowed: dict[tuple[UUID, DocumentKind], list[Office]] = {}
    for office in sorted(offices_of(work), key=lambda one: (one.kind, one.code)):
        for matter in allowed_to(work, purposes, office.kind.value, office.code):
            allowed.setdefault((matter.about, purposes[matter.purpose]), []).append(office)
    children = {child for child, _ in allowed}
    if not children:
        return ()
    receivers, names = receivers_in(work, children), named(work.session, children)
    rows = columns(work.session, _NEWEST, {"children": list(children)})
    found = []
    for row in rows:
        kind, goes_to = DocumentKind(row.kind), receivers.get(row.child_id)
        asked = allowed.get((row.child_id, kind), ())
        fitting = [one for one in asked if goes_to is not None and goes_to.has(one.kind, one.code)]
        if fitting:
            found.append(Listed(row.child_id, names[row.child_id], kind, row.number, fitting[0]))
    return tuple(sorted(found, key=lambda one: (one.child.name or "", one.child.born, one.child_id, one.kind)))


def open_document(begin: Beginning, child_id: UUID, kind: DocumentKind, office: Office, reason: Reason) -> Opened:
    """Open the newest version for somebody at this office. Raises `NotFound`: nothing is told of why not."""
    with begin() as work:
        # A child about whom nothing is allowed gets no chain from being asked about.
        if not may_open(receiver_asks(work, child_id, kind, office)):
            raise NotFound(child_id)
        lock_chain(work, Subject.CHILD, child_id)
        asking = receiver_asks(work, child_id, kind, office)
        sealed = newest(work, child_id, kind)
        if sealed is None or not may_open(asking):
            raise NotFound(child_id)
        comments = _comments(work, sealed.document_id, child_id)
        template = current_town(work.session).document_template(sealed.template)
        keyring = keyring_of(work.session)
        audit.record(work, "document.opened", [child_id], about=("document", sealed.id), purpose=reason)
    words = gate.opened(asking, keyring, {person: text for person, (text, _) in comments.items()})
    said = tuple(Comment(words[person], language) for person, (_, language) in comments.items())
    return Opened(unsealed(asking, keyring, sealed, template.areas if template else ()), said)


_COMMENTS = (
    select(ParentComment.person_id, ParentComment.text, ParentComment.language)
    .where(ParentComment.document_id == bindparam("document"))
    .order_by(ParentComment.changed_at, ParentComment.person_id)
)


def _comments(work: Work, document: UUID, child_id: UUID) -> Mapping[UUID, tuple[Sealed, str]]:
    """The words of those who hold custody today and are not shut out: what others once wrote travels no more."""
    rows = columns(work.session, _COMMENTS, {"document": document}).all()
    sights = sights_of(work.session, child_id, work.today) if rows else {}
    return {
        row.person_id: (Sealed(row.text, COMMENT), row.language)
        for row in rows
        if row.person_id in sights and holds_custody(sights[row.person_id])
    }
