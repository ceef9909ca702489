"""Children found by what staff type: a personal number, or a name as the register writes it.

Whoever asks leaves an entry in the audit: that is the caller's to write.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from parentsite.people.loading import cpr_hash
from parentsite.people.models import Child

MOST = 20
"""Children shown at once: a name that more have is narrowed down by typing all of it, or the number."""
MOST_WORDS = 8
_NUMBER = re.compile(r"[0-9]{6}[-\s]?[0-9]{4}")


@dataclass(frozen=True)
class Found:
    """A child, as a list of hits names it."""

    id: UUID
    name: str | None
    born: date


def children_like(session: Session, words: str, among: Collection[UUID] | None = None) -> Sequence[Found]:
    """The children of this number or name, `MOST` at most; perhaps only those `among` some. One statement."""
    text = words.strip()
    which = Child.cpr_hash == cpr_hash(session, re.sub(r"\D", "", text)) if _NUMBER.fullmatch(text) else _named(text)
    day = func.coalesce(Child.birth_date, Child.due_date).label("born")
    asked = select(Child.id, Child.given_name, Child.family_name, day).where(which, Child.merged_into.is_(None))
    asked = asked if among is None else asked.where(Child.id.in_(among))
    rows = session.execute(asked.order_by(day.desc(), Child.id).limit(MOST))
    return [Found(row.id, " ".join(filter(None, (row.given_name, row.family_name))) or None, row.born) for row in rows]


def _named(text: str) -> ColumnElement[bool]:
    """Given and family name in this order, wherever the one ends; or one of the two."""
    words = text.split()[:MOST_WORDS]
    either = or_(Child.given_name.in_(_spelt(words)), Child.family_name.in_(_spelt(words)))
    both = [
        and_(Child.family_name.in_(_spelt(words[cut:])), Child.given_name.in_(_spelt(words[:cut])))
        for cut in range(1, len(words))
    ]
    return or_(either, *both)


def _spelt(words: Sequence[str]) -> list[str]:
    """As it was typed, and with the capitals that names have: no index knows that Å is å."""
    return list(dict.fromkeys(_spellings(" ".join(words))))


def _spellings(name: str) -> Iterator[str]:
    yield name
    yield re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
