"""When a counsellor has lost the own words, or all have: a new key of one's own, let in by a colleague or by the paper
copy. Nobody's old words come back.
"""

from sqlalchemy import delete, func, select

from parentsite.counselling.keys.sealing import new_pair
from parentsite.counselling.models import Counsellor, MailboxSession
from parentsite.counselling.rules.vocabulary import Act
from parentsite.counselling.service import audit, enrolment, roster
from parentsite.counselling.service.enrolment import Prepared, holder_of, wrap
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


class LastOne(Exception):
    """Nobody else holds the house key, so that nobody could let this counsellor in again."""


def start_over(work: Work, prepared: Prepared) -> None:
    """A new key for the actor, who reads nothing more until a colleague has let it in.

    Raises `NotEnrolled`, `LastOne`.
    """
    holder = holder_of(work, work.actor.id)
    others = select(func.count()).where(Counsellor.id != holder.id, Counsellor.share.is_not(None))
    if holder.share is not None and not work.session.scalar(others):
        raise LastOne
    _new_key(work, holder, prepared)


def take_over(work: Work, paper: bytes, name: str, prepared: Prepared) -> None:
    """By the paper copy the actor reads at once, with a new key of their own. Raises `WrongPaper`."""
    mailbox = roster.recover(work, paper)
    who = work.actor.id
    if who is None:
        raise enrolment.NotEnrolled
    holder = work.session.get(Counsellor, who)
    if holder is None:
        enrolment.enrol(work, who, name, prepared)
    else:
        _new_key(work, holder, prepared)
    roster.admit(work, mailbox, who)


def _new_key(work: Work, holder: Counsellor, prepared: Prepared) -> None:
    private, holder.public = new_pair()
    holder.salt, holder.share = prepared.salt, None
    holder.wrapped = wrap(holder.id, private, holder.public, prepared)
    change(work.session, delete(MailboxSession).where(MailboxSession.counsellor == holder.id))
    audit.record(work, Act.ENROLLED)
