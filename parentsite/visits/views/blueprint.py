"""The blueprint of the parents' pages, and what they answer when there is nothing for this person."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.asker import me
from parentsite.foundation.web.errors import error_page
from parentsite.foundation.web.transactions import look, settle, work
from parentsite.people.children import child_for
from parentsite.people.merging import registered_as
from parentsite.town.service import current_town
from parentsite.visits.policy import VisitPolicy, policy_of
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import EXTRA
from parentsite.visits.service.errors import NotFound, NotOffered
from parentsite.visits.service.plans import Appointment, OfferedVisit, Plan, plan_for

ASK_AGAIN = 307
"""There, in the same way and with what was typed."""
mit = Blueprint("visits", __name__, url_prefix="/mit/<lang>/besog")


@mit.errorhandler(NotFound)
@mit.errorhandler(NotOffered)
def _not_found(error: Exception) -> AnyResponse:
    """A page of a declared child stood open until the register knew the child: what was asked is asked of that one."""
    settle(commit=False)
    values = dict(request.view_args or {})
    known = registered_as(work().session, values.get("child"))
    if known is None or child_for(work().session, me(), known, work().today) is None:
        return error_page(404)
    there = url_for(str(request.endpoint), **values | {"child": known})
    return redirect(f"{there}?{request.query_string.decode()}".rstrip("?"), ASK_AGAIN)


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
    """The plan, where this parent may pick a time for the visit: it was not held, nor agreed in another's home."""
    plan = my_plan(child)
    newest = _newest(plan, visit)
    if newest is not None and (newest.state is VisitState.DONE or (newest.is_live and not newest.may_act)):
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
