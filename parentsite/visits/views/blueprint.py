"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from uuid import UUID

from flask import Blueprint, Response

from parentsite.foundation.web.asker import me
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.transactions import look, work
from parentsite.town.service import current_town
from parentsite.visits.policy import VisitPolicy, policy_of
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.service.errors import NotFound, NotOffered
from parentsite.visits.service.plans import Appointment, OfferedVisit, Plan, plan_for

mit = Blueprint("visits", __name__, url_prefix="/mit/<lang>/besog")


@mit.errorhandler(NotFound)
@mit.errorhandler(NotOffered)
def _not_found(error: Exception) -> Response:
    return error_page(404)


def my_policy() -> VisitPolicy:
    """What the town has decided about visits."""
    return policy_of(current_town(work().session))


def my_plan(child: UUID) -> Plan:
    """The plan of a child that this parent decides for; for all others there is no such page."""
    with look() as now:
        plan = plan_for(now, me(), child)
    if not (plan.child.sight.may_apply and plan.shows_time):
        raise NotFound(child)
    return plan


def open_to_picking(child: UUID, visit: str) -> Plan:
    """The plan, where this parent may pick a time for the visit: it was not held, nor is it in another's home."""
    plan = my_plan(child)
    newest = _newest(plan, visit)
    if newest is not None and (newest.state is VisitState.DONE or not newest.may_act):
        raise NotFound(child)
    return plan


def offered(plan: Plan, visit: str) -> OfferedVisit | None:
    """The visit of the plan; none for one outside of it."""
    return next((one for one in plan.visits if one.window.visit == visit), None)


def live(plan: Plan, visit: str) -> Appointment | None:
    """The appointment for this visit that still lies ahead."""
    newest = _newest(plan, visit)
    return newest if newest is not None and newest.is_live else None


def _newest(plan: Plan, visit: str) -> Appointment | None:
    """Raises `NotFound` for a visit that is neither planned nor agreed."""
    if visit == EXTRA:
        return plan.extra
    found = offered(plan, visit)
    if found is None:
        raise NotFound(visit)
    return found.appointment
