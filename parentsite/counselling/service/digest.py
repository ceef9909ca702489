"""Whether the counsellors' one daily letter is due: something waits since an earlier day."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from parentsite.counselling.models import Counsellor, Message, Thread
from parentsite.counselling.rules.vocabulary import Side
from parentsite.foundation.work import Work


def waits_since_yesterday(work: Work) -> bool:
    """Whether a parent who wrote before today has no answer yet; what came today is told of tomorrow, so that no letter
    ever says at which hour somebody wrote.
    """
    last = select(Message.thread, func.max(Message.number).label("number")).group_by(Message.thread).subquery()
    waiting = (
        select(Thread.id)
        .join(last, last.c.thread == Thread.id)
        .join(Message, (Message.thread == Thread.id) & (Message.number == last.c.number))
        .where(Message.side == Side.PARENT, Message.day < work.today, Thread.closed_on.is_(None))
    )
    return work.session.scalar(waiting.limit(1)) is not None


def readers(session: Session) -> list[str]:
    """The ids of those who hold the house key: they are written to."""
    return [str(one) for one in session.scalars(select(Counsellor.id).where(Counsellor.share.is_not(None)))]
