"""Unlocking the counsellors' mailbox with one's own phrase: open for 20 minutes without use, 60 at most, in the browser
that did it and nowhere else.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from parentsite.counselling.keys.sealing import DoesNotOpen, bound, seal, unseal, unseal_with
from parentsite.counselling.models import Counsellor, MailboxSession
from parentsite.counselling.office import Office, house_mode
from parentsite.counselling.rules.keeping import idle_until, lives_until, step_of
from parentsite.counselling.rules.vocabulary import Act, HouseMode
from parentsite.counselling.service import audit
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


class Locked(Exception):
    """The mailbox is not unlocked, or no longer."""


class WrongPhrase(Exception):
    """The phrase is not this counsellor's."""


class NotAdmitted(Exception):
    """The counsellor has a key, but nobody has shared the house key with it yet."""


@dataclass(frozen=True, repr=False)
class Unlocked:
    """The house key's private half, in the hands of one request."""

    secret: bytes


def salt_of(session: Session, counsellor: UUID | None) -> bytes:
    """What the counsellor's phrase is made a key with, before the transaction. Raises `NotAdmitted`: has no key yet."""
    salt = session.scalar(select(Counsellor.salt).where(Counsellor.id == counsellor))
    if salt is None:
        raise NotAdmitted
    return salt


def unlock(work: Work, wrapping: bytes, token: Token) -> Unlocked:
    """Open the mailbox for the actor; it stays open under the browser's token for 20 minutes without use, 60 at most.

    Raises `WrongPhrase`, `NotAdmitted`.
    """
    unlocked = opened(work, wrapping)
    lock(work, token)
    work.session.add(
        MailboxSession(
            token_hash=token.hash,
            counsellor=work.actor.id,
            sealed=seal(token.key, unlocked.secret, bound("mailbox", token.hash)),
            idle_until=idle_until(work.now),
            ends=lives_until(work.now),
        )
    )
    return unlocked


def opened(work: Work, wrapping: bytes) -> Unlocked:
    """The house key by the actor's own phrase, for this one transaction. Raises `WrongPhrase`, `NotAdmitted`."""
    holder = work.session.get(Counsellor, work.actor.id)
    if holder is None or holder.share is None:
        raise NotAdmitted
    secret = unseal_with(own_key(holder, wrapping), holder.share)
    audit.record(work, Act.UNLOCKED)
    return Unlocked(secret)


def own_key(holder: Counsellor, wrapping: bytes) -> bytes:
    """A counsellor's own private key. Raises `WrongPhrase`."""
    try:
        return unseal(wrapping, holder.wrapped, bound("counsellor", holder.id.bytes, holder.public))
    except DoesNotOpen as error:
        raise WrongPhrase from error


def embedded(session: Session, office: Office) -> Unlocked | None:
    """The mailbox of a demo: while a file holds the house key, whoever may open the desk reads without a phrase."""
    secret = office.embedded_secret() if house_mode(session) is HouseMode.EMBEDDED else None
    return Unlocked(secret) if secret else None


def in_use(work: Work, office: Office, token: Token) -> Unlocked:
    """The mailbox, for what the actor does with it now; it stays open for 20 minutes more. Raises `Locked`."""
    if (open_to_all := embedded(work.session, office)) is not None:
        return open_to_all
    opened_before = unlocked(work, token)
    mark_used(work, token)
    return opened_before


def unlocked(work: Work, token: Token) -> Unlocked:
    """The mailbox as this browser has unlocked it. Raises `Locked`."""
    row = work.session.get(MailboxSession, token.hash)
    if row is None or row.counsellor != work.actor.id or step_of(work.now) > min(row.idle_until, row.ends):
        raise Locked
    return Unlocked(unseal(token.key, row.sealed, bound("mailbox", token.hash)))


def mark_used(work: Work, token: Token) -> None:
    """The mailbox was used now."""
    used = update(MailboxSession).where(MailboxSession.token_hash == token.hash)
    change(work.session, used.values(idle_until=idle_until(work.now)))


def lock(work: Work, token: Token) -> None:
    """Lock the mailbox again."""
    change(work.session, delete(MailboxSession).where(MailboxSession.token_hash == token.hash))
