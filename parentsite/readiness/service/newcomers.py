"""Who came to hold custody after the others had been reminded: asked by the same letter, once, however many documents
and workers there are. The others get none again.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, or_, select

from parentsite.foundation import outbox
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.casework import named
from parentsite.people.models import Relation, RelationKind
from parentsite.readiness.models import ConsentReminder, HolderAsked, SchoolDocument
from parentsite.readiness.policy import ends_of
from parentsite.readiness.rules.ends import settled_on
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service.reminding import LETTER, MOST_A_ROUND, TOO_LATE, is_first_turn, silent_about
from parentsite.town.service import current_town

_TURNLESS = (
    select(SchoolDocument.id, SchoolDocument.kind, Relation.child_id, Relation.person_id)
    .join(SchoolDocument, SchoolDocument.child_id == Relation.child_id)
    .join(ConsentReminder, ConsentReminder.document_id == SchoolDocument.id)
    .where(
        Relation.kind == RelationKind.CUSTODY.value,
        Relation.since <= bindparam("today"),
        Relation.since > bindparam("since"),
        or_(Relation.until.is_(None), Relation.until > bindparam("today")),
        ~select(HolderAsked.document_id)
        .where(HolderAsked.document_id == SchoolDocument.id, HolderAsked.person_id == Relation.person_id)
        .exists(),
    )
    .order_by(Relation.since, Relation.child_id, Relation.person_id, SchoolDocument.kind)
    .limit(MOST_A_ROUND)
)


def ask(work: Work) -> int:
    """Write to each new custody holder who has yet to answer; who is shut out is asked on paper. Returns how many.

    The register may tell of custody late: what counts is who had no turn, and not the day alone.
    """
    rows = columns(work.session, _TURNLESS, {"today": work.today, "since": work.today - TOO_LATE}).all()
    return sum(_ask(work, list(each)) for _, each in groupby(rows, key=lambda row: (row.child_id, row.person_id)))


def _ask(work: Work, rows: Sequence[Any]) -> int:
    child_id, person = rows[0].child_id, rows[0].person_id
    kinds = [DocumentKind(row.kind) for row in rows if is_first_turn(work, row.id, person)]
    if not kinds or _has_settled(work, child_id) or person not in silent_about(work, child_id, kinds):
        return 0
    outbox.post(work, LETTER, person, f"{LETTER}:{child_id}:new:{person}", child=child_id)
    return 1


def _has_settled(work: Work, child_id: Any) -> bool:
    """Whether school has begun well: then nobody is asked any more."""
    born = named(work.session, [child_id])[child_id].born
    return work.today >= settled_on(ends_of(current_town(work.session)), born)
