"""Before sign-in: what a home visit is, and the six visits of a child born, or due, on a day."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l

from parentsite.foundation.web.access import anyone, open_to
from parentsite.foundation.web.forms import asked
from parentsite.foundation.web.pages import REFUSED, answer
from parentsite.foundation.web.transactions import work
from parentsite.town.directory import ServiceCode
from parentsite.town.service import current_town
from parentsite.town.town import Town
from parentsite.visits.forms import BirthForm
from parentsite.visits.policy import plan_of, policy_of
from parentsite.visits.rules.requests import may_ask_for_extra
from parentsite.visits.rules.windows import Window, windows

public = Blueprint("visits_public", __name__)


@public.get("/<lang>/sundhedsplejen")
@open_to(anyone)
def guide() -> Response:
    """The visits in words; with dates when a birth or due date is typed."""
    now = work()
    town = current_town(now.session)
    form = asked(BirthForm)
    is_asked = request.args.get("birth") is not None
    birth = form.birth.data if is_asked and form.validate() and _is_near(form, now.today, town) else None
    facts = {
        "form": form,
        "plan": town.visit_plan(birth or now.today),
        "dated": {one.visit: one for one in _dated(town, birth, now.today)} if birth else {},
        "is_unborn": birth is not None and birth > now.today,
        "today": now.today,
        "team": town.service(ServiceCode.HEALTH_VISITORS),
        "policy": policy_of(town),
    }
    status = REFUSED if is_asked and birth is None else 200
    return answer("visits/guide.html", "visits/_visits.html", status=status, htmx_page=True, **facts)


def _is_near(form: BirthForm, today: date, town: Town) -> bool:
    """Whether a child of an age for visits can have this birth or due date; says what is wrong with another."""
    birth = form.birth.data
    if birth > today + timedelta(days=town.settings.due_date_horizon_days.value):
        form.refuse(form.birth, _l("A due date can be about nine months ahead. Look at the year."))
    elif birth <= today and not may_ask_for_extra(birth, today):
        form.refuse(form.birth, _l("A child of that age goes to school. There the school's health visitor helps."))
    return not form.errors


def _dated(town: Town, birth: date, today: date) -> Sequence[Window]:
    margin = policy_of(town).margin_days
    return windows(plan_of(town, birth), birth=birth, is_born=birth <= today, margin_days=margin)
