"""Counsellors' own keys: each has a pair of their own, wrapped under a phrase that is made for them and shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.counselling.keys.derivation import Derivation, new_salt
from parentsite.counselling.keys.sealing import bound, derive, new_pair, seal
from parentsite.counselling.models import Counsellor
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.vocabulary import Act
from parentsite.counselling.rules.words import some_words
from parentsite.counselling.service import audit
from parentsite.counselling.service.unlocking import own_key
from parentsite.foundation.work import Work

_SIGN_WORDS = 5


class Already(Exception):
    """That has been done before."""


class NotEnrolled(Exception):
    """Nobody by this id has a key."""


@dataclass(frozen=True, repr=False)
class Prepared:
    """A new phrase with its key, made before the transaction; the phrase is shown to its owner once."""

    phrase: Phrase
    salt: bytes
    wrapping: bytes


@dataclass(frozen=True)
class Member:
    """One of the roster. `sign` is the key's own five words: compare them with the counsellor before admitting."""

    id: UUID
    name: str
    sign: str
    admitted: bool
    enrolled_on: date


def prepare(derivation: Derivation) -> Prepared:
    """A new phrase for a counsellor. Raises `Busy`."""
    phrase, salt = Phrase.new(), new_salt()
    return Prepared(phrase, salt, derivation.wrapping_key(phrase, salt))


def roster(session: Session) -> Sequence[Member]:
    """All who have a key, by name."""
    rows = session.scalars(select(Counsellor).order_by(Counsellor.name, Counsellor.id))
    return [Member(row.id, row.name, sign_of(row.public), row.share is not None, row.enrolled_on) for row in rows]


def sign_of_all(members: Sequence[Member]) -> str:
    """By what a roster is known again: another name, key or reader on it makes another sign."""
    told = bound(*(part for one in members for part in (one.id.bytes, one.name, one.sign, int(one.admitted))))
    return derive(told, "roster").hex()


def enrol(work: Work, who: UUID, name: str, prepared: Prepared) -> None:
    """Give somebody a key of their own. Raises `Already`; whoever lost the phrase is removed and enrolled anew."""
    if work.session.get(Counsellor, who) is not None:
        raise Already
    private, public = new_pair()
    work.session.add(
        Counsellor(
            id=who,
            name=name,
            public=public,
            salt=prepared.salt,
            wrapped=wrap(who, private, public, prepared),
            share=None,
            enrolled_on=work.today,
        )
    )
    audit.record(work, Act.ENROLLED)


def rephrase(work: Work, old: bytes, prepared: Prepared) -> None:
    """Give the actor's own key a new phrase. Raises `WrongPhrase` when `old` does not open it."""
    holder = holder_of(work, work.actor.id)
    private = own_key(holder, old)
    holder.salt = prepared.salt
    holder.wrapped = wrap(holder.id, private, holder.public, prepared)
    audit.record(work, Act.REPHRASED)


def holder_of(work: Work, who: UUID | None) -> Counsellor:
    """Who has a key by this id. Raises `NotEnrolled`."""
    holder = work.session.get(Counsellor, who) if who else None
    if holder is None:
        raise NotEnrolled
    return holder


def sign_of(public: bytes) -> str:
    """Five words by which two people can tell that they see the same key."""
    return some_words(derive(public, "sign"), _SIGN_WORDS)


def wrap(who: UUID, private: bytes, public: bytes, prepared: Prepared) -> bytes:
    """A private key under its owner's new phrase."""
    return seal(prepared.wrapping, private, bound("counsellor", who.bytes, public))
