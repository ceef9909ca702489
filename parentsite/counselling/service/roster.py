"""Who may read: those who hold the house key. It is founded by two counsellors at least, with a copy on paper.

Removing somebody makes a new house key and seals every conversation's key to it, so that what the removed one knew
opens nothing any more.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from parentsite.counselling.keys.sealing import DoesNotOpen, new_pair, seal_to, unseal_with
from parentsite.counselling.models import Counsellor, HouseKey, KeptAnswer, MailboxSession, Thread
from parentsite.counselling.rules.vocabulary import Act, HouseMode
from parentsite.counselling.service import audit
from parentsite.counselling.service.enrolment import Already, holder_of
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.database import change
from parentsite.foundation.work import Work

FEWEST = 2


class TooFew(Exception):
    """Two counsellors at least must hold the house key: one alone can lose it."""


class NotFounded(Exception):
    """The counsellors have no house key yet: found it first."""


class KeyFileGone(Exception):
    """There are conversations under the embedded key, but its file is not there to take them over."""


class OtherRoster(Exception):
    """Somebody has been enrolled, or has another key, since the roster was looked at."""


class WrongPaper(Exception):
    """These words are the key of another house, or of one that was founded anew."""


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
    holder = holder_of(work, who)
    holder.share = seal_to(holder.public, mailbox.secret)
    audit.record(work, Act.ADMITTED)


def remove(work: Work, mailbox: Unlocked, who: UUID) -> None:
    """Take somebody out and make a new house key for the others; all mailboxes are locked. Raises `NotEnrolled`, and
    `TooFew` when fewer than two would be left who hold it.
    """
    gone = holder_of(work, who)
    left = work.session.scalars(select(Counsellor).where(Counsellor.id != who, Counsellor.share.is_not(None))).all()
    if gone.share is not None and len(left) < FEWEST:
        raise TooFew
    work.session.delete(gone)
    house = work.session.get(HouseKey, 1)
    if house is not None and house.mode == HouseMode.COUNSELLORS:
        # Also for one who does not read now: who has begun with a new key may have kept the house key of before.
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


def renew_paper(work: Work, mailbox: Unlocked) -> bytes:
    """A new paper key, and with it a new house key: the old paper opens nothing any more; all mailboxes are locked.
    Raises `NotFounded`.
    """
    house = work.session.get(HouseKey, 1)
    if house is None or house.mode != HouseMode.COUNSELLORS:
        raise NotFounded
    holders = work.session.scalars(select(Counsellor).where(Counsellor.share.is_not(None))).all()
    paper, paper_public = new_pair()
    _rotate(work, mailbox.secret, holders, paper_public)
    audit.record(work, Act.FOUNDED)
    return paper


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
    for sealed in (*work.session.scalars(select(Thread)), *work.session.scalars(select(KeptAnswer))):
        if old is None:
            raise KeyFileGone
        sealed.for_house = seal_to(public, unseal_with(old, sealed.for_house))
    change(work.session, delete(MailboxSession))
    house = work.session.get(HouseKey, 1) or HouseKey()
    house.mode, house.public, house.made_on = HouseMode.COUNSELLORS, public, work.today
    house.recovery_public = paper_public
    house.recovery_share = seal_to(paper_public, secret) if paper_public else None
    work.session.add(house)
    work.session.flush()
