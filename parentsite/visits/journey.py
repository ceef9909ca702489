"""How the journey takes part: its blueprints, what waits for a parent's answer, letters."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Errand, Journey, Spot, Way
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet
from parentsite.visits.letters import LETTERS
from parentsite.visits.public import public
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service import references
from parentsite.visits.service.plans import Appointment, Plan, plans_of
from parentsite.visits.views import appointment, asking, plan, times
from parentsite.visits.views.blueprint import mit

PAGES = (plan, times, appointment, asking)
"""Named, because each hangs its views on the blueprint when it is imported."""

WAYS = {
    Spot.MENU: [Way("visits_public.guide", N_("Health visitor"))],
    Spot.MY_MENU: [Way("visits.front", N_("Home visits"))],
    Spot.FRONT: [
        Way(
            "visits_public.guide",
            N_("See when the health visitor (sundhedsplejersken) comes"),
            N_("Six visits in your home, and what each is for."),
        )
    ],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand]:
    """Times to say yes to or to move; what is agreed, and what can be booked now; beside each child the way to its
    visits.
    """
    seen = [child for child in children if child.sight.sees(Facet.TIME)]
    found: list[Errand] = []
    for each in plans_of(work, person, seen) if seen else ():
        live = [one for one in _appointments(each) if one.is_live and one.starts_at > work.now]
        found += [_errand(each, one) for one in live]
        found += [
            Errand("visits/_errand_offer.html", {"child": each.child, "offer": offer}, waits=False)
            for offer in each.visits
            if each.child.sight.may_apply and offer.appointment is None and offer.window.is_open(work.today)
        ]
    return found + [Errand("visits/_child.html", {}, child=child.id) for child in seen]


def _appointments(plan: Plan) -> list[Appointment]:
    found = [*(offer.appointment for offer in plan.visits), plan.extra]
    return [one for one in found if one is not None]


def _errand(plan: Plan, one: Appointment) -> Errand:
    waits = one.may_act and (one.must_move or one.state is VisitState.PROPOSED)
    facts = {"child": plan.child, "one": one}
    return Errand("visits/_errand_visit.html", facts, local_date(one.starts_at), waits=waits)


JOURNEY = Journey(
    name="visits",
    blueprints={"public": [public], "mit": [mit]},
    ways=WAYS,
    letters=LETTERS,
    errands=errands,
    in_use=references.codes_in_use,
)
