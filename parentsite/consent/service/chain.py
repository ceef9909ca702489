"""The receipts about one child or adult, each bound to the one before: writing the next, and proving them all."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from parentsite.consent.models import ConsentChain, ConsentReceipt
from parentsite.consent.rules import Answer, Given, Subject, over_on
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work

_LOCKED = (
    select(ConsentChain.length, ConsentChain.link, ConsentChain.forgotten)
    .where(ConsentChain.about == bindparam("about"))
    .with_for_update(key_share=True)
)
_BEGIN = {
    dialect.dialect.name: dialect.insert(ConsentChain).on_conflict_do_nothing(index_elements=["about"])
    for dialect in (sqlite, postgresql)
}
_WRITE = insert(ConsentReceipt)
_GROW = update(ConsentChain).where(ConsentChain.about == bindparam("chain"))


def lock_chain(work: Work, subject: Subject, about: UUID) -> Any:
    """Let nobody else answer about this child or adult until the end; where the receipts end now."""
    row = columns(work.session, _LOCKED, {"about": about}).one_or_none()
    if row is None:
        begin = _BEGIN[work.session.get_bind().dialect.name]
        change(work.session, begin, {"about": about, "subject": subject.value, "length": 0, "link": ""})
        row = columns(work.session, _LOCKED, {"about": about}).one()
    return row


def append(work: Work, end: Any, receipt: Mapping[str, Any]) -> None:
    """Write the receipt behind `end`, where the chain that is locked ends."""
    number = end.length + 1
    row = {**receipt, "number": number}
    link = _next_link(end.link, row)
    change(work.session, _WRITE, {**row, "link": link})
    grown = {"chain": receipt["about"], "length": number, "link": link}
    if end.length == end.forgotten:
        given = Given(Answer(receipt["answer"]), local_date(receipt["said_at"]), receipt["until"])
        grown["over_on"] = over_on(given)
    change(work.session, _GROW, grown)


_ALL = (
    select(
        ConsentChain.about.label("chain"),
        ConsentChain.length,
        ConsentChain.link.label("end"),
        ConsentChain.forgotten,
        ConsentChain.forgotten_link,
        *ConsentReceipt.__table__.columns,
    )
    .outerjoin(ConsentReceipt, ConsentReceipt.about == ConsentChain.about)
    .order_by(ConsentChain.about, ConsentReceipt.number)
)


def broken_chains(session: Session) -> list[UUID]:
    """About whom a receipt is missing, was added or no longer says what it said. Empty when all prove themselves.

    What is left of a chain of which the first receipts are forgotten is bound to the hash of the last of those.
    """
    rows = columns(session, _ALL)
    return [about for about, receipts in groupby(rows, key=attrgetter("chain")) if not _is_whole(list(receipts))]


def _is_whole(rows: list[Any]) -> bool:
    told = [row._mapping for row in rows if row.id is not None]
    gone, before = rows[0].forgotten, rows[0].forgotten_link or ""
    for number, receipt in enumerate(told, start=gone + 1):
        if receipt["number"] != number or receipt["link"] != _next_link(before, receipt):
            return False
        before = receipt["link"]
    return (rows[0].length, rows[0].end) == (gone + len(told), before)


_SAID = (
    "id",
    "about",
    "number",
    "giver_id",
    "purpose",
    "receiver_kind",
    "receiver",
    "receiver_name",
    "text",
    "text_version",
    "language",
    "answer",
    "until",
    "said_at",
    "recorded_by",
)


def _next_link(before: str, receipt: Mapping[str, Any]) -> str:
    """Everything the receipt says, and all before it, in one hash."""
    facts = [before, *(_written(receipt[name]) for name in _SAID)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID | date) else value
