"""Forgetting receipts and the papers behind them, when they need not prove anything any more: from the first one on.

A receipt is kept as long as somebody could ask whether there was a consent (GDPR art. 5(2) and 7(1)), and no longer
(art. 5(1)(e)): the town says for how long. What is left of the chain still proves itself, and the hash of the last
that is forgotten stays; that a chain has forgotten is in the audit, without words.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from parentsite.consent.models import ConsentChain, ConsentReceipt, PaperReceipt, SignedPaper
from parentsite.consent.rules import Answer, Given, Subject, over_on
from parentsite.consent.service.chain import lock_chain
from parentsite.foundation import audit
from parentsite.foundation.attached import forget as forget_file
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.town.service import current_town

MOST_A_ROUND = 20

_OVER = (
    select(ConsentChain.about, ConsentChain.subject)
    .where(ConsentChain.over_on <= bindparam("until"))
    .order_by(ConsentChain.over_on, ConsentChain.about)
    .limit(MOST_A_ROUND)
)
_KEPT = (
    select(
        ConsentReceipt.number,
        ConsentReceipt.link,
        ConsentReceipt.answer,
        ConsentReceipt.said_at,
        ConsentReceipt.until,
    )
    .where(ConsentReceipt.about == bindparam("about"))
    .order_by(ConsentReceipt.number)
)
_FORGET = update(ConsentChain).where(ConsentChain.about == bindparam("chain"))
_GONE = select(ConsentReceipt.id).where(
    ConsentReceipt.about == bindparam("about"), ConsentReceipt.number <= bindparam("number")
)
_BARE = select(SignedPaper.id, SignedPaper.file_id).where(
    SignedPaper.about == bindparam("about"),
    ~select(PaperReceipt.paper_id).where(PaperReceipt.paper_id == SignedPaper.id).exists(),
)


def proof_days(work: Work) -> int:
    """How long the town keeps a receipt after it was over."""
    return current_town(work.session).settings.readiness.consent_proof_days.value


def forget_over(work: Work) -> int:
    """Forget what has been over for so long, so many chains a round. Returns how many chains have forgotten."""
    until = work.today - timedelta(days=proof_days(work))
    rows = columns(work.session, _OVER, {"until": until}).all()
    return sum(_forget(work, Subject(row.subject), row.about, until) for row in sorted(rows, key=lambda row: row.about))


def _forget(work: Work, subject: Subject, about: UUID, until: date) -> bool:
    lock_chain(work, subject, about)
    kept = columns(work.session, _KEPT, {"about": about}).all()
    gone = list(takewhile(lambda row: _is_over(row, until), kept))
    if not gone:
        return False
    first_kept = kept[len(gone)] if len(gone) < len(kept) else None
    facts = {
        "chain": about,
        "forgotten": gone[-1].number,
        "forgotten_link": gone[-1].link,
        "over_on": over_on(_given(first_kept)) if first_kept else None,
    }
    change(work.session, _FORGET, facts)
    _delete(work, about, gone)
    audit.record(work, "consents.forgotten", (), about=("consent_chain", about))
    return True


def _delete(work: Work, about: UUID, gone: Sequence[Any]) -> None:
    which = {"about": about, "number": gone[-1].number}
    change(work.session, delete(PaperReceipt).where(PaperReceipt.receipt_id.in_(_GONE)), which)
    for paper in columns(work.session, _BARE, {"about": about}).all():
        change(work.session, delete(SignedPaper).where(SignedPaper.id == paper.id))
        forget_file(work, paper.file_id)
    change(work.session, delete(ConsentReceipt).where(ConsentReceipt.id.in_(_GONE)), which)


def _is_over(row: Any, until: date) -> bool:
    over = over_on(_given(row))
    return over is not None and over <= until


def _given(row: Any) -> Given:
    return Given(Answer(row.answer), local_date(row.said_at), row.until)
