"""What counsellors did, by the day: who, with which conversation. Nothing about the parent, no hour, no count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from parentsite.counselling.models import AuditDay
from parentsite.counselling.rules.vocabulary import Act
from parentsite.foundation.database import change
from parentsite.foundation.work import Work

OPERATOR = "operator"


@dataclass(frozen=True)
class Entry:
    """One line of the audit; `who` is a staff id, or the operator at a shell; `about` a designation, or nothing."""

    day: date
    who: str
    act: Act
    about: str


def record(work: Work, act: Act, about: str = "") -> None:
    """Write down that the actor did this today; a second time on a day changes nothing."""
    entry = {"day": work.today, "who": str(work.actor.id or OPERATOR), "act": act.value, "designation": about}
    change(work.session, insert(AuditDay).on_conflict_do_nothing(), entry)


def entries(session: Session) -> Sequence[Entry]:
    """The audit, newest day first."""
    order = (AuditDay.day.desc(), AuditDay.who, AuditDay.act, AuditDay.designation)
    return [
        Entry(row.day, row.who, Act(row.act), row.designation)
        for row in session.scalars(select(AuditDay).order_by(*order))
    ]
