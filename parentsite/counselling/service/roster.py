"""Who may read: counsellors enrol with a key of their own, are admitted by one who reads already, and are removed.

The house key is founded by two counsellors at least and has a copy on paper. Removing somebody makes a new house key
and seals every conversation's key to it, so that what the removed one knew opens nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from parentsite.counselling.keys.derivation import Derivation, new_salt
from parentsite.counselling.keys.sealing import (
    DoesNotOpen,
    bound,
    derive,
    new_pair,
    seal,
    seal_to,
    unseal_with,
)
from parentsite.counselling.models import Counsellor, HouseKey, MailboxSession, Thread
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.vocabulary import Act, HouseMode
from parentsite.counselling.rules.words import some_words
from parentsite.counselling.service import audit
from parentsite.counselling.service.mailbox import Unlocked, own_key
from parentsite.foundation.database import change
from parentsite.foundation.work import Work

FEWEST = 2
_SIGN_WORDS = 5


class TooFew(Exception):
    """Two counsellors at least must hold the house key: one alone can lose it."""


class NotFounded(Exception):
    """The counsellors have no house key yet: found it first."""


class KeyFileGone(Exception):
    """There are conversations under the embedded key, but its file is not there to take them over."""


class Already(Exception):
    """That has been done before."""


class NotEnrolled(Exception):
    """Nobody by this id has a key."""


class WrongPaper(Exception):
    """These words are the key of another house, or of one that was founded anew."""


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
            wrapped=_wrap(who, private, public, prepared),
            share=None,
            enrolled_on=work.today,
        )
    )
    audit.record(work, Act.ENROLLED)


def rephrase(work: Work, old: bytes, prepared: Prepared) -> None:
    """Give the actor's own key a new phrase. Raises `WrongPhrase` when `old` does not open it."""
    holder = _holder(work, work.actor.id)
    private = own_key(holder, old)
    holder.salt = prepared.salt
    holder.wrapped = _wrap(holder.id, private, holder.public, prepared)
    audit.record(work, Act.REPHRASED)


def found(work: Work, embedded: bytes | None) -> bytes:
    """Make the counsellors' house key, held by all who are enrolled, and take over what the embedded one could read.

    Returns the private half of the paper key: print its words, keep nothing. Raises `TooFew`, `Already`, `KeyFileGone`.
    """
    holders = work.session.scalars(select(Counsellor)).all()
    house = work.session.get(HouseKey, 1)
    if house is not None and house.mode == HouseMode.COUNSELLORS:
        raise Already
    if len(holders) < FEWEST:
        raise TooFew
    paper, paper_public = new_pair()
    _rotate(work, embedded, holders, paper_public)
    audit.record(work, Act.FOUNDED)
    return paper


def admit(work: Work, mailbox: Unlocked, who: UUID) -> None:
    """Share the house key with somebody who is enrolled. Raises `NotFounded`, `NotEnrolled`."""
    house = work.session.get(HouseKey, 1)
    if house is None or house.mode != HouseMode.COUNSELLORS:
        raise NotFounded
    holder = _holder(work, who)
    holder.share = seal_to(holder.public, mailbox.secret)
    audit.record(work, Act.ADMITTED)


def remove(work: Work, mailbox: Unlocked, who: UUID) -> None:
    """Take somebody out and make a new house key for the others; all mailboxes are locked. Raises `NotEnrolled`, and
    `TooFew` when fewer than two would be left who hold it.
    """
    gone = _holder(work, who)
    left = work.session.scalars(select(Counsellor).where(Counsellor.id != who, Counsellor.share.is_not(None))).all()
    if gone.share is not None and len(left) < FEWEST:
        raise TooFew
    work.session.delete(gone)
    if gone.share is not None:
        house = work.session.get_one(HouseKey, 1)
        _rotate(work, mailbox.secret, left, house.recovery_public)
    audit.record(work, Act.REMOVED)


def recover(work: Work, paper: bytes) -> Unlocked:
    """The house key from its copy on paper, to `admit` somebody when no phrase is left. Raises `WrongPaper`."""
    house = work.session.get(HouseKey, 1)
    try:
        if house is None or house.recovery_share is None:
            raise WrongPaper
        mailbox = Unlocked(unseal_with(paper, house.recovery_share))
    except DoesNotOpen as error:
        raise WrongPaper from error
    audit.record(work, Act.RECOVERED)
    return mailbox


def sign_of(public: bytes) -> str:
    """Five words by which two people can tell that they see the same key."""
    return some_words(derive(public, "sign"), _SIGN_WORDS)


def is_held_by_counsellors(session: Session) -> bool:
    """Whether production may start: the house key is held by two counsellors or more, and by no file."""
    house = session.get(HouseKey, 1)
    admitted = session.scalars(select(Counsellor.id).where(Counsellor.share.is_not(None))).all()
    return house is not None and house.mode == HouseMode.COUNSELLORS and len(admitted) >= FEWEST


def _rotate(work: Work, old: bytes | None, holders: Sequence[Counsellor], paper_public: bytes | None) -> None:
    """A new house key: shared with the holders, sealed to the paper key, every conversation's key sealed to it."""
    secret, public = new_pair()
    for holder in holders:
        holder.share = seal_to(holder.public, secret)
    for thread in work.session.scalars(select(Thread)):
        if old is None:
            raise KeyFileGone
        thread.for_house = seal_to(public, unseal_with(old, thread.for_house))
    change(work.session, delete(MailboxSession))
    house = work.session.get(HouseKey, 1) or HouseKey()
    house.mode, house.public, house.made_on = HouseMode.COUNSELLORS, public, work.today
    house.recovery_public = paper_public
    house.recovery_share = seal_to(paper_public, secret) if paper_public else None
    work.session.add(house)
    work.session.flush()


def _holder(work: Work, who: UUID | None) -> Counsellor:
    holder = work.session.get(Counsellor, who) if who else None
    if holder is None:
        raise NotEnrolled
    return holder


def _wrap(who: UUID, private: bytes, public: bytes, prepared: Prepared) -> bytes:
    return seal(prepared.wrapping, private, bound("counsellor", who.bytes, public))
