"""What is done is closed: the child's place has begun, and nothing more is wished for or promised."""

from uuid import UUID

from sqlalchemy import or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Placement, Wish
from parentsite.places.rules.answers import GuaranteeOutcome
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import ApplicationState, PlacementState
from parentsite.places.service.line import lock_wishes
from parentsite.places.service.standings import IN_LINE

_CAN_CLOSE = [origin.value for origin in APPLICATION.origins(ApplicationState.CLOSED)]
_BEGUN = (PlacementState.RUNNING.value, PlacementState.NOTICE_GIVEN.value)
_WAITS = select(Wish.id).where(Wish.application_id == Application.id, Wish.state.in_(IN_LINE)).exists()


def settle_begun(work: Work, limit: int = 200) -> int:
    """Settle the cases whose place has begun; the worker calls it. Returns how many.

    A guarantee that ran until the place began is met. With no wish left in line the case is closed; with one it stays
    open for as long as the parents want (§ 27 c(3) of the Act).
    """
    done = (
        select(Application.id)
        .join(Placement, Placement.application_id == Application.id)
        .where(
            Application.state.in_(_CAN_CLOSE),
            Placement.state.in_(_BEGUN),
            or_(Application.guaranteed_by.is_not(None), ~_WAITS),
        )
        .distinct()
        .order_by(Application.id)
        .limit(limit)
    )
    return sum(_settle(work, application_id) for application_id in work.session.scalars(done).all())


def _settle(work: Work, application_id: UUID) -> bool:
    lock_wishes(work, application_id)
    case = work.session.get_one(Application, application_id, populate_existing=True)
    waits = work.session.scalar(select(_WAITS).where(Application.id == application_id))
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
    return bool(settled)
