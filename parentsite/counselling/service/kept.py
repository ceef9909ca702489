"""An answer typed too late: sealed to the house, so that it lies here as safely as the conversation it belongs to, and
given back once to the counsellor who wrote it.
"""

from uuid import UUID

from sqlalchemy import delete, insert, select

from parentsite.counselling.keys.sealing import bound, new_key, pad, seal, seal_to, unpad, unseal, unseal_with
from parentsite.counselling.models import HouseKey, KeptAnswer, Thread
from parentsite.counselling.rules.message import LONGEST
from parentsite.counselling.service.unlocking import Unlocked
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


def keep(work: Work, counsellor: UUID, designation: str, text: str) -> bool:
    """Keep what somebody typed, in place of anything kept for them there before; nobody has to have unlocked anything.

    False when nothing was typed, more than a message holds, or no conversation has this designation.
    """
    thread = work.session.scalar(select(Thread.id).where(Thread.designation == designation))
    house = work.session.get(HouseKey, 1)
    if thread is None or house is None or not text.strip() or len(text) > LONGEST:
        return False
    _discard(work, thread, counsellor)
    key = new_key()
    row = {"thread": thread, "counsellor": counsellor, "day": work.today}
    sealed = {"for_house": seal_to(house.public, key), "sealed": seal(key, pad(text), _place(thread, counsellor))}
    change(work.session, insert(KeptAnswer), {**row, **sealed})
    return True


def given_back(work: Work, mailbox: Unlocked, designation: str) -> str | None:
    """What the actor had typed there, once: here it is gone from now on."""
    mine = (Thread.designation == designation, KeptAnswer.counsellor == work.actor.id)
    row = work.session.scalars(select(KeptAnswer).join(Thread, Thread.id == KeptAnswer.thread).where(*mine)).first()
    if row is None:
        return None
    key = unseal_with(mailbox.secret, row.for_house)
    text = unpad(unseal(key, row.sealed, _place(row.thread, row.counsellor)))
    work.session.delete(row)
    return text


def _discard(work: Work, thread: bytes, counsellor: UUID) -> None:
    change(work.session, delete(KeptAnswer).where(KeptAnswer.thread == thread, KeptAnswer.counsellor == counsellor))


def _place(thread: bytes, counsellor: UUID) -> bytes:
    return bound("kept answer", thread, counsellor.bytes)
