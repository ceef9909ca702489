"""The school's side: opening what is published about a child.

Opening is a write transaction of its own: what was allowed a moment ago may have been taken back, so the chain of
consents is locked, everything is asked again, the read is written down, and only what is committed is unsealed. Who
takes a yes back holds the same lock: a text is opened before that, and in the audit, or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.consent.rules import Subject
from parentsite.consent.service.chain import lock_chain
from parentsite.foundation.database import columns
from parentsite.foundation.reading import record_read
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import Work
from parentsite.people.casework import Named, named
from parentsite.people.visibility import sights_of
from parentsite.readiness.models import COMMENT, ParentComment
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.rules.vocabulary import DocumentKind, Reason
from parentsite.readiness.service import gate
from parentsite.readiness.service.commenting import Comment
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import Office, acting_at, holds_custody, offices_of, receiver_asks
from parentsite.readiness.service.gate import Sealed
from parentsite.readiness.service.reading import Version, unsealed
from parentsite.readiness.service.readings import OPENED
from parentsite.readiness.service.versions import newest
from parentsite.town.service import current_town

Beginning = Callable[[], AbstractContextManager[Work]]
"""Begins a write transaction of its own, committed when the block ends well."""


@dataclass(frozen=True)
class Opened:
    """What the school reads: the newest version, and the own words of those who hold custody, without their names.

    `office` is where it was allowed.
    """

    child: Named
    office: Office
    version: Version
    comments: Sequence[Comment]


def office_for(work: Work, child_id: UUID, kind: DocumentKind) -> Office:
    """Of the offices at which this member of the staff works, the first that may read the document now.

    Raises `NotFound`: nothing is told of why not.
    """
    for office in offices_of(work):
        if may_open(receiver_asks(work, child_id, kind, office)) and newest(work, child_id, kind) is not None:
            return office
    raise NotFound(child_id)


def open_document(begin: Beginning, child_id: UUID, kind: DocumentKind, reason: Reason) -> Opened:
    """Open the newest version for this member of the staff. Raises `NotFound`: nothing is told of why not."""
    with begin() as work:
        # A child about whom nothing is allowed gets no chain from being asked about.
        office = office_for(work, child_id, kind)
        lock_chain(work, Subject.CHILD, child_id)
        asking = receiver_asks(work, child_id, kind, office)
        sealed = newest(work, child_id, kind)
        if sealed is None or not may_open(asking):
            raise NotFound(child_id)
        comments = _comments(work, sealed.document_id, child_id)
        template = current_town(work.session).document_template(sealed.template)
        keyring = keyring_of(work.session)
        child = named(work.session, [child_id])[child_id]
        about = ("document", sealed.id)
        record_read(acting_at(work, office), OPENED[kind], reason, [(child_id, child_id)], about=about)
    words = gate.opened(asking, keyring, {person: text for person, (text, _) in comments.items()})
    version = unsealed(asking, keyring, sealed, template.areas if template else ())
    return Opened(
        child=child,
        office=office,
        version=version,
        comments=tuple(Comment(words[person], language) for person, (_, language) in comments.items()),
    )


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
