"""What is done is closed: the child's place has begun, and nothing more is wished for or promised."""

from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Wish
from parentsite.places.rules.answers import GuaranteeOutcome
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import ApplicationState
from parentsite.places.service.standings import IN_LINE

_CAN_CLOSE = [origin.value for origin in APPLICATION.origins(ApplicationState.CLOSED)]


def settle_begun(work: Work, application_id: UUID) -> None:
    """Settle a case whose place begins today; its wishes are locked.

    A guarantee that ran until the place began is met. With no wish left in line the case is closed; with one it stays
    open for as long as the parents want (§ 27 c(3) of the Act).
    """
    case = work.session.get_one(Application, application_id, populate_existing=True)
    in_line = select(Wish.id).where(Wish.application_id == application_id, Wish.state.in_(IN_LINE))
    waits = work.session.scalar(select(in_line.exists()))
    values: dict[str, object] = {} if waits else {"state": ApplicationState.CLOSED.value}
    if case.guaranteed_by is not None:
        values |= {"guaranteed_by": None, "guarantee_outcome": GuaranteeOutcome.MET.value}
    settled = values and change(
        work.session,
        update(Application)
        .where(Application.id == application_id, Application.state.in_(_CAN_CLOSE))
        .values(revision=Application.revision + 1, **values),
    )
    if settled:
        action = "application.guarantee_met" if waits else "application.closed"
        audit.record(work, action, [case.child_id], about=("application", application_id))
