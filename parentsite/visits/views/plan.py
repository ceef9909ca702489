"""A child's plan of visits, and what helps a visit in the home."""

from collections.abc import Sequence

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.people.children import children_of
from parentsite.visits.forms import HomeForm
from parentsite.visits.rules.requests import is_at_school, is_silence, may_ask_for_extra
from parentsite.visits.service.asking import Request, open_requests
from parentsite.visits.service.gate import may_open_start_talk
from parentsite.visits.service.homes import Home, home_of, save_home
from parentsite.visits.service.plans import Plan, plans_of
from parentsite.visits.views.blueprint import mit, my_policy


@mit.get("")
@open_to(parents)
def front() -> Response:
    """The visits of all my children, the youngest first, each with its dates."""
    now = work()
    found = children_of(now.session, me(), now.today)
    children = [one for one in reversed(found) if not is_at_school(one.birth_date, now.today)]
    asked = open_requests(now, me(), children)
    return page(
        "visits/plans.html",
        plans=[(plan, _asked_for(plan, asked), _may_say(plan)) for plan in plans_of(now, me(), children)],
        today=now.today,
        now=now.now,
        policy=my_policy(),
    )


@mit.route("/hjem", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def home() -> AnyResponse:
    """What helps the visit: told once, for every visit in my home."""
    kept = home_of(work(), me())
    form = typed(HomeForm, data={"interpreter": kept.interpreter, "door_code": kept.door_code, "at_home": kept.at_home})
    if form.is_submitted() and form.validate():
        told = (form.interpreter.data, form.door_code.data, form.at_home.data)
        save_home(work(), me(), Home(*(one or None for one in told)))
        return go_to(url_for("visits.front"), said=gettext("What helps the visit is saved."))
    return (refused if form.is_submitted() else page)("visits/home.html", form=form)


def _asked_for(plan: Plan, asked: Sequence[Request]) -> list[Request]:
    return [one for one in asked if one.child_id == plan.child.id]


def _may_say(plan: Plan) -> frozenset[str]:
    """What else this parent may ask for: an extra visit, to be contacted at all, company at the start talk."""
    birth, today = plan.child.birth_date, work().today
    start = {"start"} if may_open_start_talk(plan.child, today) else set[str]()
    if birth is None or not plan.child.sight.may_apply:
        return frozenset(start)
    has_any = plan.extra is not None or any(one.appointment for one in plan.visits)
    told = {
        "extra": may_ask_for_extra(birth, today) and (plan.extra is None or not plan.extra.is_live),
        "silence": is_silence(birth, today, my_policy().silence_days) and not has_any,
    }
    return frozenset(start | {name for name, holds in told.items() if holds})
