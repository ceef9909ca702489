"""What the worker deletes by itself: conversations whose time is over, ended sessions, past times, old audit."""

from sqlalchemy import delete, select

from parentsite.counselling.models import AuditDay, KeptAnswer, Thread
from parentsite.counselling.rules.keeping import AFTER_CLOSING, AFTER_VISIT, ANSWER_KEPT, AUDIT_KEPT
from parentsite.counselling.service import sessions, talks, threads
from parentsite.foundation.database import change
from parentsite.foundation.work import Work


def forget(work: Work) -> None:
    """Delete all of it; the bytes go with the next cut of the log."""
    over = (Thread.visited_on <= work.today - AFTER_VISIT) | (Thread.closed_on <= work.today - AFTER_CLOSING)
    for thread in work.session.scalars(select(Thread.id).where(over)).all():
        threads.delete_thread(work, thread)
    sessions.forget_ended(work)
    talks.forget_past(work)
    change(work.session, delete(KeptAnswer).where(KeptAnswer.day < work.today - ANSWER_KEPT))
    change(work.session, delete(AuditDay).where(AuditDay.day < work.today - AUDIT_KEPT))
