"""Asking for an answer: an errand until there is one, and one letter to those who gave none. No more than that; who
comes to hold custody later is asked in `newcomers`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from parentsite.consent.rules import Matter, holders
from parentsite.consent.service.effect import standings, unanswered
from parentsite.consent.service.reading import custodies_of
from parentsite.foundation import outbox
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.visibility import sights_of
from parentsite.readiness.models import ConsentReminder, DocumentVersion, HolderAsked, SchoolDocument
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.rules.receivers import Receivers
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import Office, asks_with, matter_of, receivers_in
from parentsite.readiness.service.reading import custody_holder, published_kinds
from parentsite.town.service import current_town

LETTER = "readiness/consent_asked"
MOST_A_ROUND = 20
TOO_LATE = timedelta(days=60)
"""A site that was away so long reminds of nothing that old."""


def waiting(work: Work, person: UUID, child_id: UUID) -> frozenset[tuple[UUID, DocumentKind]]:
    """The published documents of a child about whose reading this custody holder has yet to answer."""
    return unanswered_among(work, person, [(child_id, kind) for kind in published_kinds(work, child_id)])


def unanswered_among(
    work: Work, person: UUID, documents: Collection[tuple[UUID, DocumentKind]]
) -> frozenset[tuple[UUID, DocumentKind]]:
    """The same among published documents of children whom this adult may answer for. Four statements, however many
    there are; none for none.
    """
    receivers = receivers_in(work, {child for child, _ in documents})
    asked = {
        matter: (child, kind) for child, kind in documents for matter in _reading(child, kind, receivers.get(child))
    }
    stand = standings(work, asked, person) if asked else {}
    return frozenset(document for matter, document in asked.items() if stand[matter].must_answer)


def must_answer(work: Work, person: UUID, child_id: UUID) -> bool:
    """Whether this adult may open the page and has yet to answer there."""
    try:
        custody_holder(work, person, child_id)
    except NotFound:
        return False
    return bool(waiting(work, person, child_id))


_DUE = (
    select(SchoolDocument.id, SchoolDocument.child_id, SchoolDocument.kind)
    .join(DocumentVersion, DocumentVersion.document_id == SchoolDocument.id)
    .where(
        DocumentVersion.number == 1,
        DocumentVersion.published_at <= bindparam("until"),
        DocumentVersion.published_at > bindparam("since"),
        ~select(ConsentReminder.document_id).where(ConsentReminder.document_id == SchoolDocument.id).exists(),
    )
    .order_by(DocumentVersion.published_at)
    .limit(MOST_A_ROUND)
)
_ONCE = {
    dialect.dialect.name: dialect.insert(ConsentReminder)
    .on_conflict_do_nothing(index_elements=["document_id"])
    .returning(ConsentReminder.document_id)
    for dialect in (sqlite, postgresql)
}


def remind(work: Work) -> int:
    """Write to those who have not answered, some days after a document was first published: once for each document,
    however many workers there are, and never again. Returns how many documents.
    """
    until = work.now - timedelta(days=current_town(work.session).settings.readiness.consent_reminder_days.value)
    due = columns(work.session, _DUE, {"until": until, "since": until - TOO_LATE}).all()
    return sum(_remind(work, row) for row in due if _is_written(work, _ONCE, _reminder(work, row)))


def _reminder(work: Work, row: Any) -> Mapping[str, Any]:
    return {"document_id": row.id, "reminded_at": work.now}


def _is_written(work: Work, once: Mapping[str, Executable], row: Mapping[str, Any]) -> bool:
    """Whether this worker wrote the row, and no other. PostgreSQL counts no rows of such a statement: it tells them."""
    work.session.flush()
    return columns(work.session, once[work.session.get_bind().dialect.name], row).one_or_none() is not None


def _remind(work: Work, row: Any) -> int:
    """Those who may open the page; one who is shut out, or knows nothing of the place, is asked on paper."""
    kind = DocumentKind(row.kind)
    for person in sorted(silent_about(work, row.child_id, [kind])):
        outbox.post(work, LETTER, person, f"{LETTER}:{row.child_id}:{kind}:{person}", child=row.child_id)
    for person in sorted(holders(custodies_of(work, row.child_id), work.today)):
        is_first_turn(work, row.id, person)
    return 1


_TURN = {
    dialect.dialect.name: dialect.insert(HolderAsked)
    .on_conflict_do_nothing(index_elements=["document_id", "person_id"])
    .returning(HolderAsked.document_id)
    for dialect in (sqlite, postgresql)
}


def is_first_turn(work: Work, document_id: UUID, person: UUID) -> bool:
    """Whether this custody holder had no turn yet to be asked about the document; now there was one."""
    row = {"document_id": document_id, "person_id": person, "asked_at": work.now}
    return _is_written(work, _TURN, row)


def silent_about(work: Work, child_id: UUID, kinds: Collection[DocumentKind]) -> frozenset[UUID]:
    """Who has yet to answer about the reading of one of these, and may open the page where that is done."""
    receivers = receivers_in(work, [child_id]).get(child_id)
    asked = [matter for kind in kinds for matter in _reading(child_id, kind, receivers)]
    silent = {person for matter in asked for person in unanswered(work, matter)}
    sights = sights_of(work.session, child_id, work.today)
    return frozenset(one for one in silent if one in sights and may_open(asks_with(sights[one])))


def _reading(child_id: UUID, kind: DocumentKind, receivers: Receivers | None) -> Sequence[Matter]:
    known = receivers.institutions if receivers else ()
    return tuple(matter_of(child_id, kind, Allowed.READING, Office(one.kind, one.code)) for one in known)
